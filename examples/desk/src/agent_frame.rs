//! The agents' protocol, `desk.v1`, private between the desk and its own page.

use serde::Serialize;

use crate::board::{Board, Person};
use crate::entry::{Entry, Note};
use crate::id::{AgentId, ConversationId};
use crate::json::{Fields, cid_of, parse};
use crate::limits::{FRAME_BYTES, NAME_CHARS, TEXT_CHARS};
use crate::refusal::Refusal;

/// A frame from an agent's page.
#[derive(Clone, Debug, PartialEq)]
pub enum FromAgent {
    SignIn(SignIn),
    Resume {
        secret: String,
    },
    Accept {
        conversation: ConversationId,
    },
    Message {
        conversation: ConversationId,
        cid: String,
        text: String,
    },
    Typing {
        conversation: ConversationId,
        on: bool,
    },
    Read {
        conversation: ConversationId,
        seq: u64,
    },
    Transfer {
        conversation: ConversationId,
        to: To,
        note: Option<String>,
    },
    End {
        conversation: ConversationId,
    },
    /// Takes an ended conversation off the agent's list.
    Close {
        conversation: ConversationId,
    },
    SignOut,
    Ping {
        id: u64,
    },
    Pong,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SignIn {
    pub token: String,
    pub name: String,
    pub role: String,
    pub queues: Vec<String>,
    pub skills: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum To {
    Queue(String),
    Agent(AgentId),
}

impl FromAgent {
    /// `None` is a frame of a type this version does not know.
    pub fn decode(text: &str) -> Result<Option<Self>, Refusal> {
        let map = parse(text)?;
        let cid = cid_of(&map);
        let name = Fields::new("frame", &map).text("type", NAME_CHARS)?;
        Self::of(&name, &Fields::new(&name, &map)).map_err(|refusal| refusal.of(cid.as_deref()))
    }

    fn of(name: &str, fields: &Fields) -> Result<Option<Self>, Refusal> {
        let conversation = || {
            let id = fields.text("conversation", NAME_CHARS)?;
            ConversationId::parse(&id).ok_or_else(|| fields.refuse("conversation", "not the id of one"))
        };
        Ok(Some(match name {
            "sign_in" => match fields.maybe_text("secret", FRAME_BYTES)? {
                Some(secret) => Self::Resume { secret },
                None => Self::SignIn(SignIn::of(fields)?),
            },
            "accept" => Self::Accept { conversation: conversation()? },
            "message" => Self::Message {
                conversation: conversation()?,
                cid: fields.cid()?,
                text: fields.words("text", TEXT_CHARS)?,
            },
            "typing" => Self::Typing { conversation: conversation()?, on: fields.flag("on")? },
            "read" => Self::Read { conversation: conversation()?, seq: fields.count("seq")? },
            "transfer" => Self::Transfer {
                conversation: conversation()?,
                to: To::of(&fields.object("to")?)?,
                note: fields.maybe_text("note", TEXT_CHARS)?,
            },
            "end" => Self::End { conversation: conversation()? },
            "close" => Self::Close { conversation: conversation()? },
            "sign_out" => Self::SignOut,
            "ping" => Self::Ping { id: fields.count("id")? },
            "pong" => Self::Pong,
            _ => return Ok(None),
        }))
    }
}

impl SignIn {
    fn of(fields: &Fields) -> Result<Self, Refusal> {
        Ok(Self {
            token: fields.text("token", FRAME_BYTES)?,
            name: fields.words("name", NAME_CHARS)?.trim().to_owned(),
            role: fields.maybe_text("role", NAME_CHARS)?.unwrap_or_default().trim().to_owned(),
            queues: fields.texts("queues", NAME_CHARS)?,
            skills: fields.texts("skills", NAME_CHARS)?,
        })
    }
}

impl To {
    fn of(fields: &Fields) -> Result<Self, Refusal> {
        let queue = fields.maybe_text("queue", NAME_CHARS)?;
        let agent = fields.maybe_text("agent", NAME_CHARS)?;
        match (queue, agent) {
            (Some(queue), None) => Ok(Self::Queue(queue)),
            (None, Some(agent)) => AgentId::parse(&agent)
                .map(Self::Agent)
                .ok_or_else(|| fields.refuse("agent", "not the id of one")),
            _ => Err(Refusal::bad_frame("transfer.to: expected either `queue` or `agent`")),
        }
    }
}

/// A frame to an agent's page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToAgent {
    SignedIn {
        agent: Person,
        secret: String,
        queues: Vec<QueueName>,
    },
    Board(Board),
    /// A conversation as a whole; `trimmed` says that its beginning exists no more.
    Log {
        conversation: ConversationId,
        entries: Vec<Line>,
        trimmed: bool,
    },
    Entry {
        conversation: ConversationId,
        entry: Entry,
    },
    Ack {
        cid: String,
        conversation: ConversationId,
        seq: u64,
        ts: u64,
    },
    Typing {
        conversation: ConversationId,
        on: bool,
    },
    Read {
        conversation: ConversationId,
        seq: u64,
    },
    Error(Refusal),
    Pong {
        id: u64,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QueueName {
    pub id: String,
    pub name: String,
}

/// One line of a conversation as its agent sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Line {
    Entry(Entry),
    Note(NoteLine),
}

/// A note among the entries. It has no position: positions belong to what both sides see.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteLine {
    #[serde(rename = "type")]
    name: &'static str,
    seq: Option<u64>,
    #[serde(flatten)]
    note: Note,
}

impl From<Note> for NoteLine {
    fn from(note: Note) -> Self {
        Self { name: "note", seq: None, note }
    }
}
