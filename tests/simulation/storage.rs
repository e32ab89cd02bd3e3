//! The origin's storage with the durability that was measured in Chromium: localStorage is there at once and is lost
//! with the browser's process if it was written in the last 45 s; IndexedDB comes some milliseconds later and stays.

use std::collections::{BTreeMap, VecDeque};

/// What is written this long before the browser's death is surely on the disk.
const FLUSHED: u64 = 45_000;

#[derive(Default)]
pub struct Storage {
    pub local: BTreeMap<String, String>,
    pub durable: BTreeMap<String, String>,
    /// What stood in localStorage before each of the last writes.
    undo: VecDeque<(u64, String, Option<String>)>,
    /// Writes on their way into IndexedDB, in order.
    pub pending: VecDeque<Write>,
    pub full_until: u64,
    /// All that fits into it while it is full.
    pub room: usize,
    /// Denied by the browser's settings: every access throws.
    pub denied: bool,
    last: u64,
}

pub struct Write {
    pub due: u64,
    pub page: u32,
    pub key: String,
    pub value: Option<String>,
}

impl Storage {
    /// Whether a write would fail now. In a full storage there is room for what is no longer than what it replaces.
    pub fn refuses(&self, now: u64, key: &str, value: &Option<String>) -> bool {
        let before = self.local.get(key).map_or(0, |held| held.len() + key.len());
        let after = value.as_ref().map_or(0, |value| value.len() + key.len());
        self.denied || (now < self.full_until && after > before && self.bytes() - before + after > self.room)
    }

    pub fn bytes(&self) -> usize {
        self.local.iter().map(|(key, value)| key.len() + value.len()).sum()
    }

    pub fn write_local(&mut self, now: u64, key: &str, value: Option<String>) {
        while self.undo.front().is_some_and(|(at, _, _)| at + FLUSHED + 1_000 < now) {
            self.undo.pop_front();
        }
        let before = match value {
            Some(value) => self.local.insert(key.to_string(), value),
            None => self.local.remove(key),
        };
        self.undo.push_back((now, key.to_string(), before));
    }

    /// Puts a write on its way and says when it will be there.
    pub fn write_durable(
        &mut self,
        now: u64,
        takes: u64,
        page: u32,
        key: &str,
        value: Option<String>,
    ) -> u64 {
        self.last = self.last.max(now + takes);
        self.pending.push_back(Write { due: self.last, page, key: key.to_string(), value });
        self.last
    }

    /// When the last write will have arrived.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// The writes that have arrived by now.
    pub fn arrive(&mut self, now: u64) -> Vec<Write> {
        let mut arrived = Vec::new();
        while self.pending.front().is_some_and(|write| write.due <= now) {
            arrived.extend(self.pending.pop_front());
        }
        arrived
    }

    /// The browser's process dies: of localStorage only what is older than `cut` remains.
    pub fn kill(&mut self, cut: u64) -> Vec<String> {
        let mut lost = Vec::new();
        while self.undo.back().is_some_and(|(at, _, _)| *at > cut) {
            let Some((_, key, before)) = self.undo.pop_back() else { break };
            lost.push(key.clone());
            match before {
                Some(value) => self.local.insert(key, value),
                None => self.local.remove(&key),
            };
        }
        self.undo.clear();
        self.pending.clear();
        lost
    }

    pub fn wipe(&mut self) {
        self.local.clear();
        self.durable.clear();
        self.pending.clear();
        self.undo.clear();
    }
}
