//! What a tab tells another that joins: the same frames with which a server would greet it.

use super::Chat;
use crate::link::wire::{Conversation, Resume, ServerFrame, Welcome};

impl Chat {
    /// The answer to another tab's hello: a welcome, and what it lacks of the log. Nothing before the server has
    /// said which session this is.
    pub fn greet(&self, resume: Option<&Resume>) -> Vec<ServerFrame> {
        let Some(session) = self.session.clone() else { return Vec::new() };
        // A tab that is ahead of this one is right: what it has, this one is about to hear from the server.
        let fits = |point: &&Resume| point.epoch == self.epoch;
        let after = resume.filter(fits).map_or(0, |point| point.seq);
        let missing = self.transcript.gaps().iter().filter(|gap| gap.to > after);
        // One gap is all that a welcome can name: what lies between several is fetched again with them.
        let gap = missing.fold(None, |known: Option<(u64, u64)>, gap| {
            Some((known.map_or(gap.from.max(after + 1), |(from, _)| from), gap.to))
        });
        let (from, to) = gap.unwrap_or((u64::MAX, 0));
        let lacks = |seq: u64| seq > after && !(from..=to).contains(&seq);
        let mut frames = vec![ServerFrame::Welcome(Welcome {
            session,
            epoch: self.epoch.clone(),
            seq: self.transcript.seq(),
            reset: resume.is_some_and(|point| !fits(&point)),
            gap,
            conversation: Conversation {
                state: self.state,
                queue: self.queue.clone(),
                agent: self.agent.clone(),
                read_by_agent: self.read_by_agent,
                read_by_visitor: self.read_by_visitor,
            },
        })];
        let missed = self.transcript.entries().iter().filter(|entry| lacks(entry.seq));
        frames.extend(missed.cloned().map(ServerFrame::Entry));
        if let (Some(queue), Some(position)) = (&self.queue, self.position) {
            frames.push(ServerFrame::Queue { queue: queue.clone(), position, wait_s: self.wait_s });
        }
        frames
    }
}
