//! The machine of every page: what happens becomes facts, facts fire rules, rules ask for effects.

mod act;
mod facts;
mod keep;

use crate::config::Config;
use crate::effect::{Cause, Effect};
use crate::event::Event;
use crate::fact::{FactName, Update};
use crate::gate::Gate;
use crate::journey::{About, Arrival, ChatState, Journey, NEVER, Zones};
use crate::offer::{ChatFact, Offer};
use crate::rules::{Counts, Engine, Explanation, Messages, Now, Rules, Why};
use crate::time::{Millis, Moment};
use crate::value::{Members, Value, one};

/// A fact that changes with time.
#[derive(Debug, Clone, Copy)]
struct Clock {
    slot: usize,
    /// Where the journey finds it.
    place: usize,
    /// The next threshold that matters, as of `looked`.
    next: Option<i64>,
}

/// What is known of a message on screen.
#[derive(Debug, Clone)]
struct Shown {
    rule: usize,
    /// The reading time that it told.
    seen: String,
    /// When it appeared, on the wall clock, and a random number for when two tabs say something at once.
    order: (Millis, u64),
    cause: Cause,
}

#[derive(Debug)]
pub struct Tracker {
    journey: Journey,
    rules: Rules,
    /// What each slot of the engine stands for.
    facts: Vec<FactName>,
    /// The slots that change with time, with the next threshold that matters: as of `looked`.
    clocks: Vec<Clock>,
    looked: Option<(u32, u32)>,
    attributes: Vec<(String, crate::fact::FactType)>,
    /// Whether this visitor is one of those for whom no rule fires.
    holdout: f64,
    held_out: bool,
    /// Experiments whose variant already mattered on this page.
    exposed: Vec<String>,
    messages: Messages,
    gate: Gate,
    /// The visitor's language, and the one agents read.
    language: String,
    agents: String,
    /// The message on screen.
    shown: Option<Shown>,
    panel_open: bool,
    unread: u64,
    /// Whether a page view has begun: before that there is nothing that a rule could be about.
    viewed: bool,
    /// Whether something has changed that outlives the page.
    unsaved: bool,
    wake: Option<Millis>,
}

impl Tracker {
    /// Texts fall back to the config's first language.
    pub fn new(mut config: Config, about: About, zones: Zones) -> Tracker {
        let language = about.language.clone();
        let mut journey = Journey::new(&mut config, about, zones);
        let mut engine = Engine::default();
        let mut clocks = Vec::new();
        for (slot, name) in config.facts.iter().enumerate() {
            let clock = journey.is_clock(name);
            if clock {
                clocks.push(Clock { slot, place: journey.place(name), next: None });
            }
            let update = name.fact.about().update;
            journey.hours.wanted |= update == Update::Minute;
            engine.add_slot(facts::open(name, clock), clock);
        }
        Tracker {
            journey,
            rules: Rules::new(config.rules, engine),
            facts: config.facts,
            clocks,
            looked: None,
            attributes: config.attributes,
            holdout: config.holdout,
            held_out: false,
            exposed: Vec::new(),
            messages: Messages { limits: config.limits, counts: Counts::default() },
            gate: Gate::default(),
            language,
            agents: config.language,
            shown: None,
            panel_open: false,
            unread: 0,
            viewed: false,
            unsaved: false,
            wake: None,
        }
    }

    pub fn handle(&mut self, now: Moment, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.journey.advance(now);
        match event {
            Event::Restored(saved) => self.restore(&saved, &mut effects),
            Event::Known(saved) => self.know(&saved),
            Event::View(arrival) => self.view(arrival, &mut effects),
            Event::Moved { to, push } => {
                if push && to.path != self.journey.path() {
                    self.view(to, &mut effects);
                } else {
                    self.journey.relabel(&to.path, to.query);
                    self.refresh(Update::Navigation);
                }
            }
            Event::Visible(visible) => {
                self.journey.dwell.visible = visible;
                if visible {
                    self.journey.active();
                    self.journey.hours.update(now.wall);
                    self.refresh(Update::Minute);
                } else {
                    self.unsaved = true;
                }
            }
            Event::Focused(focused) => {
                self.journey.dwell.focused = focused;
                if focused {
                    self.journey.active();
                }
            }
            Event::Activity => self.journey.active(),
            Event::Tick => self.wake = None,
            Event::Leaving => {
                self.leave_forms();
                self.unsaved = true;
            }
            Event::Consent(given) => self.consent(given, &mut effects),
            Event::Near => effects.push(Effect::Prefetch),
            Event::Pressed | Event::Toggle => self.toggle(&mut effects),
            Event::Open => self.open(&mut effects),
            Event::Close => effects.push(Effect::Offer(Offer::Close, Value::Null)),
            Event::Replied(index) => self.replied(index, &mut effects),
            Event::Followed => self.answer("link_followed", "followed", &mut effects),
            Event::Dismissed => self.dismiss(&mut effects),
            // Nobody saw it: it is not over, but it is not shown again on this page either.
            Event::Unshown => self.shown = None,
            Event::Chat(fact) => self.chat(fact, &mut effects),
            Event::Shared(told) => self.shared(&told, &mut effects),
            other => self.noticed(other),
        }
        self.catch_up();
        if self.viewed {
            self.fire(&mut effects);
        }
        // One write an event is enough.
        if std::mem::take(&mut self.unsaved) {
            self.save(&mut effects);
        }
        self.sleep(&mut effects);
        effects
    }

    /// For each rule: fired, waiting or blocked, and why.
    pub fn explain(&mut self, now: Moment) -> Vec<Explanation> {
        self.journey.advance(now);
        self.catch_up();
        let now = self.now();
        self.rules.explain(&self.facts, &now)
    }

