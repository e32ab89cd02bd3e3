//! What each fact is at the moment.

use super::Journey;
use crate::fact::{Fact, FactName};
use crate::signal::SignalKind;
use crate::time::Millis;
use crate::value::Value;

/// Where a fact that changes with time stands, and how it goes on if nothing happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub millis: Millis,
    /// Whether it shrinks instead of growing.
    pub shrinks: bool,
    /// The moment of the monotonic clock at which it stands still; it stands still already if that is past.
    pub until: Millis,
}

const ALWAYS: Millis = Millis::MAX;

impl Journey {
    /// What a fact is that does not change with time.
    pub fn read(&self, name: &FactName) -> Value {
        let id = name.id.as_str();
        match name.fact {
            Fact::PageId => self.page_id().into(),
            Fact::PagePath => self.path.as_str().into(),
            Fact::PageQuery => find(&self.query, id),
            Fact::PageScroll => Value::Number(self.scrolled),
            Fact::PageViews => self.session.views(self.key()).into(),
            Fact::SessionPages => self.session.pages.into(),
            Fact::SessionEntry => self.session.entry.as_str().into(),
            Fact::SessionReferrer => self.session.referrer.as_str().into(),
            Fact::SessionUtm => find(&self.session.utm, id),
            Fact::VisitorLanguage => self.about.language.as_str().into(),
            Fact::VisitorDirection => (if self.about.rtl { "rtl" } else { "ltr" }).into(),
            Fact::VisitorDevice => self.about.device.as_str().into(),
            Fact::VisitorVisits => self.visitor.visits(),
            Fact::VisitorReturning => self.visitor.returning(),
            Fact::VisitorDaysSince => self.visitor.days_since(),
            Fact::FormFields => self.forms.get(id).map_or(0, |form| form.fields()).into(),
            Fact::FormErrors => self.forms.get(id).map_or(0, |form| form.errors).into(),
            Fact::FormAbandoned => self.forms.get(id).is_some_and(|form| form.abandoned).into(),
            Fact::RageClicks => self.rage_clicks.into(),
            Fact::ExitIntents => self.exit_intents.into(),
            Fact::TimeHour => self.hours.hour(),
            Fact::TimeWeekday => self.hours.weekday(),
            Fact::CalendarOpen => self.hours.open(id),
            Fact::QueueOpen => self.queues.read(id, "open", self.lived),
            Fact::QueueAvailable => self.queues.read(id, "available", self.lived),
            Fact::QueueWait => self.queues.read(id, "wait_s", self.lived),
            Fact::QueueLength => self.queues.read(id, "length", self.lived),
            Fact::Attribute => find(&self.attributes, id),
            Fact::Signal => self.signal(id),
            Fact::Experiment => self.variant(id).into(),
            Fact::ChatState => self.engagement.chat.name().into(),
            Fact::EngagementState => self.engagement.name().into(),
            _ => self.pace(name).map(|pace| pace.millis as f64 / 1000.0).map_or(Value::Null, Value::Number),
        }
    }

    /// How a fact that changes with time stands; `None` while it is not known, and for other facts.
    pub fn pace(&self, name: &FactName) -> Option<Pace> {
        let grows = |millis, until| Some(Pace { millis, shrinks: false, until });
        let while_visible = if self.dwell.visible { ALWAYS } else { 0 };
        match name.fact {
            Fact::PageDwell => grows(self.dwell.engaged(), self.dwell.engaged_until()),
            Fact::PageVisible => grows(self.dwell.seen(), while_visible),
            Fact::PageElapsed => grows(self.lived.saturating_sub(self.opened), ALWAYS),
            Fact::SessionDuration => grows(self.lived.saturating_sub(self.began), ALWAYS),
            Fact::SessionIdle => grows(self.dwell.idle(), while_visible),
            Fact::SectionVisible | Fact::SectionContinuous => {
                let section = self.sections.get(&name.id)?;
                let total = name.fact == Fact::SectionVisible;
                let until = if section.seen { self.dwell.engaged_until() } else { 0 };
                grows(if total { section.total } else { section.continuous }, until)
            }
            Fact::FormHesitation => match self.forms.get(&name.id) {
                Some(form) if form.hesitates() => grows(form.hesitation, while_visible),
                _ => grows(0, 0),
            },
            Fact::EngagementSince => {
                let since = self.engagement.since()?;
                grows(self.now.wall.saturating_sub(since), ALWAYS)
            }
            Fact::CalendarOpensIn => {
                let millis = self.hours.opens_at(&name.id)?.saturating_sub(self.now.wall);
                Some(Pace { millis, shrinks: true, until: ALWAYS })
            }
            Fact::Signal => match self.signal(&name.id) {
                Value::Number(seconds) => grows((seconds * 1000.0 + 0.5) as Millis, ALWAYS),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the fact grows (or shrinks) with time.
    pub fn is_clock(&self, name: &FactName) -> bool {
        match name.fact {
            Fact::Signal => self
                .signals
                .iter()
                .any(|(id, signal, _)| *id == name.id && matches!(signal.kind, SignalKind::Since(_))),
            fact => fact.about().update == crate::fact::Update::Clock,
        }
    }

    fn signal(&self, id: &str) -> Value {
        let signal = self.signals.iter().find(|(known, ..)| known == id);
        signal.map_or(Value::Null, |(_, signal, seen)| seen.value(signal, self.lived))
    }

    /// The variant of the experiment `id` this visitor has; `None` for who takes no part.
    pub fn variant(&self, id: &str) -> Option<&str> {
        let experiment = self.experiments.iter().find(|experiment| experiment.id == id)?;
        let forced = self.query.iter().find(|(name, _)| name == id).and_then(|(_, value)| value.text());
        let index = experiment.variant(&self.visitor.id, forced)?;
        experiment.variants.get(index).map(String::as_str)
    }
}

fn find(pairs: &[(String, Value)], key: &str) -> Value {
    pairs.iter().find(|(name, _)| name == key).map_or(Value::Null, |(_, value)| value.clone())
}
