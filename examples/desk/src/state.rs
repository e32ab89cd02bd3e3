//! Everything the desk knows, rebuilt from the store on start. Only [`State::apply`] changes it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::change::{Agent, Change, Conversation, Stage};
use crate::entry::{Entry, Kind, Note};
use crate::id::{AgentId, ConversationId, SessionId};
use crate::session::{Logged, Session};

#[derive(Clone, Debug, Default)]
pub struct State {
    pub sessions: BTreeMap<SessionId, Session>,
    pub conversations: BTreeMap<ConversationId, Conversation>,
    pub agents: BTreeMap<AgentId, Agent>,
    pub notes: BTreeMap<ConversationId, Vec<Note>>,
    /// Conversations that stand on somebody's board, so that boards cost nothing for the past.
    pub live: BTreeSet<ConversationId>,
    by_secret: HashMap<String, SessionId>,
}

impl State {
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Session { id, secret, locale, .. } => {
                self.by_secret.insert(secret.clone(), id);
                self.sessions.insert(id, Session::new(secret, locale));
            }
            Change::Locale { session, locale } => {
                self.edit(session, |session| session.locale = Some(locale));
            }
            Change::Customer { session, customer } => {
                self.edit(session, |session| session.customer = Some(customer));
            }
            Change::Entry { session, conversation, entry } => {
                self.edit(session, |session| session.push(Logged { conversation, entry }));
            }
            Change::Trim { session, first } => self.edit(session, |session| session.trim(first)),
            Change::Stored { session, author, cid, stored } => {
                self.edit(session, |session| session.remember(author, cid, stored));
            }
            Change::Conversation(conversation) => self.put(conversation),
            Change::Read { session, reader, seq } => self.edit(session, |session| match reader {
                Kind::Visitor => session.read.visitor = seq,
                _ => session.read.agent = seq,
            }),
            Change::Agent(agent) => {
                self.agents.insert(agent.id, agent);
            }
            Change::Note { conversation, note } => self.notes.entry(conversation).or_default().push(note),
        }
    }

    pub fn session_by_secret(&self, secret: &str) -> Option<SessionId> {
        self.by_secret.get(secret).copied()
    }

    /// The session's conversation that has not ended.
    pub fn open_of(&self, session: SessionId) -> Option<&Conversation> {
        self.latest_of(session).filter(|conversation| conversation.is_open())
    }

    pub fn latest_of(&self, session: SessionId) -> Option<&Conversation> {
        self.conversations.get(&self.sessions.get(&session)?.latest?)
    }

    /// The entries of one conversation, oldest first.
    pub fn entries_of(&self, conversation: &Conversation) -> impl DoubleEndedIterator<Item = &Entry> {
        let session = self.sessions.get(&conversation.session);
        session.into_iter().flat_map(|session| session.between(session.span_of(conversation.id)))
    }

    pub fn next_session(&self) -> SessionId {
        SessionId(self.sessions.keys().last().map_or(1, |last| last.0 + 1))
    }

    pub fn next_conversation(&self) -> ConversationId {
        ConversationId(self.conversations.keys().last().map_or(1, |last| last.0 + 1))
    }

    pub fn next_agent(&self) -> AgentId {
        AgentId(self.agents.keys().last().map_or(1, |last| last.0 + 1))
    }

    fn edit(&mut self, session: SessionId, change: impl FnOnce(&mut Session)) {
        if let Some(session) = self.sessions.get_mut(&session) {
            change(session);
        }
    }

    fn put(&mut self, conversation: Conversation) {
        let ended = conversation.stage == Stage::Ended;
        if ended && (conversation.closed || conversation.agent.is_none()) {
            self.live.remove(&conversation.id);
        } else {
            self.live.insert(conversation.id);
        }
        let id = conversation.id;
        self.edit(conversation.session, |session| session.latest = session.latest.max(Some(id)));
        self.conversations.insert(id, conversation);
    }
}
