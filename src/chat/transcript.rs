//! The session's log as the server numbers it: in order, without holes, nothing twice.

use crate::link::wire::{Entry, ServerFrame, What};
use crate::value::Value;
use std::collections::BTreeMap;

/// Entries kept across pages; older ones come again from the server when they are wanted.
const KEPT: usize = 200;
/// Entries held back behind a hole before it is simply asked for again.
const AHEAD: usize = 1000;

#[derive(Debug, Default)]
pub struct Transcript {
    entries: Vec<Entry>,
    /// Position up to which nothing is missing.
    seq: u64,
    /// What arrived behind a hole.
    ahead: BTreeMap<u64, Entry>,
}

impl Transcript {
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Whether something is known to be missing.
    pub fn has_hole(&self) -> bool {
        !self.ahead.is_empty()
    }

    /// Takes in `entry` and returns whatever became part of the transcript by it, in order.
    pub fn insert(&mut self, entry: Entry) -> Vec<Entry> {
        if entry.seq <= self.seq || self.ahead.len() >= AHEAD {
            return Vec::new();
        }
        self.ahead.insert(entry.seq, entry);
        let mut joined = Vec::new();
        while let Some(entry) = self.ahead.remove(&(self.seq + 1)) {
            self.seq = entry.seq;
            joined.push(entry.clone());
            self.entries.push(entry);
        }
        joined
    }

    /// Gives up what arrived behind a hole, because it will come again.
    pub fn drop_ahead(&mut self) {
        self.ahead.clear();
    }

    /// Forgets everything: positions of another epoch mean nothing.
    pub fn reset(&mut self) {
        *self = Transcript::default();
    }

    /// Entries of agents after `seq`.
    pub fn unread_after(&self, seq: u64) -> u64 {
        let from_agent = |entry: &&Entry| match &entry.what {
            What::Message { from, .. } => *from != crate::link::wire::Sender::Visitor,
            _ => false,
        };
        self.entries.iter().rev().take_while(|entry| entry.seq > seq).filter(from_agent).count() as u64
    }

    pub fn save(&self) -> Value {
        let first = self.entries.len().saturating_sub(KEPT);
        Value::List(self.entries[first..].iter().map(Entry::to_value).collect())
    }

    /// Takes back what [`Self::save`] gave. Entries that do not follow each other void the whole.
    pub fn restore(saved: &Value) -> Transcript {
        let mut transcript = Transcript::default();
        for value in saved.list() {
            match ServerFrame::decode(value) {
                Ok(ServerFrame::Entry(entry)) => {
                    if !transcript.entries.is_empty() && entry.seq != transcript.seq + 1 {
                        return Transcript::default();
                    }
                    transcript.seq = entry.seq;
                    transcript.entries.push(entry);
                }
                _ => return Transcript::default(),
            }
        }
        transcript
    }
}
