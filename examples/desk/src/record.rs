//! Putting an entry into a session's log, together with what it changes about the conversation.

use crate::change::{Change, Conversation};
use crate::desk::Desk;
use crate::entry::{Entry, Note, What};
use crate::id::SessionId;
use crate::refusal::Refusal;
use crate::store::{Ids, Store};

/// One step of a conversation.
pub(crate) struct Step {
    /// The conversation as it is after the step.
    pub conversation: Conversation,
    pub what: What,
    pub cid: Option<String>,
    pub note: Option<Note>,
}

impl Step {
    pub fn new(conversation: Conversation, what: What) -> Self {
        Self { conversation, what, cid: None, note: None }
    }

    pub fn with_cid(self, cid: String) -> Self {
        Self { cid: Some(cid), ..self }
    }
}

impl<S: Store, I: Ids> Desk<S, I> {
    /// Commits the step whole or not at all. Nobody has heard of it when this returns.
    pub(crate) fn record(&mut self, now: u64, step: Step) -> Result<Entry, Refusal> {
        let Step { conversation, what, cid, note } = step;
        let session = conversation.session;
        let seq = self.state.sessions.get(&session).map_or(0, |session| session.seq()) + 1;
        let entry = Entry { what, seq, ts: now, cid };
        let mut changes = Vec::new();
        if let Some(note) = note {
            changes.push(Change::Note { conversation: conversation.id, note });
        }
        let logged = Change::Entry { session, conversation: conversation.id, entry: entry.clone() };
        if self.state.conversations.get(&conversation.id) != Some(&conversation) {
            changes.push(Change::Conversation(conversation));
        }
        changes.push(logged);
        changes.extend(self.trimming(session, seq));
        self.commit(changes)?;
        Ok(entry)
    }

    /// What of the log must go now that it ends at this position.
    fn trimming(&self, session: SessionId, seq: u64) -> Option<Change> {
        let kept = self.settings.keep_entries?.max(1);
        let first = (seq + 1).saturating_sub(kept);
        let held = self.state.sessions.get(&session)?;
        // The entry just said is not in the log yet: an empty one begins with it.
        (held.seq() > 0 && held.first() < first).then_some(Change::Trim { session, first })
    }
}
