//! The visitors' protocol, `bharosa.v1`: what the desk understands and what it says.

use serde::Serialize;

use crate::change::ContextLine;
use crate::entry::{Body, Entry, Sender};
use crate::json::{Fields, parse};
use crate::limits::{CONTEXT_LINES, FRAME_BYTES, NAME_CHARS, TEXT_CHARS};
use crate::refusal::Refusal;

/// A frame from a visitor.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientFrame {
    Hello(Hello),
    Route(Route),
    Message {
        cid: String,
        body: Body,
    },
    Typing {
        on: bool,
    },
    Read {
        seq: u64,
    },
    End {
        cid: String,
    },
    /// Asks for entries of the log that were not sent.
    Fetch(Span),
    Ping {
        id: u64,
    },
    Pong,
    /// The widget could not read a frame of ours. Nothing is to be done but not to answer it with another error.
    Error,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Hello {
    pub version: u64,
    pub session: Option<String>,
    pub resume: Option<ResumePoint>,
    pub locale: Option<String>,
    pub token: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ResumePoint {
    pub epoch: String,
    pub seq: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    pub cid: String,
    pub queue: String,
    pub skill: Option<String>,
    pub priority: i64,
    pub reason: Option<String>,
    pub context: Vec<ContextLine>,
}

impl ClientFrame {
    /// `None` is a frame of a type this version does not know.
    pub fn decode(text: &str) -> Result<Option<Self>, Refusal> {
        let map = parse(text)?;
        let cid = crate::json::cid_of(&map);
        let name = Fields::new("frame", &map).text("type", NAME_CHARS)?;
        Self::of(&name, &Fields::new(&name, &map)).map_err(|refusal| refusal.of(cid.as_deref()))
    }

    fn of(name: &str, fields: &Fields) -> Result<Option<Self>, Refusal> {
        Ok(Some(match name {
            "hello" => Self::Hello(Hello::of(fields)?),
            "route" => Self::Route(Route::of(fields)?),
            "message" => Self::Message { cid: fields.cid()?, body: body(&fields.object("body")?)? },
            "typing" => Self::Typing { on: fields.flag("on")? },
            "read" => Self::Read { seq: fields.count("seq")? },
            "end" => Self::End { cid: fields.cid()? },
            "fetch" => Self::Fetch(Span::of(fields)?),
            "ping" => Self::Ping { id: fields.count("id")? },
            "pong" => {
                fields.count("id")?;
                Self::Pong
            }
            "error" => {
                fields.text("code", NAME_CHARS)?;
                fields.text("message", TEXT_CHARS)?;
                Self::Error
            }
            _ => return Ok(None),
        }))
    }
}

impl Hello {
    fn of(fields: &Fields) -> Result<Self, Refusal> {
        let resume = match fields.maybe_object("resume")? {
            Some(point) => {
                Some(ResumePoint { epoch: point.text("epoch", FRAME_BYTES)?, seq: point.count("seq")? })
            }
            None => None,
        };
        Ok(Self {
            version: fields.count("version")?,
            session: fields.maybe_text("session", FRAME_BYTES)?,
            resume,
            locale: fields.maybe_text("locale", NAME_CHARS)?,
            token: fields.maybe_text("token", FRAME_BYTES)?,
        })
    }
}

impl Span {
    fn of(fields: &Fields) -> Result<Self, Refusal> {
        let span = Self { from: fields.count("from")?, to: fields.count("to")? };
        match span {
            Self { from: 0, .. } => Err(fields.refuse("from", "positions are counted from 1")),
            Self { from, to } if to < from => Err(fields.refuse("to", "must not be before `from`")),
            _ => Ok(span),
        }
    }
}

impl Route {
    fn of(fields: &Fields) -> Result<Self, Refusal> {
        let line = |line: &Fields| {
            Ok(ContextLine {
                key: line.text("key", TEXT_CHARS)?,
                label: line.text("label", TEXT_CHARS)?,
                value: line.text("value", TEXT_CHARS)?,
            })
        };
        Ok(Self {
            cid: fields.cid()?,
            queue: fields.words("queue", NAME_CHARS)?,
            skill: fields.maybe_text("skill", NAME_CHARS)?,
            priority: fields.maybe_whole("priority")?.unwrap_or(0),
            reason: fields.maybe_text("reason", TEXT_CHARS)?,
            context: fields.objects("context", CONTEXT_LINES)?.iter().map(line).collect::<Result<_, _>>()?,
        })
    }
}

fn body(fields: &Fields) -> Result<Body, Refusal> {
    Ok(Body { kind: fields.words("kind", NAME_CHARS)?, text: fields.words("text", TEXT_CHARS)? })
}

/// A frame to a visitor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    Welcome(Box<Welcome>),
    Ack {
        cid: String,
        seq: u64,
        ts: u64,
    },
    Queue {
        queue: String,
        position: u64,
    },
    /// How a queue stands, whoever asks.
    Availability(Availability),
    Typing {
        on: bool,
        from: Sender,
    },
    Read {
        seq: u64,
    },
    /// Ends the answer to a `fetch`: this range is answered, and so many entries in it exist no more.
    Fetched {
        #[serde(flatten)]
        span: Span,
        lost: u64,
    },
    Error(Refusal),
    Pong {
        id: u64,
        seq: u64,
    },
    /// Entries carry their own type.
    #[serde(untagged)]
    Entry(Entry),
}

/// Who serves a queue now, and who waits in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Availability {
    pub queue: String,
    pub open: bool,
    pub available: usize,
    pub length: usize,
    /// Seconds for which this holds.
    pub for_s: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Welcome {
    pub version: u64,
    pub session: String,
    pub epoch: String,
    pub seq: u64,
    pub resumed: Resumed,
    /// What the client lacks and does not get now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<Span>,
    pub conversation: Standing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Resumed {
    New,
    Replay,
    Reset,
    Gap,
}

/// Positions of a log from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    pub from: u64,
    pub to: u64,
}

/// Where the session's latest conversation stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    pub state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Sender>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<Marks>,
}

/// How far each side has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Marks {
    pub visitor: u64,
    pub agent: u64,
}