    fn view(&mut self, arrival: Arrival, effects: &mut Vec<Effect>) {
        // A message speaks of the page it appeared on.
        self.hide(effects);
        self.exposed.clear();
        self.messages.counts.page = 0;
        self.journey.visitor.name(self.journey.now.dice);
        if !self.viewed {
            // Other tabs may know what was already shown to this visitor.
            effects.push(Effect::Share(Members::default().flag("hello", true).map()));
        }
        self.leave_forms();
        let new = self.journey.view(arrival);
        self.settle_in();
        self.rules.new_view();
        if new {
            let mut page = Members::default();
            let page = page.text("id", self.journey.page_id()).text("path", self.journey.path()).map();
            self.happened("page", &page);
        }
        self.unsaved = true;
    }

    /// Rules hear of everything there is to know when a page begins.
    fn settle_in(&mut self) {
        self.viewed = true;
        self.held_out = self.journey.held_out(self.holdout);
        self.journey.hours.update(self.journey.now.wall);
        for update in [Update::Fixed, Update::Navigation, Update::Event, Update::Minute, Update::Pushed] {
            self.refresh(update);
        }
        self.catch_up();
    }

    fn now(&self) -> Now {
        let (all, messages) = (self.held(), self.blocked());
        Now { lived: self.journey.lived, wall: self.journey.now.wall, all, messages }
    }

    /// What holds back every rule.
    fn held(&self) -> Option<Why> {
        Some(Why::said(if self.held_out {
            "this visitor is in the holdout group"
        } else if self.messages.limits.quiet_pages.iter().any(|page| self.journey.on(page)) {
            "this is a quiet page"
        } else if !self.journey.dwell.visible {
            "the page is not visible"
        } else {
            return None;
        }))
    }

    /// What holds back every message, by the clock on the wall.
    fn blocked(&self) -> Option<Why> {
        let why = if self.shown.is_some() {
            "another message is shown"
        } else if self.panel_open {
            "the panel is open"
        } else if self.journey.engagement.chat == ChatState::Live {
            "a conversation is going on"
        } else {
            let dismissed = self.journey.engagement.dismissed;
            return self.messages.blocked(dismissed, self.journey.now.wall);
        };
        Some(Why::said(why))
    }

    fn chat(&mut self, fact: ChatFact, effects: &mut Vec<Effect>) {
        let wall = self.journey.now.wall;
        let live = self.journey.engagement.chat == ChatState::Live;
        let (mut name, mut state) = ("conversation", self.journey.engagement.chat);
        let mut detail = Value::Null;
        // What signals may count.
        let mut happens = "";
        match fact {
            ChatFact::Opened => (name, state, happens) = ("open", ChatState::Open, "chat_opened"),
            ChatFact::Closed => (name, state) = ("close", ChatState::Closed),
            ChatFact::Live => state = ChatState::Live,
            ChatFact::Ended => (state, happens) = (ChatState::Ended, "chat_ended"),
            ChatFact::Unread(count) => {
                name = "unread";
                self.unread = count;
                detail = Members::default().whole("count", count).map();
            }
        }
        if name == "conversation" {
            detail = one("state", state.name());
        } else if name != "unread" {
            self.panel_open = state == ChatState::Open;
            if live {
                // A conversation goes on behind a closed panel.
                state = ChatState::Live;
            }
        }
        self.journey.engagement.chat(state, wall);
        match happens {
            "" => self.refresh(Update::Event),
            happened => self.happened(happened, &Value::Null),
        }
        if self.panel_open || self.journey.engagement.chat == ChatState::Live {
            self.hide(effects);
        }
        effects.push(Effect::Launcher { open: self.panel_open, unread: self.unread });
        effects.push(Effect::Emit(name.to_string(), detail, Value::Null));
        self.unsaved = true;
    }

    /// Asks for the next wake-up, if it is another than the one asked for.
    fn sleep(&mut self, effects: &mut Vec<Effect>) {
        let change = self.journey.changes_at();
        let wake = match self.journey.dwell.visible && self.viewed {
            true => self.next_wake(change),
            false => NEVER,
        };
        self.journey.dwell.wake_due(wake);
        let wake = (wake != NEVER).then_some(wake);
        if wake != self.wake {
            self.wake = wake;
            effects.push(Effect::Wake(wake));
        }
    }

    fn next_wake(&mut self, change: Millis) -> Millis {
        if self.looked != Some(self.rules.version()) {
            self.looked = Some(self.rules.version());
            for Clock { slot, next, .. } in &mut self.clocks {
                let ahead = self.facts[*slot].fact != crate::fact::Fact::CalendarOpensIn;
                *next = self.rules.engine.next(*slot, ahead, &|rule| self.rules.matters(rule));
            }
        }
        let now = self.journey.now;
        let mut soonest = NEVER;
        for Clock { slot, place, next } in &self.clocks {
            if let Some(next) = next
                && let Some(pace) = self.journey.pace(&self.facts[*slot], *place)
            {
                let next = (*next).max(0) as Millis;
                let at = now.mono
                    + if pace.shrinks {
                        (pace.millis + 1).saturating_sub(next)
                    } else {
                        next.saturating_sub(pace.millis)
                    };
                if at <= pace.until && at > now.mono {
                    soonest = soonest.min(at);
                }
            }
        }
        let lived = self.journey.lived;
        let mut next = change.min(self.rules.due());
        if self.rules.would_show()
            && let Some(why) = self.blocked()
            && why.until != NEVER
        {
            next = next.min(lived + why.until.saturating_sub(now.wall));
        }
        if next != NEVER {
            soonest = soonest.min(now.mono + next.saturating_sub(lived).max(1));
        }
        soonest
    }
}
