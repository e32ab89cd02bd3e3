//! What each fact is at the moment.

use super::Journey;
use crate::fact::{Fact, FactName};
use crate::signal::SignalKind;
use crate::text::Piece;
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
    /// What a fact is at the moment.
    pub fn read(&self, name: &FactName) -> Value {
        // Texts and numbers are each made at one place: there are many facts.
        let text = match name.fact {
            Fact::PageId => self.page_id(),
            Fact::PagePath => &self.path,
            Fact::SessionEntry => &self.session.entry,
            Fact::SessionReferrer => &self.session.referrer,
            Fact::VisitorLanguage => &self.about.language,
            Fact::VisitorDirection if self.about.rtl => "rtl",
            Fact::VisitorDirection => "ltr",
            Fact::VisitorDevice => &self.about.device,
            Fact::ChatState => self.engagement.chat.name(),
            Fact::EngagementState => self.engagement.name(),
            _ => return self.other(name),
        };
        text.into()
    }

    fn other(&self, name: &FactName) -> Value {
        let id = name.id.as_str();
        let pairs = match name.fact {
            Fact::PageQuery => &self.query,
            Fact::SessionUtm => &self.session.utm,
            Fact::Attribute => &self.attributes,
            Fact::PageScroll => return Value::Number(self.scrolled),
            Fact::VisitorVisits => return self.visitor.visits(),
            Fact::VisitorReturning => return self.visitor.returning(),
            Fact::VisitorDaysSince => return self.visitor.days_since(),
            Fact::FormAbandoned => return self.forms.get(id).is_some_and(|form| form.abandoned).into(),
            Fact::TimeHour => return self.hours.hour(),
            Fact::TimeWeekday => return self.hours.weekday(),
            Fact::CalendarOpen => return self.hours.open(id),
            Fact::Signal => return self.signal(id),
            Fact::Experiment => return self.variant(id).into(),
            Fact::QueueOpen | Fact::QueueAvailable | Fact::QueueWait | Fact::QueueLength => {
                let what = name.fact.about().name;
                return self.queues.read(id, what.strip_prefix("queue.*.").unwrap_or(what), self.lived);
            }
            _ => return self.number(name).map_or(Value::Null, Value::Number),
        };
        find(pairs, id)
    }

    fn number(&self, name: &FactName) -> Option<f64> {
        let form = self.forms.get(&name.id);
        let whole = match name.fact {
            Fact::PageViews => self.session.views(self.key()),
            Fact::SessionPages => self.session.pages,
            Fact::FormFields => form.map_or(0, |form| form.fields()),
            Fact::FormErrors => form.map_or(0, |form| form.errors),
            Fact::RageClicks => self.rage_clicks,
            Fact::ExitIntents => self.exit_intents,
            _ => return Some(self.pace(name, self.place(name))?.millis as f64 / 1000.0),
        };
        Some(whole as f64)
    }

    /// Where [`Self::pace`] finds what the fact is about, which stays there: looking for it by name every time was
    /// most of what a tick cost.
    pub fn place(&self, name: &FactName) -> usize {
        let place = match name.fact {
            Fact::SectionVisible | Fact::SectionContinuous => self.sections.place(&name.id),
            Fact::Signal => self.signals.iter().position(|(known, ..)| *known == name.id),
            _ => None,
        };
        place.unwrap_or(usize::MAX)
    }

    /// How a fact that changes with time stands; `None` while it is not known, and for other facts.
    pub fn pace(&self, name: &FactName, place: usize) -> Option<Pace> {
        let while_visible = if self.dwell.visible { ALWAYS } else { 0 };
        let (millis, until) = match name.fact {
            Fact::PageDwell => (self.dwell.engaged(), self.dwell.engaged_until()),
            Fact::PageVisible => (self.dwell.seen(), while_visible),
            Fact::PageElapsed => (self.lived.saturating_sub(self.opened), ALWAYS),
            Fact::SessionDuration => (self.lived.saturating_sub(self.began), ALWAYS),
            Fact::SessionIdle => (self.dwell.idle(), while_visible),
            Fact::SectionVisible | Fact::SectionContinuous => {
                let section = self.sections.at(place)?;
                let total = name.fact == Fact::SectionVisible;
                let until = if section.seen { self.dwell.engaged_until() } else { 0 };
                (if total { section.total } else { section.continuous }, until)
            }
            Fact::FormHesitation => match self.forms.get(&name.id) {
                Some(form) if form.hesitates() => (form.hesitation, while_visible),
                _ => (0, 0),
            },
            Fact::EngagementSince => (self.now.wall.saturating_sub(self.engagement.since()?), ALWAYS),
            Fact::CalendarOpensIn => (self.hours.opens_at(&name.id)?.saturating_sub(self.now.wall), ALWAYS),
            Fact::Signal => {
                let (_, signal, seen) = self.signals.get(place)?;
                let seconds = seen.value(signal, self.lived).number()?;
                ((seconds * 1000.0 + 0.5) as Millis, ALWAYS)
            }
            _ => return None,
        };
        Some(Pace { millis, shrinks: name.fact == Fact::CalendarOpensIn, until })
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

fn find(pairs: &[(Piece, Value)], key: &str) -> Value {
    pairs.iter().find(|(name, _)| name == key).map_or(Value::Null, |(_, value)| value.clone())
}
