//! The facts about this visit: pages, time, sections, forms, queues, the state of the chat.
//!
//! Nothing here decides anything, and nothing reads a clock: time comes in with [`Journey::advance`].

mod dwell;
mod engagement;
mod form;
mod hours;
mod queue;
mod read;
mod section;
mod session;
mod visitor;

pub use dwell::Dwell;
pub use engagement::{ChatState, Engagement};
pub use form::FormStep;
pub use hours::{Hours, Zones};
pub use read::Pace;

use crate::config::{Config, Page, Pattern};
use crate::experiment::Experiment;
use crate::fact::Fact;
use crate::hash::hash;
use crate::signal::{Of, Seen, Signal, Step};
use crate::text::{Piece, within};
use crate::time::{Millis, Moment};
use crate::value::{Members, Value};
use form::Forms;
use queue::Queues;
use section::Sections;
use session::Session;
use visitor::Visitor;

/// What does not change on one page, told by the shell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct About {
    /// The visitor's language, as the widget speaks it.
    pub language: String,
    pub rtl: bool,
    /// phone, tablet or desktop.
    pub device: String,
}

/// How a page view began.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arrival {
    /// The path has no query and no hash.
    pub path: String,
    /// The parameters that the config lists, and no others.
    pub query: Vec<(Piece, Value)>,
    /// Host of the page before, if it was another site's.
    pub referrer: String,
    /// The browser threw the tab away and has loaded it again: the same view goes on.
    pub resumed: bool,
}

/// What is known of this visit, in this page's memory.
#[derive(Debug)]
pub struct Journey {
    about: About,
    pages: Vec<Page>,
    /// Names of sections, for sentences.
    names: Vec<(String, crate::config::Texts)>,
    idle: Millis,
    pub dwell: Dwell,
    path: String,
    query: Vec<(Piece, Value)>,
    page: Option<usize>,
    /// The furthest point of the page that was reached, in percent.
    scrolled: f64,
    rage_clicks: u64,
    exit_intents: u64,
    opened: Millis,
    pub now: Moment,
    begun: bool,
    /// Milliseconds of this session, sleep included. It never goes back, whatever the clock on the wall does.
    pub lived: Millis,
    /// When the session began to count, by the same clock.
    began: Millis,
    session: Session,
    pub visitor: Visitor,
    sections: Sections,
    pub forms: Forms,
    queues: Queues,
    pub attributes: Vec<(Piece, Value)>,
    signals: Vec<(String, Signal, Seen)>,
    pub hours: Hours,
    experiments: Vec<Experiment>,
    pub engagement: Engagement,
    /// When the next window of a signal or answer of a queue ends, as far as that is known: 0 if it must be looked for.
    ends_at: Millis,
    changes_at: Millis,
}

/// Beyond all time: of what does not happen by itself.
pub const NEVER: Millis = Millis::MAX;

/// A jump of the wall clock against the other one that only sleep explains.
const SLEPT: Millis = 5_000;

impl Journey {
    pub fn new(config: &mut Config, about: About, zones: Zones) -> Journey {
        let mut sections = Sections::default();
        for name in &config.facts {
            if matches!(name.fact, Fact::SectionVisible | Fact::SectionContinuous) {
                sections.watch(&name.id);
            }
        }
        let mut signals = Vec::new();
        for (id, signal) in std::mem::take(&mut config.signals) {
            let seen = Seen::new(&signal);
            signals.push((id, signal, seen));
        }
        Journey {
            about,
            pages: std::mem::take(&mut config.pages),
            names: std::mem::take(&mut config.sections),
            idle: config.idle,
            dwell: Dwell::default(),
            path: String::new(),
            query: Vec::new(),
            page: None,
            scrolled: 0.0,
            rage_clicks: 0,
            exit_intents: 0,
            opened: 0,
            now: Moment::default(),
            begun: false,
            lived: 0,
            began: 0,
            session: Session::default(),
            visitor: Visitor::default(),
            sections,
            forms: Forms::default(),
            queues: Queues::default(),
            attributes: Vec::new(),
            signals,
            hours: Hours::new(std::mem::take(&mut config.calendars), zones),
            experiments: std::mem::take(&mut config.experiments),
            engagement: Engagement::default(),
            ends_at: 0,
            changes_at: NEVER,
        }
    }

