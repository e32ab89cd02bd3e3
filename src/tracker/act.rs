//! What fired rules do, and what the visitor answers.

use super::{Shown, Tracker};
use crate::config::{action, does};
use crate::effect::{Cause, Effect};
use crate::fact::Fact;
use crate::offer::Offer;
use crate::prompt::{self, Prompt};
use crate::rules::Open;
use crate::value::{Members, Value, one};

impl Tracker {
    /// Fires what can fire. One rule at a time: the first may block the next.
    pub(super) fn fire(&mut self, effects: &mut Vec<Effect>) {
        self.rules.settle();
        self.expose(effects);
        let (lived, wall) = (self.journey.lived, self.journey.now.wall);
        // A rule may set an attribute that lets another one fire, which may set it back: enough is enough.
        for _ in 0..100 {
            self.rules.catch_up(lived, wall);
            if !self.rules.ready() {
                return;
            }
            let now = self.now();
            let Some(index) = self.rules.fire(&now) else { return };
            self.perform(index, effects);
            self.unsaved = true;
        }
    }

    fn perform(&mut self, index: usize, effects: &mut Vec<Effect>) {
        let cause = self.cause(index);
        let rule = self.rules.rule(index);
        effects.push(Effect::Emit("fired".to_string(), cause.clone(), Value::Null));
        let says = does(rule.then.list(), &["say", "offer"], false);
        let wall = self.journey.now.wall;
        let order = (wall, self.journey.now.dice >> 40);
        let mut told = Members::default();
        told.text("fired", &rule.id).flag("said", says).whole("at", wall).whole("tie", order.1);
        effects.push(Effect::Share(told.map()));
        let mut shown: Option<Prompt> = None;
        let mut set = Vec::new();
        for item in rule.then.list() {
            let (name, given) = action(item);
            match name {
                "say" | "offer" => {
                    shown = Some(prompt::compose(rule, given, &self.journey, &self.language));
                }
                "set" => set.push(given.clone()),
                _ => self.effect(index, item, None, &cause, effects),
            }
        }
        if let Some(prompt) = shown {
            self.messages.counts.add(wall);
            self.shown =
                Some(Shown { rule: index, order, seen: prompt::dwell(&self.journey), cause: cause.clone() });
            effects.push(Effect::Show(Box::new(prompt), cause));
            effects.push(Effect::Prefetch);
        }
        self.set_all(&set);
    }

    /// The rule and why it acts, as it goes with all that it causes.
    fn cause(&self, rule: usize) -> Cause {
        let because = self.rules.because(rule, &self.facts, &self.journey, &self.language);
        Members::default().text("rule", &self.rules.rule(rule).id).put("because", because).map()
    }

    fn set_all(&mut self, told: &[Value]) {
        for told in told {
            for (name, value) in told.entries() {
                self.set(name, value);
            }
        }
        if !told.is_empty() {
            self.refresh(crate::fact::Update::Pushed);
        }
    }

    /// What an action of the rule `index` asks for. `seen` is the reading time that the visitor saw and agreed to
    /// share, if they asked for it themselves.
    fn effect(
        &self,
        index: usize,
        item: &Value,
        seen: Option<&str>,
        cause: &Cause,
        effects: &mut Vec<Effect>,
    ) {
        let (mut offer, mut told) = (None, None);
        let (name, given) = action(item);
        let text = |key| given.text_at(key).unwrap_or_default();
        match name {
            "open" => offer = Some(Offer::Open { by_visitor: seen.is_some() }),
            "route" => offer = Some(self.request(index, given, seen)),
            "fees" => {
                let product = text("product");
                offer = Some(Offer::Fees { product: product.to_string() });
                told = Some((name, one("product", product)));
            }
            "ask" => {
                let survey = text("survey");
                offer = Some(Offer::Ask { survey: survey.to_string() });
                told = Some((name, one("survey", survey)));
            }
            "emit" => told = Some((text("name"), given.get("detail").cloned().unwrap_or_default())),
            _ => {}
        }
        if let Some(offer) = offer {
            effects.push(Effect::Offer(offer, cause.clone()));
        }
        if let Some((name, detail)) = told {
            effects.push(Effect::Emit(name.to_string(), detail, cause.clone()));
        }
    }

