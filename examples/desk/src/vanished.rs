//! Agents who are gone without having signed out: a crash, a closed lid. Whoever they were talking to waits again,
//! first in line, unless they come back soon.

use std::collections::BTreeSet;

use crate::board::{Online, mine};
use crate::change::{Conversation, Stage};
use crate::desk::Desk;
use crate::id::AgentId;
use crate::limits::VANISHED_MS;
use crate::store::{Ids, Store};

impl<S: Store, I: Ids> Desk<S, I> {
    /// Keeps the time at which each missing agent's conversations are given back. It is not stored: after a restart
    /// everybody has the whole time again, as they could not have been here meanwhile.
    pub(crate) fn note_vanished(&mut self, now: u64, online: &Online) {
        let live = self.state.live.iter().filter_map(|id| self.state.conversations.get(id));
        let active = live.filter(|one| one.stage == Stage::Active);
        let missing: BTreeSet<AgentId> =
            active.filter_map(|one| one.agent).filter(|agent| !online.agents.contains(agent)).collect();
        self.vanished.retain(|agent, _| missing.contains(agent));
        for agent in missing {
            self.vanished.entry(agent).or_insert(now + VANISHED_MS);
        }
    }

    pub(crate) fn give_back(&mut self, now: u64) {
        let due = self.vanished.iter().filter(|(_, at)| **at <= now).map(|(agent, _)| *agent);
        for agent in due.collect::<Vec<_>>() {
            let left: Vec<Conversation> =
                mine(&self.state, agent).filter(|one| one.stage == Stage::Active).cloned().collect();
            for conversation in left {
                let queue = conversation.queue.clone();
                if self.hand_to_queue(now, agent, conversation, queue, None).is_err() {
                    // It could not be stored, which has been reported; the disk may be well by then.
                    self.vanished.insert(agent, now + VANISHED_MS);
                }
            }
        }
    }
}