    /// Brings all clocks up to `now`. Comes before any other change.
    pub fn advance(&mut self, now: Moment) {
        if self.begun {
            let ran = now.mono.saturating_sub(self.now.mono);
            let wall = now.wall.saturating_sub(self.now.wall);
            self.lived += if wall > ran + SLEPT { wall } else { ran };
        }
        let (seen, engaged) = self.dwell.advance(now.mono);
        self.sections.advance(engaged);
        self.forms.advance(seen);
        (self.now, self.begun) = (now, true);
    }

    /// A page view begins. `false` if it is the one that was open before the tab was thrown away.
    pub fn view(&mut self, arrival: Arrival) -> bool {
        let same = arrival.resumed && self.path == arrival.path;
        let (engaged, seen) = (self.dwell.engaged(), self.dwell.seen());
        self.opened = self.lived;
        self.dwell.start(self.now.mono, self.idle);
        self.relabel(&arrival.path, arrival.query);
        self.scrolled = 0.0;
        (self.rage_clicks, self.exit_intents) = (0, 0);
        self.sections.clear();
        self.forms.clear();
        if same {
            self.dwell.resume(engaged, seen);
            return false;
        }
        let key = self.key().to_string();
        self.session.view(&key, &arrival.referrer, &self.query);
        true
    }

    /// The address changed without a new view.
    pub fn relabel(&mut self, path: &str, query: Vec<(Piece, Value)>) {
        self.path = path.to_string();
        self.query = query;
        self.page = self.pages.iter().position(|page| page.patterns.iter().any(|p| p.matches(path)));
    }

    pub fn active(&mut self) {
        self.dwell.active(self.now.mono, self.idle);
    }

    pub fn scrolled(&mut self, percent: f64) {
        self.scrolled = within(percent, self.scrolled, 100.0);
    }

    pub fn raged(&mut self) {
        self.rage_clicks += 1;
    }

    pub fn leaving(&mut self) {
        self.exit_intents += 1;
    }

    pub fn section(&mut self, id: &str, seen: bool) {
        self.sections.seen(id, seen);
    }

    /// Something happened that signals may count.
    pub fn happened(&mut self, name: &str, detail: &Value) {
        let mut signals = std::mem::take(&mut self.signals);
        for (_, signal, seen) in &mut signals {
            let fits = |step: &Step| {
                let is = match &step.of {
                    Of::Event(event) => event == name,
                    Of::Page(page) => name == "page" && self.is(page),
                };
                is && step.properties.holds(detail)
            };
            seen.event(signal, self.lived, &fits);
        }
        self.signals = signals;
        self.ends_at = 0;
    }

    /// The backend said how a queue stands.
    pub fn queue(&mut self, said: Value) {
        self.queues.push(said, self.lived);
        self.ends_at = 0;
    }

    /// Whether the page is `wanted`: the name of one, or a pattern.
    pub fn is(&self, wanted: &str) -> bool {
        match wanted.starts_with('/') {
            true => Pattern::new(wanted).matches(&self.path),
            false => self.page_id() == wanted,
        }
    }

    /// Whether one of the patterns of the page called `id` fits, also where another page comes first in the config.
    pub fn on(&self, id: &str) -> bool {
        self.pages.iter().any(|page| page.id == id && page.patterns.iter().any(|p| p.matches(&self.path)))
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn page_id(&self) -> &str {
        self.page().map_or("", |page| &page.id)
    }

    /// What visitors call this page, in `language`; its id when it has no name, empty when it is not listed.
    pub fn page_name(&self, language: &str) -> &str {
        match self.page() {
            Some(page) if page.name.is_empty() => &page.id,
            Some(page) => page.name.pick(language),
            None => "",
        }
    }

    /// The same, but the path of a page that is not listed.
    pub fn page_title(&self, language: &str) -> &str {
        match self.page_name(language) {
            "" => &self.path,
            name => name,
        }
    }

    /// What visitors call the section `id`.
    pub fn section_name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        let name = self.names.iter().find(|(known, name)| known == id && !name.is_empty());
        name.map_or(id, |(_, name)| name.pick(language))
    }

