//! A visitor's session: its log, who may see it, and how far it was read.

use std::collections::{HashMap, VecDeque};

use crate::entry::{Entry, Kind, What};
use crate::frame::{Marks, Span};
use crate::id::ConversationId;

#[derive(Clone, Debug)]
pub struct Session {
    pub secret: String,
    pub locale: Option<String>,
    /// Whose it is, once a token has said so; nobody else gets it from then on.
    pub customer: Option<String>,
    /// In the order of `seq`, without a hole. The oldest may have been trimmed.
    pub log: VecDeque<Logged>,
    pub read: Marks,
    /// The session's newest conversation.
    pub latest: Option<ConversationId>,
    /// What was stored under which id, by author. Ids outlive trimmed entries: a repeat that comes late is still one.
    cids: HashMap<String, HashMap<String, Stored>>,
    /// Positions of the visitor's messages in the log, so that unread ones are counted without reading it.
    spoken: VecDeque<u64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    pub conversation: ConversationId,
    pub entry: Entry,
}

/// Where and when an entry was stored: what its ack says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    pub seq: u64,
    pub ts: u64,
}

impl Session {
    pub fn new(secret: String, locale: Option<String>) -> Self {
        Self {
            secret,
            locale,
            customer: None,
            log: VecDeque::new(),
            read: Marks::default(),
            latest: None,
            cids: HashMap::new(),
            spoken: VecDeque::new(),
        }
    }

    /// The last position of the log; 0 for an empty one.
    pub fn seq(&self) -> u64 {
        self.log.back().map_or(0, |logged| logged.entry.seq)
    }

    /// The first position that still exists; 1 for an empty log.
    pub fn first(&self) -> u64 {
        self.log.front().map_or(1, |logged| logged.entry.seq)
    }

    /// The entries at these positions, as far as they exist.
    pub fn between(&self, span: Span) -> impl DoubleEndedIterator<Item = &Entry> {
        let at = |seq: u64| {
            let index = usize::try_from(seq.saturating_sub(self.first())).unwrap_or(usize::MAX);
            index.min(self.log.len())
        };
        let end = at(span.to.saturating_add(1));
        self.log.range(at(span.from).min(end)..end).map(|logged| &logged.entry)
    }

    /// The positions of one conversation's entries. A session has one conversation at a time, so they stand together.
    pub fn span_of(&self, conversation: ConversationId) -> Span {
        let first = self.log.partition_point(|logged| logged.conversation < conversation);
        let after = self.log.partition_point(|logged| logged.conversation <= conversation);
        let seq = |index: usize| self.first() + index as u64;
        Span { from: seq(first), to: seq(after) - 1 }
    }

    /// How many of the visitor's messages at these positions the agent has not seen.
    pub fn unread(&self, span: Span) -> usize {
        let upto = |seq: u64| self.spoken.partition_point(|one| *one <= seq);
        upto(span.to).saturating_sub(upto(self.read.agent.max(span.from.saturating_sub(1))))
    }

    /// What this author has already stored under this id.
    pub fn repeat(&self, author: &str, cid: &str) -> Option<Stored> {
        self.cids.get(author)?.get(cid).copied()
    }

    pub(crate) fn push(&mut self, logged: Logged) {
        let entry = &logged.entry;
        if let Some(cid) = &entry.cid {
            let stored = Stored { seq: entry.seq, ts: entry.ts };
            self.remember(entry.author().to_owned(), cid.clone(), stored);
        }
        if is_spoken(entry) {
            self.spoken.push_back(entry.seq);
        }
        self.log.push_back(logged);
    }

    pub(crate) fn remember(&mut self, author: String, cid: String, stored: Stored) {
        self.cids.entry(author).or_default().insert(cid, stored);
    }

    /// Forgets the entries before this position, but never the last one: it is what says where the log goes on.
    pub(crate) fn trim(&mut self, first: u64) {
        while self.log.len() > 1 && self.first() < first {
            self.log.pop_front();
        }
        let first = self.first();
        while self.spoken.front().is_some_and(|seq| *seq < first) {
            self.spoken.pop_front();
        }
    }
}

fn is_spoken(entry: &Entry) -> bool {
    matches!(&entry.what, What::Message { from, .. } if from.kind == Kind::Visitor)
}
