//! Who said something. Only the server says so; it is never read from a text.

use super::read::text;
use crate::text::glue;
use crate::value::{Value, map};

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

impl Sender {
    pub(super) fn decode(value: &Value) -> Result<Sender, String> {
        Ok(match text(value, "kind").map_err(|e| glue(&["from.", &e]))? {
            "visitor" => Sender::Visitor,
            "agent" => Sender::Agent(Person::decode(value)),
            _ => Sender::System,
        })
    }

    pub(super) fn to_value(&self) -> Value {
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
