//! Changes: the only way anything lasting comes about. They are committed to the store first and
//! applied to the state after, and loading the store gives them back.

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Kind, Note, Sender};
use crate::id::{AgentId, ConversationId, SessionId};
use crate::session::Stored;

#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Session {
        id: SessionId,
        secret: String,
        locale: Option<String>,
        created: u64,
    },
    Locale {
        session: SessionId,
        locale: String,
    },
    /// Whose the session is. It is said once, and holds.
    Customer {
        session: SessionId,
        customer: String,
    },
    Entry {
        session: SessionId,
        conversation: ConversationId,
        entry: Entry,
    },
    /// The entries before `first` exist no more; the ids they were sent under are still known.
    Trim {
        session: SessionId,
        first: u64,
    },
    /// An id whose entry was trimmed. Only a store says this, when it is loaded.
    Stored {
        session: SessionId,
        author: String,
        cid: String,
        stored: Stored,
    },
    /// The conversation as it is from now on, new or not.
    Conversation(Conversation),
    /// The `reader` has seen the session's log up to `seq`.
    Read {
        session: SessionId,
        reader: Kind,
        seq: u64,
    },
    /// The agent as they are from now on, new or not.
    Agent(Agent),
    Note {
        conversation: ConversationId,
        note: Note,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    pub id: ConversationId,
    pub session: SessionId,
    /// Where it begins in the session's log.
    pub first: u64,
    pub stage: Stage,
    pub queue: String,
    pub skill: Option<String>,
    pub priority: i64,
    pub reason: Option<String>,
    pub context: Vec<ContextLine>,
    /// When the visitor joined the queue. A transfer keeps it.
    pub since: u64,
    /// Handed over by an agent: served before those who have not been served at all.
    pub front: bool,
    pub agent: Option<AgentId>,
    pub reserved_for: Option<AgentId>,
    /// Ended, and taken off the agent's list.
    pub closed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Waiting,
    Active,
    Ended,
}

/// A line the visitor agreed to share, as they saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextLine {
    pub key: String,
    pub label: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    pub id: AgentId,
    pub secret: String,
    pub name: String,
    pub role: String,
    pub queues: Vec<String>,
    pub skills: Vec<String>,
    /// The secret is void and nobody can hand them anything.
    pub signed_out: bool,
}

impl Stage {
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Active => "active",
            Self::Ended => "ended",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Waiting, Self::Active, Self::Ended].into_iter().find(|stage| stage.name() == name)
    }
}

impl Conversation {
    pub fn is_open(&self) -> bool {
        self.stage != Stage::Ended
    }
}

impl Agent {
    /// The agent as visitors see them.
    pub fn sender(&self) -> Sender {
        Sender {
            kind: Kind::Agent,
            id: Some(self.id.to_string()),
            name: Some(self.name.clone()),
            role: Some(self.role.clone()).filter(|role| !role.is_empty()),
        }
    }
}
