//! What the widget sends.

use crate::offer::ContextLine;
use crate::value::{Value, map};

/// What the widget sends.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientFrame {
    Hello {
        session: Option<String>,
        resume: Option<Resume>,
        locale: String,
        /// Says who the customer is, where the page knows.
        token: Option<String>,
    },
    Route {
        cid: String,
        request: RouteFrame,
    },
    Message {
        cid: String,
        text: String,
    },
    Typing(bool),
    Read(u64),
    /// Asks for the entries of a gap, both ends included.
    Fetch {
        from: u64,
        to: u64,
    },
    End {
        cid: String,
    },
    Ping(u64),
    Pong(u64),
    /// A frame of the server's could not be read: what was wrong, and where.
    Error(String),
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

impl ClientFrame {
    pub fn to_value(&self) -> Value {
        match self {
            ClientFrame::Hello { session, resume, locale, token } => map([
                ("type", "hello".into()),
                ("version", 1.into()),
                ("session", session.clone().into()),
                ("resume", resume.as_ref().map_or(Value::Null, Resume::to_value)),
                ("locale", locale.as_str().into()),
                ("token", token.clone().into()),
            ]),
            ClientFrame::Route { cid, request } => request.to_value(cid),
            ClientFrame::Message { cid, text } => map([
                ("type", "message".into()),
                ("cid", cid.as_str().into()),
                ("body", map([("kind", "text".into()), ("text", text.as_str().into())])),
            ]),
            ClientFrame::Typing(on) => map([("type", "typing".into()), ("on", (*on).into())]),
            ClientFrame::Read(seq) => map([("type", "read".into()), ("seq", (*seq).into())]),
            ClientFrame::Fetch { from, to } => {
                map([("type", "fetch".into()), ("from", (*from).into()), ("to", (*to).into())])
            }
            ClientFrame::End { cid } => map([("type", "end".into()), ("cid", cid.as_str().into())]),
            ClientFrame::Ping(id) => map([("type", "ping".into()), ("id", (*id).into())]),
            ClientFrame::Pong(id) => map([("type", "pong".into()), ("id", (*id).into())]),
            ClientFrame::Error(problem) => map([
                ("type", "error".into()),
                ("code", "bad_frame".into()),
                ("message", problem.as_str().into()),
            ]),
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

    /// Reads back what [`Self::to_value`] gave: what waits for its acknowledgement comes from the storage, the rest
    /// from other tabs. `None` for what fits no frame.
    pub fn from_value(value: &Value) -> Option<ClientFrame> {
        let cid = || value.text_at("cid").map(str::to_string);
        Some(match value.text_at("type")? {
            "hello" => ClientFrame::Hello {
                session: value.text_at("session").map(str::to_string),
                resume: value.get("resume").and_then(Resume::from_value),
                locale: value.text_at("locale")?.to_string(),
                token: value.text_at("token").map(str::to_string),
            },
            "route" => ClientFrame::Route { cid: cid()?, request: RouteFrame::from_value(value)? },
            "message" => {
                ClientFrame::Message { cid: cid()?, text: value.get("body")?.text_at("text")?.to_string() }
            }
            "end" => ClientFrame::End { cid: cid()? },
            "typing" => ClientFrame::Typing(value.bool_at("on")?),
            "read" => ClientFrame::Read(value.whole_at("seq")?),
            "fetch" => ClientFrame::Fetch { from: value.whole_at("from")?, to: value.whole_at("to")? },
            "ping" => ClientFrame::Ping(value.whole_at("id")?),
            _ => return None,
        })
    }
}

impl Resume {
    fn to_value(&self) -> Value {
        map([("epoch", self.epoch.as_str().into()), ("seq", self.seq.into())])
    }

    fn from_value(value: &Value) -> Option<Resume> {
        Some(Resume { epoch: value.text_at("epoch")?.to_string(), seq: value.whole_at("seq")? })
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
