//! Ids. Numbers inside, so that ties sort by age; a prefixed text outside, so that no two kinds mix.

use std::fmt;

use serde::{Serialize, Serializer};

/// A visitor's session, by number. Never leaves the desk: visitors are known by a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(pub u64);

/// A conversation: one stay from `route` to `end`. Agents see it as `c-7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConversationId(pub u64);

/// An agent, from sign-in to sign-out. Seen as `a-3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgentId(pub u64);

impl ConversationId {
    pub fn parse(text: &str) -> Option<Self> {
        text.strip_prefix("c-")?.parse().ok().map(Self)
    }
}

impl AgentId {
    pub fn parse(text: &str) -> Option<Self> {
        text.strip_prefix("a-")?.parse().ok().map(Self)
    }
}

impl fmt::Display for ConversationId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "c-{}", self.0)
    }
}

impl fmt::Display for AgentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a-{}", self.0)
    }
}

impl Serialize for ConversationId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for AgentId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
