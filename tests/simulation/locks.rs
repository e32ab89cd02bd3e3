//! The one Web Lock of the origin, and the members of its BroadcastChannel.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Milliseconds until the next one has the lock: after a release, and after the holder's tab has crashed (measured).
pub const RELEASED: u64 = 20;
pub const CRASHED: u64 = 28;

#[derive(Default)]
pub struct Locks {
    pub holder: Option<u32>,
    waiting: VecDeque<u32>,
    /// Pages whose requests are never answered.
    pub deaf: BTreeSet<u32>,
    /// Pages that were robbed and have not been told yet.
    pub robbed: BTreeSet<u32>,
}

impl Locks {
    pub fn request(&mut self, page: u32) {
        if self.holder != Some(page) && !self.waiting.contains(&page) {
            self.waiting.push_back(page);
        }
    }

    /// Gives the lock back or withdraws the request; true when it is free now.
    pub fn release(&mut self, page: u32) -> bool {
        self.waiting.retain(|other| *other != page);
        if self.holder == Some(page) {
            self.holder = None;
            return true;
        }
        false
    }

    /// Hands a free lock to whoever waits longest.
    pub fn grant(&mut self) -> Option<u32> {
        if self.holder.is_some() {
            return None;
        }
        let at = self.waiting.iter().position(|page| !self.deaf.contains(page))?;
        self.holder = self.waiting.remove(at);
        self.holder
    }

    pub fn waiting(&self) -> impl Iterator<Item = u32> {
        self.waiting.iter().copied()
    }

    /// Takes the lock at once and says from whom.
    pub fn steal(&mut self, page: u32) -> Option<u32> {
        self.waiting.retain(|other| *other != page);
        self.holder.replace(page).filter(|before| *before != page)
    }

    pub fn reset(&mut self) {
        *self = Locks::default();
    }
}

/// Members, each with the moment at which it hears what was sent last: nothing overtakes.
#[derive(Default)]
pub struct Channel {
    pub members: BTreeMap<u32, u64>,
}

impl Channel {
    /// When `page` hears what takes `takes` milliseconds from now.
    pub fn hears(&mut self, page: u32, now: u64, takes: u64) -> u64 {
        let last = self.members.entry(page).or_default();
        *last = (*last).max(now + takes);
        *last
    }
}
