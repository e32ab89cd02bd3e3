//! Entries of the session's log.

use super::read::{member, text, whole};
use super::{Person, Sender};
use crate::text::glue;
use crate::value::{Value, map};

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

impl Entry {
    pub(super) fn decode(kind: &str, value: &Value) -> Result<Entry, String> {
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
            entries.extend(rest.into_iter().map(|(key, value)| (key.into(), value)));
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
