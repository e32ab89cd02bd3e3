//! Frames of `bharosa.v1` as they stand in `docs/bharosa.v1.asyncapi.json`: values in, frames out, and back.
//!
//! Decoded by hand from [`Value`]: it names the path of what is wrong, ignores what it does not know, and costs
//! no serde in the browser.

use crate::offer::ContextLine;
use crate::text::glue;
use crate::value::{Value, map};

/// The subprotocol named when the socket opens.
pub const PROTOCOL: &str = "bharosa.v1";

/// Longest frame in either direction, in bytes.
pub const MAX_FRAME: usize = 65_536;

/// What the widget sends.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientFrame {
    Hello { session: Option<String>, resume: Option<Resume>, locale: String },
    Route { cid: String, request: RouteFrame },
    Message { cid: String, text: String },
    Typing(bool),
    Read(u64),
    End { cid: String },
    Ping(u64),
    Pong(u64),
}

/// How much of the session's log is already held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resume {
    pub epoch: String,
    pub seq: u64,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RouteFrame {
    pub queue: String,
    pub skill: Option<String>,
    pub priority: i64,
    pub reason: String,
    pub context: Vec<ContextLine>,
}

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
    Typing(bool),
    Read(u64),
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

/// One entry of the log: its place, its time, and what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub seq: u64,
    pub ts: u64,
    /// The id the sender gave it.
    pub cid: Option<String>,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Route { queue: String },
    Message { from: Sender, text: String },
    Agent(Person),
    Transfer { queue: Option<String>, agent: Option<Person> },
    End { by: String },
}

#[derive(Debug, Clone, PartialEq)]
pub enum Sender {
    Visitor,
    Agent(Person),
    System,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub role: String,
}

impl ClientFrame {
    pub fn to_value(&self) -> Value {
        match self {
            ClientFrame::Hello { session, resume, locale } => map([
                ("type", "hello".into()),
                ("version", 1.into()),
                ("session", session.clone().into()),
                ("resume", resume.as_ref().map_or(Value::Null, Resume::to_value)),
                ("locale", locale.as_str().into()),
            ]),
            ClientFrame::Route { cid, request } => request.to_value(cid),
            ClientFrame::Message { cid, text } => map([
                ("type", "message".into()),
                ("cid", cid.as_str().into()),
                ("body", map([("kind", "text".into()), ("text", text.as_str().into())])),
            ]),
            ClientFrame::Typing(on) => map([("type", "typing".into()), ("on", (*on).into())]),
            ClientFrame::Read(seq) => map([("type", "read".into()), ("seq", (*seq).into())]),
            ClientFrame::End { cid } => map([("type", "end".into()), ("cid", cid.as_str().into())]),
            ClientFrame::Ping(id) => map([("type", "ping".into()), ("id", (*id).into())]),
            ClientFrame::Pong(id) => map([("type", "pong".into()), ("id", (*id).into())]),
        }
    }

    /// The id under which the server acknowledges it, if it does.
    pub fn cid(&self) -> Option<&str> {
        match self {
            ClientFrame::Route { cid, .. } | ClientFrame::Message { cid, .. } | ClientFrame::End { cid } => {
                Some(cid)
            }
            _ => None,
        }
    }

    /// Reads back a frame that waits for its acknowledgement, from [`Self::to_value`].
    pub fn from_value(value: &Value) -> Option<ClientFrame> {
        let cid = value.text_at("cid")?.to_string();
        Some(match value.text_at("type")? {
            "route" => ClientFrame::Route { cid, request: RouteFrame::from_value(value)? },
            "message" => ClientFrame::Message { cid, text: value.get("body")?.text_at("text")?.to_string() },
            "end" => ClientFrame::End { cid },
            _ => return None,
        })
    }
}

impl Resume {
    fn to_value(&self) -> Value {
        map([("epoch", self.epoch.as_str().into()), ("seq", self.seq.into())])
    }
}

impl RouteFrame {
    fn to_value(&self, cid: &str) -> Value {
        let line = |line: &ContextLine| {
            map([
                ("key", line.key.as_str().into()),
                ("label", line.label.as_str().into()),
                ("value", line.value.as_str().into()),
            ])
        };
        map([
            ("type", "route".into()),
            ("cid", cid.into()),
            ("queue", self.queue.as_str().into()),
            ("skill", self.skill.clone().into()),
            ("priority", Value::Number(self.priority as f64)),
            ("reason", Some(self.reason.as_str()).filter(|reason| !reason.is_empty()).into()),
            ("context", Value::List(self.context.iter().map(line).collect())),
        ])
    }

