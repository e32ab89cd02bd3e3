//! What a backend sends.

use super::read::{bool, member, text, whole};
use super::{Entry, Person};
use crate::text::glue;
use crate::value::Value;

/// What a backend sends.
#[derive(Debug, Clone, PartialEq)]
pub enum ServerFrame {
    Welcome(Welcome),
    Ack {
        cid: String,
        seq: u64,
        ts: u64,
    },
    /// An entry of the session's log.
    Entry(Entry),
    Queue {
        queue: String,
        position: u64,
        wait_s: Option<u64>,
    },
    /// How a queue stands, whether or not this visitor waits in it: `{queue, open, available, wait_s, length, for_s}`.
    /// Rules ask about it; the conversation itself does not.
    Availability(Value),
    Typing(bool),
    Read(u64),
    /// What was asked for by `fetch` up to `to` has come; `lost` of it exist no more.
    Fetched {
        from: u64,
        to: u64,
        lost: u64,
    },
    Error {
        code: String,
        message: String,
        cid: Option<String>,
        retry_after_ms: Option<u64>,
    },
    Ping(u64),
    Pong {
        id: u64,
        seq: Option<u64>,
    },
    /// A type this version does not know: ignored.
    Unknown(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Welcome {
    pub session: String,
    pub epoch: String,
    pub seq: u64,
    /// Whether what the widget holds of the log is void.
    pub reset: bool,
    /// Entries that do not follow now, both ends included: they can be fetched.
    pub gap: Option<(u64, u64)>,
    pub conversation: Conversation,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Conversation {
    pub state: ConversationState,
    pub queue: Option<String>,
    pub agent: Option<Person>,
    pub read_by_agent: u64,
    pub read_by_visitor: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConversationState {
    #[default]
    None,
    Waiting,
    Active,
    Ended,
}

impl ServerFrame {
    /// Decodes a frame. The error names the path and what was expected there.
    pub fn decode(value: &Value) -> Result<ServerFrame, String> {
        let kind = text(value, "type")?;
        let at = |error: String| glue(&[kind, ".", &error]);
        let frame = match kind {
            "welcome" => Welcome::decode(value).map(ServerFrame::Welcome),
            "ack" => ack(value),
            "route" | "message" | "agent" | "transfer" | "end" => {
                Entry::decode(kind, value).map(ServerFrame::Entry)
            }
            "queue" => queue(value),
            "availability" => text(value, "queue").map(|_| ServerFrame::Availability(value.clone())),
            "typing" => bool(value, "on").map(ServerFrame::Typing),
            "read" => whole(value, "seq").map(ServerFrame::Read),
            "fetched" => fetched(value),
            "error" => error(value),
            "ping" => whole(value, "id").map(ServerFrame::Ping),
            "pong" => whole(value, "id").map(|id| ServerFrame::Pong { id, seq: value.whole_at("seq") }),
            other => Ok(ServerFrame::Unknown(other.to_string())),
        };
        frame.map_err(at)
    }
}

fn ack(value: &Value) -> Result<ServerFrame, String> {
    Ok(ServerFrame::Ack {
        cid: text(value, "cid")?.to_string(),
        seq: whole(value, "seq")?,
        ts: whole(value, "ts")?,
    })
}

fn queue(value: &Value) -> Result<ServerFrame, String> {
    Ok(ServerFrame::Queue {
        queue: text(value, "queue")?.to_string(),
        position: whole(value, "position")?,
        wait_s: value.whole_at("wait_s"),
    })
}

fn fetched(value: &Value) -> Result<ServerFrame, String> {
    Ok(ServerFrame::Fetched {
        from: whole(value, "from")?,
        to: whole(value, "to")?,
        lost: whole(value, "lost")?,
    })
}

fn error(value: &Value) -> Result<ServerFrame, String> {
    Ok(ServerFrame::Error {
        code: text(value, "code")?.to_string(),
        message: text(value, "message")?.to_string(),
        cid: value.text_at("cid").map(str::to_string),
        retry_after_ms: value.whole_at("retry_after_ms"),
    })
}

impl Welcome {
    fn decode(value: &Value) -> Result<Welcome, String> {
        let conversation = member(value, "conversation")?;
        let read = |who| conversation.get("read").and_then(|read| read.whole_at(who)).unwrap_or(0);
        Ok(Welcome {
            session: text(value, "session")?.to_string(),
            epoch: text(value, "epoch")?.to_string(),
            seq: whole(value, "seq")?,
            reset: text(value, "resumed")? == "reset",
            gap: value.get("gap").and_then(|gap| Some((gap.whole_at("from")?, gap.whole_at("to")?))),
            conversation: Conversation {
                state: text(conversation, "state")
                    .map(ConversationState::named)
                    .map_err(|e| glue(&["conversation.", &e]))?,
                queue: conversation.text_at("queue").map(str::to_string),
                agent: conversation.get("agent").map(Person::decode),
                read_by_agent: read("agent"),
                read_by_visitor: read("visitor"),
            },
        })
    }
}
