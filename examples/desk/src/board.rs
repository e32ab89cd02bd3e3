//! Who waits where, and what an agent's board shows of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::change::{Agent, ContextLine, Conversation, Stage};
use crate::entry::{Entry, Kind, Note, What};
use crate::frame::Marks;
use crate::id::{AgentId, ConversationId, SessionId};
use crate::state::State;

/// An agent's whole view of the desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Board {
    pub waiting: Vec<Summary>,
    pub mine: Vec<Summary>,
    pub agents: Vec<Person>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    pub id: ConversationId,
    pub state: Stage,
    pub queue: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    pub priority: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub since: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Whether the visitor is connected right now.
    pub online: bool,
    pub context: Vec<ContextLine>,
    pub notes: Vec<Note>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserved_for: Option<AgentId>,
    /// Whether it is meant for the agent whose board this is.
    #[serde(rename = "match")]
    pub matches: bool,
    pub unread: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Last>,
    pub read: Marks,
}

/// The newest message.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Last {
    pub text: String,
    pub ts: u64,
    pub from: Kind,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Person {
    pub id: AgentId,
    pub name: String,
    pub role: String,
    pub online: bool,
    pub queues: Vec<String>,
}

/// Who is connected.
#[derive(Clone, Debug, Default)]
pub struct Online {
    pub sessions: BTreeSet<SessionId>,
    pub agents: BTreeSet<AgentId>,
}

/// All that wait, in the order in which they are served.
pub fn waiting(state: &State) -> Vec<&Conversation> {
    let live = state.live.iter().filter_map(|id| state.conversations.get(id));
    let mut waiting: Vec<_> = live.filter(|one| one.stage == Stage::Waiting).collect();
    waiting.sort_by_key(|one| (Reverse(one.front), Reverse(one.priority), one.since, one.id));
    waiting
}

/// Everybody's place in their queue; 1 is next.
pub fn places(state: &State, online: &Online) -> BTreeMap<SessionId, (String, u64)> {
    let mut lengths: BTreeMap<&str, u64> = BTreeMap::new();
    let mut places = BTreeMap::new();
    // Whoever has gone away keeps their turn and is in nobody's way meanwhile: a place says how long it will take.
    let here = |one: &&Conversation| online.sessions.contains(&one.session);
    for conversation in waiting(state).into_iter().filter(here) {
        let length = lengths.entry(&conversation.queue).or_default();
        *length += 1;
        places.insert(conversation.session, (conversation.queue.clone(), *length));
    }
    places
}

/// Whether the conversation is meant for this agent: by name, by queue or by skill.
pub fn matches(agent: &Agent, conversation: &Conversation) -> bool {
    conversation.reserved_for == Some(agent.id)
        || agent.queues.contains(&conversation.queue)
        || conversation.skill.as_ref().is_some_and(|skill| agent.skills.contains(skill))
}

/// The conversations on this agent's own list, oldest first.
pub fn mine(state: &State, agent: AgentId) -> impl Iterator<Item = &Conversation> {
    let live = state.live.iter().filter_map(|id| state.conversations.get(id));
    live.filter(move |one| one.stage != Stage::Waiting && one.agent == Some(agent))
}

pub fn board(state: &State, agent: &Agent, online: &Online) -> Board {
    let summary = |one: &Conversation| summary(state, agent, online, one);
    let mut waiting = waiting(state);
    // A stable sort: what was handed to this agent by name comes first, the rest stays in order.
    waiting.sort_by_key(|one| one.reserved_for != Some(agent.id));
    Board {
        waiting: waiting.into_iter().map(summary).collect(),
        mine: mine(state, agent.id).map(summary).collect(),
        agents: people(state, online),
    }
}

pub fn person(agent: &Agent, online: &Online) -> Person {
    Person {
        id: agent.id,
        name: agent.name.clone(),
        role: agent.role.clone(),
        online: online.agents.contains(&agent.id),
        queues: agent.queues.clone(),
    }
}

/// Those who are here, and those who are away but still have somebody waiting for them. Sign-ins
/// of past days that were never ended would otherwise fill the list.
fn people(state: &State, online: &Online) -> Vec<Person> {
    let live = || state.live.iter().filter_map(|id| state.conversations.get(id));
    let needed: BTreeSet<AgentId> = live()
        .filter(|one| one.is_open())
        .flat_map(|one| [one.agent, one.reserved_for])
        .flatten()
        .chain(online.agents.iter().copied())
        .collect();
    let agents = needed.iter().filter_map(|id| state.agents.get(id));
    agents.filter(|agent| !agent.signed_out).map(|agent| person(agent, online)).collect()
}

fn summary(state: &State, agent: &Agent, online: &Online, one: &Conversation) -> Summary {
    let session = state.sessions.get(&one.session);
    let read = session.map_or_else(Marks::default, |session| session.read);
    Summary {
        id: one.id,
        state: one.stage,
        queue: one.queue.clone(),
        skill: one.skill.clone(),
        priority: one.priority,
        reason: one.reason.clone(),
        since: one.since,
        locale: session.and_then(|session| session.locale.clone()),
        online: online.sessions.contains(&one.session),
        context: one.context.clone(),
        notes: state.notes.get(&one.id).cloned().unwrap_or_default(),
        agent: one.agent,
        reserved_for: one.reserved_for,
        matches: matches(agent, one),
        unread: session.map_or(0, |session| session.unread(session.span_of(one.id))),
        last: state.entries_of(one).rev().find_map(last),
        read,
    }
}

fn last(entry: &Entry) -> Option<Last> {
    match &entry.what {
        What::Message { from, body } => Some(Last { text: body.text.clone(), ts: entry.ts, from: from.kind }),
        _ => None,
    }
}
