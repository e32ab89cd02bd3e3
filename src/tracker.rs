//! The machine of every page: what happens becomes facts, facts fire rules, rules ask for effects.

use crate::config::{Action, Config, Route, Rule};
use crate::effect::Effect;
use crate::event::Event;
use crate::gate::Gate;
use crate::journey::{Arrival, ChatState, Journey};
use crate::offer::{ChatFact, Offer};
use crate::prompt;
use crate::rules::{Explanation, Rules};
use crate::text::{digits, glue};
use crate::time::{Millis, Moment};
use crate::value::{Value, map};

#[derive(Debug)]
pub struct Tracker {
    journey: Journey,
    rules: Rules,
    gate: Gate,
    quiet: Option<Millis>,
    /// The visitor's language, and the one agents read.
    language: String,
    agents: String,
    /// The rule whose message is on screen, and the reading time it told.
    shown: Option<(usize, String)>,
    /// When a message was last dismissed, on the wall clock.
    dismissed: Option<Millis>,
    panel_open: bool,
    unread: u64,
    wake: Option<Millis>,
}

impl Tracker {
    /// `language` is the visitor's; texts fall back to the config's first.
    pub fn new(config: Config, language: &str) -> Tracker {
        Tracker {
            journey: Journey::new(config.pages, config.idle, language),
            rules: Rules::new(config.rules),
            gate: Gate::default(),
            quiet: config.quiet,
            language: language.to_string(),
            agents: config.language,
            shown: None,
            dismissed: None,
            panel_open: false,
            unread: 0,
            wake: None,
        }
    }