    fn from_value(value: &Value) -> Option<RouteFrame> {
        let line = |value: &Value| {
            let text = |key| value.text_at(key).map(str::to_string);
            Some(ContextLine {
                key: text("key")?,
                label: text("label")?,
                value: text("value")?,
                shown: text("value")?,
            })
        };
        Some(RouteFrame {
            queue: value.text_at("queue")?.to_string(),
            skill: value.text_at("skill").map(str::to_string),
            priority: value.get("priority").and_then(Value::number).unwrap_or(0.0) as i64,
            reason: value.text_at("reason").unwrap_or_default().to_string(),
            context: value.get("context").map_or(&[][..], Value::list).iter().filter_map(line).collect(),
        })
    }
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
            "typing" => bool(value, "on").map(ServerFrame::Typing),
            "read" => whole(value, "seq").map(ServerFrame::Read),
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
            conversation: Conversation {
                state: match text(conversation, "state").map_err(|e| glue(&["conversation.", &e]))? {
                    "waiting" => ConversationState::Waiting,
                    "active" => ConversationState::Active,
                    "ended" => ConversationState::Ended,
                    _ => ConversationState::None,
                },
                queue: conversation.text_at("queue").map(str::to_string),
                agent: conversation.get("agent").map(Person::decode),
                read_by_agent: read("agent"),
                read_by_visitor: read("visitor"),
            },
        })
    }
}

impl Entry {
    fn decode(kind: &str, value: &Value) -> Result<Entry, String> {
        let what = match kind {
            "route" => What::Route { queue: text(value, "queue")?.to_string() },
            "agent" => What::Agent(Person::decode(member(value, "agent")?)),
            "transfer" => {
                let to = member(value, "to")?;
                What::Transfer {
                    queue: to.text_at("queue").map(str::to_string),
                    agent: to.get("agent").map(Person::decode),
                }
            }
            "end" => What::End { by: text(value, "by")?.to_string() },
            _ => What::Message {
                from: Sender::decode(member(value, "from")?)?,
                text: text(member(value, "body")?, "text").map_err(|e| glue(&["body.", &e]))?.to_string(),
            },
        };
        let (seq, ts) = (whole(value, "seq")?, whole(value, "ts")?);
        Ok(Entry { seq, ts, cid: value.text_at("cid").map(str::to_string), what })
    }

    /// The entry as a frame, for keeping it across pages; [`ServerFrame::decode`] reads it back.
    pub fn to_value(&self) -> Value {
        let base = |kind: &str, rest: Vec<(&str, Value)>| {
            let Value::Map(mut entries) = map([
                ("type", kind.into()),
                ("seq", self.seq.into()),
                ("ts", self.ts.into()),
                ("cid", self.cid.clone().into()),
            ]) else {
                return Value::Null;
            };
            entries.extend(rest.into_iter().map(|(key, value)| (key.to_string(), value)));
            Value::Map(entries)
        };
        match &self.what {
            What::Route { queue } => base("route", vec![("queue", queue.as_str().into())]),
            What::Message { from, text } => base(
                "message",
                vec![
                    ("from", from.to_value()),
                    ("body", map([("kind", "text".into()), ("text", text.as_str().into())])),
                ],
            ),
            What::Agent(person) => base("agent", vec![("agent", person.to_value())]),
            What::Transfer { queue, agent } => base(
                "transfer",
                vec![(
                    "to",
                    map([
                        ("queue", queue.clone().into()),
                        ("agent", agent.as_ref().map_or(Value::Null, Person::to_value)),
                    ]),
                )],
            ),
            What::End { by } => base("end", vec![("by", by.as_str().into())]),
        }
    }
}

impl Sender {
    fn decode(value: &Value) -> Result<Sender, String> {
        Ok(match text(value, "kind").map_err(|e| glue(&["from.", &e]))? {
            "visitor" => Sender::Visitor,
            "agent" => Sender::Agent(Person::decode(value)),
            _ => Sender::System,
        })
    }

    fn to_value(&self) -> Value {
        match self {
            Sender::Visitor => map([("kind", "visitor".into())]),
            Sender::System => map([("kind", "system".into())]),
            Sender::Agent(person) => person.to_value(),
        }
    }
}

impl Person {
    pub fn decode(value: &Value) -> Person {
        let text = |key| value.text_at(key).unwrap_or_default().to_string();
        Person { id: text("id"), name: text("name"), role: text("role") }
    }

    pub fn to_value(&self) -> Value {
        map([
            ("kind", "agent".into()),
            ("id", self.id.as_str().into()),
            ("name", self.name.as_str().into()),
            ("role", self.role.as_str().into()),
        ])
    }
}

fn member<'v>(value: &'v Value, key: &str) -> Result<&'v Value, String> {
    value.get(key).ok_or_else(|| glue(&[key, ": is missing"]))
}

fn text<'v>(value: &'v Value, key: &str) -> Result<&'v str, String> {
    let found = member(value, key)?;
    found.text().ok_or_else(|| wrong(key, "a text", found))
}

fn whole(value: &Value, key: &str) -> Result<u64, String> {
    let found = member(value, key)?;
    found.whole().ok_or_else(|| wrong(key, "a whole number", found))
}

fn bool(value: &Value, key: &str) -> Result<bool, String> {
    let found = member(value, key)?;
    found.bool().ok_or_else(|| wrong(key, "true or false", found))
}

fn wrong(key: &str, expected: &str, found: &Value) -> String {
    glue(&[key, ": expected ", expected, ", found ", found.kind()])
}