    /// The wish for a person that `route` describes.
    fn request(&self, index: usize, route: &Value, seen: Option<&str>) -> Offer {
        let languages = (self.agents.as_str(), self.language.as_str());
        let request = prompt::request(self.rules.rule(index), route, &self.journey, languages, seen);
        Offer::Route(Box::new(request))
    }

    /// Tells the page once a page view that an experiment's variant matters here: also to those who, by their
    /// variant, see nothing.
    fn expose(&mut self, effects: &mut Vec<Effect>) {
        if self.held().is_some() {
            return;
        }
        for (slot, name) in self.facts.iter().enumerate() {
            if name.fact != Fact::Experiment || self.exposed.contains(&name.id) {
                continue;
            }
            let Some(variant) = self.journey.variant(&name.id) else { continue };
            let mut matters = None;
            self.rules.engine.readers(slot, &mut |rule| {
                if matters.is_none() && self.rules.engine.truth(rule, Open::Variants).possible() {
                    matters = Some(rule);
                }
            });
            if let Some(rule) = matters {
                let told = Members::default().text("experiment", &name.id).text("variant", variant).map();
                effects.push(Effect::Emit("experiment".to_string(), told, self.cause(rule)));
                self.exposed.push(name.id.clone());
            }
        }
    }

    pub(super) fn replied(&mut self, chosen: usize, effects: &mut Vec<Effect>) {
        let Some(Shown { rule: index, seen, cause, .. }) = self.shown.clone() else { return };
        let rule = self.rules.rule(index);
        let reply = rule.then.list().iter().find_map(|item| action(item).1.list_at("replies").get(chosen));
        let then = reply.map_or(&[][..], |reply| reply.list_at("then"));
        if then.is_empty() {
            return self.dismiss(effects);
        }
        let mut set = Vec::new();
        for item in then {
            self.effect(index, item, Some(&seen), &cause, effects);
            let (name, given) = action(item);
            if name == "set" {
                set.push(given.clone());
            }
        }
        let acts = does(then, &["set", "emit"], true);
        self.set_all(&set);
        if acts {
            self.act();
        }
        self.hide(effects);
    }

    pub(super) fn dismiss(&mut self, effects: &mut Vec<Effect>) {
        if self.shown.is_some() {
            let wall = self.journey.now.wall;
            self.journey.engagement.dismissed = Some(wall);
            effects.push(Effect::Share(Members::default().whole("dismissed", wall).map()));
            self.answer("message_dismissed", "dismissed", effects);
        }
    }

    /// The visitor has done with the message: signals hear of it as `event`, the page by `name`.
    pub(super) fn answer(&mut self, event: &str, name: &str, effects: &mut Vec<Effect>) {
        let Some(Shown { rule, cause, .. }) = self.shown.clone() else { return };
        let rule = one("rule", &self.rules.rule(rule).id);
        self.happened(event, &rule);
        effects.push(Effect::Emit(name.to_string(), rule, cause));
        self.hide(effects);
        self.unsaved = true;
    }

    pub(super) fn open(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Offer(Offer::Open { by_visitor: true }, Value::Null));
        self.act();
        self.hide(effects);
    }

    pub(super) fn toggle(&mut self, effects: &mut Vec<Effect>) {
        match self.panel_open {
            true => effects.push(Effect::Offer(Offer::Close, Value::Null)),
            false => self.open(effects),
        }
    }

    /// The visitor asked for the chat themselves: from here on it may be kept.
    fn act(&mut self) {
        self.gate.acted = true;
        self.unsaved = true;
    }

    pub(super) fn hide(&mut self, effects: &mut Vec<Effect>) {
        if self.shown.take().is_some() {
            effects.push(Effect::Hide);
        }
    }
}
