//! The session's log as the server numbers it: in order, nothing twice, and no hole that is not known for one.

use super::gap::{Gap, Gaps};
use crate::link::wire::{Entry, Sender, ServerFrame, What};
use crate::value::{Value, map};
use std::collections::BTreeMap;

/// Entries kept across pages; older ones come again from the server when they are wanted.
const KEPT: usize = 200;
/// Entries held by a page: with more than the most, the oldest are let go, and come again when they are wanted.
const MOST: usize = 1200;
const HELD: usize = 1000;
/// Entries held back behind a hole before it is simply asked for again.
const AHEAD: usize = 1000;

#[derive(Debug, Default)]
pub struct Transcript {
    entries: Vec<Entry>,
    /// Position up to which nothing is missing but what `gaps` names.
    seq: u64,
    gaps: Gaps,
    /// What arrived behind a hole that nobody has named yet.
    ahead: BTreeMap<u64, Entry>,
}

/// What became of an entry.
#[derive(Debug, Default, PartialEq)]
pub struct Taken {
    /// What follows the transcript now, in order: the conversation moves on by it.
    pub joined: Vec<Entry>,
    /// The id of an entry that has filled a gap: old news, but it has arrived.
    pub filled: Option<String>,
}

impl Transcript {
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn seq(&self) -> u64 {
        self.seq
    }

    pub fn gaps(&self) -> &[Gap] {
        self.gaps.all()
    }

    /// Whether something is missing that the server should have sent.
    pub fn has_hole(&self) -> bool {
        !self.ahead.is_empty()
    }

    /// Whether the entry that was sent under `cid` is here.
    pub fn has(&self, cid: &str) -> bool {
        self.at(cid).is_some()
    }

    /// Where the entry that was sent under `cid` stands.
    pub fn at(&self, cid: &str) -> Option<u64> {
        let sent = |entry: &&Entry| entry.cid.as_deref() == Some(cid);
        self.entries.iter().rev().find(sent).map(|entry| entry.seq)
    }

    pub fn insert(&mut self, entry: Entry) -> Taken {
        if entry.seq <= self.seq {
            return self.fill(entry);
        }
        if self.ahead.len() < AHEAD {
            self.ahead.insert(entry.seq, entry);
        }
        Taken { joined: self.join(), filled: None }
    }

    /// The server does not send `from` to `to` now: what follows is taken in all the same, and the gap is remembered.
    pub fn skip(&mut self, to: u64) -> Taken {
        if to > self.seq {
            self.gaps.add(self.seq + 1, to);
            self.seq = to;
            self.ahead.retain(|seq, _| *seq > to);
        }
        Taken { joined: self.join(), filled: None }
    }

    /// The server has answered for this range: what is not here by now exists no more, if it says so.
    pub fn fetched(&mut self, from: u64, to: u64, lost: bool) {
        self.gaps.answered(from, to, lost);
    }

    /// The range to ask for next: by itself what is missing in the middle, and what comes before everything when
    /// the visitor wants it.
    pub fn fetch(&mut self, earlier: bool) -> Option<(u64, u64)> {
        let first = self.entries.first().map_or(u64::MAX, |entry| entry.seq);
        self.gaps.ask(|gap| earlier || gap.from > first)
    }

    /// Another connection knows nothing of what was asked for on the old one; and what arrived behind a hole comes
    /// again.
    pub fn reconnected(&mut self) {
        self.ahead.clear();
        self.gaps.forget_asking();
    }

    /// Forgets everything: positions of another epoch mean nothing.
    pub fn reset(&mut self) {
        *self = Transcript::default();
    }

    /// The last entry that a reader has come to: not past a gap that is about to be filled.
    pub fn readable(&self) -> u64 {
        let (Some(first), Some(last)) = (self.entries.first(), self.entries.last()) else { return 0 };
        let gap = self.gaps.all().iter().find(|gap| !gap.lost && gap.from > first.seq);
        gap.map_or(last.seq, |gap| gap.from - 1)
    }

    /// Entries of agents after `seq`.
    pub fn unread_after(&self, seq: u64) -> u64 {
        let from_agent = |entry: &&Entry| match &entry.what {
            What::Message { from, .. } => *from != Sender::Visitor,
            _ => false,
        };
        self.entries.iter().rev().take_while(|entry| entry.seq > seq).filter(from_agent).count() as u64
    }

    pub fn save(&self) -> Value {
        let from = self.entries.len().saturating_sub(KEPT);
        let kept = self.entries.get(from..).unwrap_or_default();
        let first = kept.first().map_or(self.seq + 1, |entry| entry.seq);
        map([
            ("seq", self.seq.into()),
            ("entries", Value::List(kept.iter().map(Entry::to_value).collect())),
            ("gaps", self.gaps.save(first)),
        ])
    }

    /// Takes back what [`Self::save`] gave. Entries that are not in order, or whose holes nobody names, void the
    /// whole: then the server sends it again.
    pub fn restore(saved: &Value) -> Transcript {
        Transcript::read(saved).unwrap_or_default()
    }

    fn read(saved: &Value) -> Option<Transcript> {
        let mut entries: Vec<Entry> = Vec::new();
        for value in saved.get("entries")?.list() {
            match ServerFrame::decode(value) {
                Ok(ServerFrame::Entry(entry)) => entries.push(entry),
                _ => return None,
            }
        }
        let (seq, gaps) = (saved.whole_at("seq")?, Gaps::restore(saved.get("gaps")?));
        let mut next = 1;
        for entry in &entries {
            next = gaps.past(next);
            if entry.seq != next {
                return None;
            }
            next += 1;
        }
        (gaps.past(next) == seq + 1).then_some(Transcript { entries, seq, gaps, ahead: BTreeMap::new() })
    }

    fn fill(&mut self, entry: Entry) -> Taken {
        if !self.gaps.fill(entry.seq) {
            return Taken::default();
        }
        let filled = entry.cid.clone();
        let at = self.entries.partition_point(|known| known.seq < entry.seq);
        self.entries.insert(at, entry);
        Taken { joined: Vec::new(), filled }
    }

    /// A page that stays open for days does not hold all that was ever said.
    fn shorten(&mut self) {
        if self.entries.len() > MOST {
            self.entries.drain(..self.entries.len() - HELD);
            self.gaps.begin(self.entries.first().map_or(1, |entry| entry.seq));
        }
    }

    fn join(&mut self) -> Vec<Entry> {
        let mut joined = Vec::new();
        while let Some(entry) = self.ahead.remove(&(self.seq + 1)) {
            self.seq = entry.seq;
            joined.push(entry.clone());
            self.entries.push(entry);
        }
        self.shorten();
        joined
    }
}
