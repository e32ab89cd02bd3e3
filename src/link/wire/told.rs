//! The server's frames as values again: a tab passes on to the others what the server told it.

use super::{Conversation, ConversationState, Person, ServerFrame, Welcome};
use crate::value::{Value, map};

impl ServerFrame {
    /// The frame as [`ServerFrame::decode`] reads it; null for a type that is not known.
    pub fn to_value(&self) -> Value {
        match self {
            ServerFrame::Welcome(welcome) => welcome.to_value(),
            ServerFrame::Ack { cid, seq, ts } => map([
                ("type", "ack".into()),
                ("cid", cid.as_str().into()),
                ("seq", (*seq).into()),
                ("ts", (*ts).into()),
            ]),
            ServerFrame::Entry(entry) => entry.to_value(),
            ServerFrame::Queue { queue, position, wait_s } => map([
                ("type", "queue".into()),
                ("queue", queue.as_str().into()),
                ("position", (*position).into()),
                ("wait_s", (*wait_s).into()),
            ]),
            ServerFrame::Availability(said) => said.clone(),
            ServerFrame::Typing(on) => map([("type", "typing".into()), ("on", (*on).into())]),
            ServerFrame::Read(seq) => map([("type", "read".into()), ("seq", (*seq).into())]),
            ServerFrame::Fetched { from, to, lost } => map([
                ("type", "fetched".into()),
                ("from", (*from).into()),
                ("to", (*to).into()),
                ("lost", (*lost).into()),
            ]),
            ServerFrame::Error { code, message, cid, retry_after_ms } => map([
                ("type", "error".into()),
                ("code", code.as_str().into()),
                ("message", message.as_str().into()),
                ("cid", cid.clone().into()),
                ("retry_after_ms", (*retry_after_ms).into()),
            ]),
            ServerFrame::Ping(id) => map([("type", "ping".into()), ("id", (*id).into())]),
            ServerFrame::Pong { id, seq } => {
                map([("type", "pong".into()), ("id", (*id).into()), ("seq", (*seq).into())])
            }
            ServerFrame::Unknown(_) => Value::Null,
        }
    }
}

impl Welcome {
    fn to_value(&self) -> Value {
        let resumed = match self {
            Welcome { reset: true, .. } => "reset",
            Welcome { gap: Some(_), .. } => "gap",
            _ => "replay",
        };
        let gap = |(from, to): (u64, u64)| map([("from", from.into()), ("to", to.into())]);
        map([
            ("type", "welcome".into()),
            ("version", 1.into()),
            ("session", self.session.as_str().into()),
            ("epoch", self.epoch.as_str().into()),
            ("seq", self.seq.into()),
            ("resumed", resumed.into()),
            ("gap", self.gap.map_or(Value::Null, gap)),
            ("conversation", self.conversation.to_value()),
        ])
    }
}

impl Conversation {
    fn to_value(&self) -> Value {
        map([
            ("state", self.state.name().into()),
            ("queue", self.queue.clone().into()),
            ("agent", self.agent.as_ref().map_or(Value::Null, Person::to_value)),
            ("read", map([("visitor", self.read_by_visitor.into()), ("agent", self.read_by_agent.into())])),
        ])
    }
}

impl ConversationState {
    /// Its name in frames.
    pub fn name(self) -> &'static str {
        match self {
            ConversationState::None => "none",
            ConversationState::Waiting => "waiting",
            ConversationState::Active => "active",
            ConversationState::Ended => "ended",
        }
    }

    /// The state of that name; what is not known counts as none.
    pub fn named(name: &str) -> ConversationState {
        match name {
            "waiting" => ConversationState::Waiting,
            "active" => ConversationState::Active,
            "ended" => ConversationState::Ended,
            _ => ConversationState::None,
        }
    }
}
