//! Entries of a session's log: what was said and done, in the order of `seq`, and kept.

use serde::{Deserialize, Serialize};

/// One entry. It is stored, and sent to both sides, in this very shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    #[serde(flatten)]
    pub what: What,
    pub seq: u64,
    /// When it was committed, in milliseconds since 1970.
    pub ts: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cid: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum What {
    Route {
        queue: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        skill: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    Message {
        from: Sender,
        body: Body,
    },
    Agent {
        agent: Sender,
    },
    Transfer {
        from: Sender,
        to: Target,
    },
    End {
        by: Kind,
    },
}

/// Who speaks. Only the desk sets it; nothing a client sends can.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sender {
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Visitor,
    Agent,
    System,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    pub kind: String,
    pub text: String,
}

/// Where a conversation goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Queue(String),
    Agent(Sender),
}

/// What one agent tells the next about a conversation. No visitor ever gets it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    pub from: String,
    pub text: String,
    pub ts: u64,
}

impl Sender {
    pub fn visitor() -> Self {
        Self { kind: Kind::Visitor, id: None, name: None, role: None }
    }
}

impl Body {
    pub fn text(text: String) -> Self {
        Self { kind: "text".to_owned(), text }
    }
}

impl Entry {
    /// Who chose the `cid`. It is unique per author, so that nobody can block another's message by
    /// using up its id.
    pub fn author(&self) -> &str {
        match &self.what {
            What::Message { from: Sender { id: Some(agent), .. }, .. } => agent,
            _ => VISITOR,
        }
    }

    /// The entry as the visitor gets it: ids that agents' pages choose are not their business.
    pub fn for_visitor(&self) -> Self {
        let mut entry = self.clone();
        if self.author() != VISITOR {
            entry.cid = None;
        }
        entry
    }
}

/// The author of all that visitors send.
pub const VISITOR: &str = "visitor";
