//! What of the conversation outlives the page, within the tab.

use super::outbox::Pending;
use super::{Chat, ChatEffect, Transcript};
use crate::link::wire::{ConversationState, Person};
use crate::offer::{ChatFact, ContextLine};
use crate::value::{Value, map};

impl Chat {
    /// All that the tab keeps for its next page.
    pub fn save(&self) -> Value {
        map([
            ("left", self.left().into()),
            ("session", self.session.clone().into()),
            ("epoch", self.epoch.as_str().into()),
            ("transcript", self.transcript.save()),
            ("outbox", Value::List(self.outbox.items().iter().map(Pending::to_value).collect())),
            ("draft", self.draft.as_str().into()),
            ("open", self.open.into()),
            ("read", self.read_by_visitor.into()),
            ("seen", self.read_by_agent.into()),
            ("state", self.state.name().into()),
            ("queue", self.queue.clone().into()),
            ("agent", self.agent.as_ref().map_or(Value::Null, Person::to_value)),
            ("shared", Value::List(self.shared.iter().map(ContextLine::to_value).collect())),
        ])
    }

    /// Takes back what [`Self::save`] gave; whatever does not fit is skipped, and the server fills it in.
    pub(super) fn restore(&mut self, saved: &Value, narrow: bool, effects: &mut Vec<ChatEffect>) {
        let left = saved.whole_at("left").unwrap_or(0);
        if left < self.left() {
            // The customer who said this has left.
            return effects.push(ChatEffect::Wipe);
        }
        self.learn(left, effects);
        let text = |key| saved.text_at(key).map(str::to_string);
        self.session = text("session");
        self.epoch = text("epoch").unwrap_or_default();
        self.transcript = saved.get("transcript").map(Transcript::restore).unwrap_or_default();
        for value in saved.get("outbox").map_or(&[][..], Value::list) {
            if let Some(item) = Pending::from_value(value).filter(|item| !self.transcript.has(&item.cid)) {
                self.outbox.put(item);
            }
        }
        self.draft = text("draft").unwrap_or_default();
        self.read_by_visitor = saved.whole_at("read").unwrap_or(0);
        self.told_read = self.read_by_visitor;
        self.read_by_agent = saved.whole_at("seen").unwrap_or(0);
        self.state = saved.text_at("state").map(ConversationState::named).unwrap_or_default();
        self.queue = text("queue");
        self.agent = saved.get("agent").map(Person::decode);
        let shared = saved.get("shared").map_or(&[][..], Value::list);
        self.shared = shared.iter().filter_map(ContextLine::from_value).collect();
        self.acted = true;
        // On a narrow screen the open panel would cover the page the visitor has just asked for.
        self.open = saved.bool_at("open").unwrap_or(false) && !narrow;
        if self.open {
            effects.push(ChatEffect::Fact(ChatFact::Opened));
        }
    }
}
