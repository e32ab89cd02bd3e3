//! What outlives the page: in the tab, with the visitor, and what other tabs hear.

use super::Tracker;
use crate::effect::Effect;
use crate::fact::Update;
use crate::journey::ChatState;
use crate::offer::Offer;
use crate::value::{Members, Value};

impl Tracker {
    pub(super) fn save(&self, effects: &mut Vec<Effect>) {
        if !self.gate.keeps() {
            return;
        }
        let (mut journey, mut fired, mut said) = (Value::Null, Value::Null, Value::Null);
        if self.gate.keeps_journey() {
            journey = self.journey.save();
            (fired, said) = (self.rules.save(), self.messages.counts.save());
        }
        if self.gate.consent == Some(true) {
            let visitor = self.journey.visitor.save(self.journey.now.wall);
            let mut record = Members::default();
            let record =
                record.put("visitor", visitor).put("fired", fired.clone()).put("said", said.clone()).map();
            effects.push(Effect::Remember(record));
        }
        let saved = Members::default()
            .text("chat", self.journey.engagement.chat.name())
            .flag("acted", self.gate.acted)
            .put("consent", self.gate.consent.into())
            .put("dismissed", self.journey.engagement.dismissed.into())
            .put("journey", journey)
            .put("fired", fired)
            .put("said", said)
            .map();
        effects.push(Effect::Save(saved));
    }

    /// Takes back what an earlier page of this tab kept.
    pub(super) fn restore(&mut self, saved: &Value, effects: &mut Vec<Effect>) {
        self.gate.acted = saved.bool_at("acted").unwrap_or(false);
        self.gate.consent = saved.bool_at("consent");
        let engagement = &mut self.journey.engagement;
        engagement.dismissed = saved.whole_at("dismissed");
        engagement.chat = saved.text_at("chat").and_then(ChatState::named).unwrap_or_default();
        if let Some(journey) = saved.get("journey") {
            self.journey.restore(journey);
        }
        self.count(saved, true);
        match self.journey.engagement.chat {
            ChatState::Live => effects.push(Effect::Offer(Offer::Resume, Value::Null)),
            // No panel is open on a new page.
            ChatState::Open => self.journey.engagement.chat = ChatState::Closed,
            _ => {}
        }
    }

    /// Takes back what earlier visits left.
    pub(super) fn know(&mut self, saved: &Value) {
        if let Some(visitor) = saved.get("visitor") {
            self.journey.visitor.restore(visitor, self.journey.now.wall);
        }
        self.count(saved, false);
    }

    fn count(&mut self, saved: &Value, session: bool) {
        if let Some(fired) = saved.get("fired") {
            self.rules.restore(fired, session);
        }
        if let Some(said) = saved.get("said") {
            self.messages.counts.restore(said);
            if !session {
                self.messages.counts.session = 0;
            }
        }
    }

    pub(super) fn consent(&mut self, given: bool, effects: &mut Vec<Effect>) {
        self.gate.consent = Some(given);
        if given {
            self.journey.visitor.begin();
        } else {
            self.journey.forget();
            self.rules.forget();
            effects.push(Effect::Forget);
            effects.push(Effect::Unremember);
        }
        self.refresh(Update::Navigation);
        self.refresh(Update::Event);
        self.unsaved = true;
    }

    /// Another tab fired a rule, was told to be quiet, or has just opened and asks what it should know.
    pub(super) fn shared(&mut self, told: &Value, effects: &mut Vec<Effect>) {
        let at = told.whole_at("at").unwrap_or(self.journey.now.wall);
        if let Some(counts) = told.text_at("fired").and_then(|rule| self.rules.named(rule)) {
            counts.elsewhere(at);
        }
        if told.bool_at("said") == Some(true) {
            self.messages.counts.elsewhere(at);
            // Both spoke before they heard of each other: the later one takes it back.
            let order = (at, told.whole_at("tie").unwrap_or(0));
            if self.shown.as_ref().is_some_and(|shown| order < shown.order) {
                self.hide(effects);
            }
        }
        let dismissed = &mut self.journey.engagement.dismissed;
        *dismissed = (*dismissed).max(told.whole_at("dismissed"));
        if told.bool_at("hello") == Some(true) {
            let counts = Members::default()
                .put("counts", self.rules.save())
                .put("messages", self.messages.counts.save())
                .put("dismissed", self.journey.engagement.dismissed.into())
                .map();
            effects.push(Effect::Share(counts));
        }
        if let Some(counts) = told.get("counts") {
            self.rules.restore(counts, true);
        }
        if let Some(messages) = told.get("messages") {
            self.messages.counts.restore(messages);
        }
        self.refresh(Update::Event);
        self.unsaved = true;
    }
}