    /// Whether the moment has come that [`Self::changes_at`] told last.
    pub fn changed(&self) -> bool {
        self.changes_at <= self.lived
    }

    /// When a signal, a queue or a calendar next changes by time alone, in milliseconds of this session; else
    /// [`NEVER`].
    pub fn changes_at(&mut self) -> Millis {
        // Looked for when one has ended or something has happened, and not with every event.
        if self.ends_at <= self.lived {
            self.ends_at = self.queues.changes_at(self.lived);
            for (_, signal, seen) in &self.signals {
                self.ends_at = self.ends_at.min(seen.changes_at(signal, self.lived).unwrap_or(NEVER));
            }
        }
        let mut next = self.ends_at;
        // What the clock on the wall brings about, told by the same clock as the rest.
        let at = self.hours.changes_at();
        if at != NEVER {
            next = next.min(self.lived + at.saturating_sub(self.now.wall));
        }
        self.changes_at = next;
        next
    }

    /// Whether this visitor is of the share for whom nothing ever happens, so that the rest can be compared.
    pub fn held_out(&self, share: f64) -> bool {
        share > 0.0 && hash("holdout", &self.visitor.id, 2).is_some_and(|place| place < share)
    }

    /// What of this outlives the page.
    pub fn save(&self) -> Value {
        let mut signals = Vec::new();
        for (id, _, seen) in &self.signals {
            signals.push((id.as_str().into(), seen.save()));
        }
        Members::default()
            .whole("lived", self.lived)
            .whole("began", self.began)
            .whole("wall", self.now.wall)
            .text("id", &self.visitor.id)
            .put("session", self.session.save())
            .text("path", &self.path)
            .whole("engaged", self.dwell.engaged())
            .whole("seen", self.dwell.seen())
            .put("signals", Value::Map(signals))
            .put("changed", self.engagement.changed.into())
            .map()
    }

    /// Takes back what [`Self::save`] gave; whatever does not fit is skipped.
    pub fn restore(&mut self, saved: &Value) {
        let whole = |key| saved.whole_at(key).unwrap_or(0);
        let away = saved.whole_at("wall").map_or(0, |wall| self.now.wall.saturating_sub(wall));
        self.lived = whole("lived") + away;
        self.began = whole("began");
        self.visitor.id = saved.text_at("id").unwrap_or_default().to_string();
        self.session.restore(saved.get("session").unwrap_or(&Value::Null));
        self.path = saved.text_at("path").unwrap_or_default().to_string();
        self.dwell.resume(whole("engaged"), whole("seen"));
        self.engagement.changed = saved.whole_at("changed");
        for (id, signal, seen) in &mut self.signals {
            if let Some(saved) = saved.get("signals").and_then(|signals| signals.get(id)) {
                seen.restore(signal, saved);
            }
        }
        self.ends_at = 0;
    }

    /// Forgets the visit so far, but for the page that is open.
    pub fn forget(&mut self) {
        // The session begins anew with the page that is open.
        self.began = self.opened;
        let key = self.key().to_string();
        self.session.forget(&key);
        self.visitor.forget();
        for (_, signal, seen) in &mut self.signals {
            *seen = Seen::new(signal);
        }
        self.ends_at = 0;
    }

    /// How pages are counted: by name, else by path.
    fn key(&self) -> &str {
        self.page().map_or(&self.path, |page| &page.id)
    }

    fn page(&self) -> Option<&Page> {
        self.pages.get(self.page?)
    }
}