    pub fn handle(&mut self, now: Moment, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.journey.advance(now);
        match event {
            Event::Restored(saved) => self.restore(&saved, &mut effects),
            Event::View { path, arrival } => self.view(&path, arrival, &mut effects),
            Event::Moved { path, push } => {
                if path != self.journey.path() {
                    match push {
                        true => self.view(&path, Arrival::New, &mut effects),
                        false => self.journey.relabel(&path),
                    }
                }
            }
            Event::Visible(visible) => {
                self.journey.dwell.visible = visible;
                if visible {
                    self.journey.active();
                } else {
                    self.save(&mut effects);
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
            Event::Leaving => self.save(&mut effects),
            Event::Consent(given) => {
                self.gate.consent = Some(given);
                if !given {
                    self.journey.forget();
                    effects.push(Effect::Forget);
                }
                self.save(&mut effects);
            }
            Event::Near => effects.push(Effect::Prefetch),
            Event::Pressed | Event::Toggle => self.toggle(&mut effects),
            Event::Open => self.open(&mut effects),
            Event::Close => effects.push(Effect::Offer(Offer::Close)),
            Event::Replied(index) => self.replied(now, index, &mut effects),
            Event::Dismissed => self.dismiss(now, &mut effects),
            Event::Chat(fact) => self.chat(fact, &mut effects),
        }
        self.fire(now, &mut effects);
        self.sleep(&mut effects);
        effects
    }

    /// For each rule: fired, waiting or blocked, and why.
    pub fn explain(&mut self, now: Moment) -> Vec<Explanation> {
        self.journey.advance(now);
        self.rules.explain(&self.journey, self.blocked(now).as_deref())
    }

    fn view(&mut self, path: &str, arrival: Arrival, effects: &mut Vec<Effect>) {
        // A message speaks of the page it appeared on.
        if self.shown.take().is_some() {
            effects.push(Effect::Hide);
        }
        self.rules.new_view();
        self.journey.view(path, arrival);
        self.save(effects);
    }

    /// Fires what can fire. One rule at a time: the first may block the next.
    fn fire(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        while let Some(index) = self.rules.fire(&self.journey, self.blocked(now).as_deref()) {
            let rule = self.rules.rule(index);
            effects.push(Effect::Emit("fired", map([("rule", rule.id.as_str().into())])));
            let mut prompt = None;
            for action in &rule.then {
                match action {
                    Action::Say { text, replies } => {
                        prompt = Some(prompt::compose(rule, text, replies, &self.journey, &self.language));
                    }
                    Action::Open => effects.push(Effect::Offer(Offer::Open { by_visitor: false })),
                    Action::Route(route) => effects.push(self.request(rule, route, None)),
                }
            }
            if let Some(prompt) = prompt {
                self.shown = Some((index, prompt::dwell(&self.journey)));
                effects.push(Effect::Show(Box::new(prompt)));
                effects.push(Effect::Prefetch);
            }
            self.save(effects);
        }
    }

    /// What holds back every rule at the moment, if anything.
    fn blocked(&self, now: Moment) -> Option<String> {
        if !self.journey.dwell.visible {
            return Some("the page is not visible".to_string());
        }
        if self.shown.is_some() {
            return Some("another message is shown".to_string());
        }
        if self.panel_open {
            return Some("the panel is open".to_string());
        }
        if self.journey.chat == ChatState::Live {
            return Some("a conversation is going on".to_string());
        }
        match (self.dismissed?, self.quiet) {
            (_, None) => {
                Some("the visitor dismissed a message: quiet for the rest of the session".to_string())
            }
            (at, Some(quiet)) if now.wall < at + quiet => {
                let left = digits((at + quiet - now.wall).div_ceil(1000));
                Some(glue(&["the visitor dismissed a message: quiet for ", &left, " s more"]))
            }
            _ => None,
        }
    }

    fn replied(&mut self, now: Moment, chosen: usize, effects: &mut Vec<Effect>) {
        let Some((index, seen)) = self.shown.as_ref() else { return };
        let rule = self.rules.rule(*index);
        let reply = rule.then.iter().find_map(|action| match action {
            Action::Say { replies, .. } => replies.get(chosen),
            _ => None,
        });
        let Some(reply) = reply.filter(|reply| !reply.then.is_empty()) else {
            return self.dismiss(now, effects);
        };
        for action in &reply.then {
            match action {
                Action::Open => effects.push(Effect::Offer(Offer::Open { by_visitor: true })),
                Action::Route(route) => effects.push(self.request(rule, route, Some(seen))),
                Action::Say { .. } => {}
            }
        }
        self.act(effects);
        self.hide(effects);
    }

    /// The wish for a person that `route` describes; `seen` is the reading time the visitor agreed to share.
    fn request(&self, rule: &Rule, route: &Route, seen: Option<&str>) -> Effect {
        let languages = (self.agents.as_str(), self.language.as_str());
        let request = prompt::request(rule, route, &self.journey, languages, seen);
        Effect::Offer(Offer::Route(Box::new(request)))
    }

    fn dismiss(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        if let Some((index, _)) = self.shown {
            let rule = self.rules.rule(index).id.as_str().into();
            effects.push(Effect::Emit("dismissed", map([("rule", rule)])));
            self.dismissed = Some(now.wall);
            self.hide(effects);
            self.save(effects);
        }
    }

    fn open(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Offer(Offer::Open { by_visitor: true }));
        self.act(effects);
        self.hide(effects);
    }

    fn toggle(&mut self, effects: &mut Vec<Effect>) {
        match self.panel_open {
            true => effects.push(Effect::Offer(Offer::Close)),
            false => self.open(effects),
        }
    }

    /// The visitor asked for the chat themselves: from here on it may be kept.
    fn act(&mut self, effects: &mut Vec<Effect>) {
        self.gate.acted = true;
        self.save(effects);
    }

    fn hide(&mut self, effects: &mut Vec<Effect>) {
        if self.shown.take().is_some() {
            effects.push(Effect::Hide);
        }
    }

    fn chat(&mut self, fact: ChatFact, effects: &mut Vec<Effect>) {
        let live = self.journey.chat == ChatState::Live;
        let state = |name: &str| map([("state", name.into())]);
        let (name, detail) = match fact {
            ChatFact::Opened | ChatFact::Closed => {
                self.panel_open = fact == ChatFact::Opened;
                if !live {
                    self.journey.chat = if self.panel_open { ChatState::Open } else { ChatState::Closed };
                }
                (if self.panel_open { "open" } else { "close" }, Value::Null)
            }
            ChatFact::Live => {
                self.journey.chat = ChatState::Live;
                ("conversation", state("live"))
            }
            ChatFact::Ended => {
                self.journey.chat = ChatState::Ended;
                ("conversation", state("ended"))
            }
            ChatFact::Unread(count) => {
                self.unread = count;
                ("unread", map([("count", count.into())]))
            }
        };
        if self.panel_open || self.journey.chat == ChatState::Live {
            self.hide(effects);
        }
        effects.push(Effect::Launcher { open: self.panel_open, unread: self.unread });
        effects.push(Effect::Emit(name, detail));
        self.save(effects);
    }

    /// Asks for the next wake-up, if it is another than the one asked for.
    fn sleep(&mut self, effects: &mut Vec<Effect>) {
        let wake = match self.journey.dwell.visible {
            true => self.rules.next_wake(&self.journey),
            false => None,
        };
        self.journey.dwell.wake_due(wake);
        if wake != self.wake {
            self.wake = wake;
            effects.push(Effect::Wake(wake));
        }
    }

    fn save(&self, effects: &mut Vec<Effect>) {
        if !self.gate.keeps() {
            return;
        }
        let (mut journey, mut fired) = (Value::Null, Value::Null);
        if self.gate.keeps_journey() {
            (journey, fired) = (self.journey.save(), self.rules.save());
        }
        let saved = map([
            ("chat", self.journey.chat.name().into()),
            ("acted", self.gate.acted.into()),
            ("consent", self.gate.consent.into()),
            ("dismissed", self.dismissed.into()),
            ("journey", journey),
            ("fired", fired),
        ]);
        // The last word counts: one write an event is enough.
        effects.retain(|effect| !matches!(effect, Effect::Save(_)));
        effects.push(Effect::Save(saved));
    }

    fn restore(&mut self, saved: &Value, effects: &mut Vec<Effect>) {
        self.gate.acted = saved.bool_at("acted").unwrap_or(false);
        self.gate.consent = saved.bool_at("consent");
        self.dismissed = saved.whole_at("dismissed");
        self.journey.chat = saved.text_at("chat").and_then(ChatState::named).unwrap_or_default();
        if let Some(journey) = saved.get("journey") {
            self.journey.restore(journey);
        }
        if let Some(fired) = saved.get("fired") {
            self.rules.restore(fired);
        }
        match self.journey.chat {
            ChatState::Live => effects.push(Effect::Offer(Offer::Resume)),
            // No panel is open on a new page.
            ChatState::Open => self.journey.chat = ChatState::Closed,
            _ => {}
        }
    }
}
