//! Handing a visitor over without losing their place or their story.

use crate::agent_frame::To;
use crate::change::{Conversation, Stage};
use crate::desk::Desk;
use crate::entry::{Note, Target, What};
use crate::frame::ServerFrame;
use crate::id::{AgentId, ConversationId};
use crate::record::Step;
use crate::refusal::{Code, Refusal};
use crate::store::{Ids, Store};

impl<S: Store, I: Ids> Desk<S, I> {
    pub(crate) fn transfer(
        &mut self,
        now: u64,
        me: AgentId,
        id: ConversationId,
        to: To,
        note: Option<String>,
    ) -> Result<(), Refusal> {
        let conversation = self.served(me, id)?;
        match to {
            To::Queue(queue) if self.settings.queues.contains_key(&queue) => {
                self.hand_to_queue(now, me, conversation, queue, note)
            }
            To::Queue(_) => Err(Refusal::bad_frame("transfer.to.queue: there is no such queue here")),
            To::Agent(next) => self.hand_to_agent(now, me, conversation, next, note),
        }
    }

    /// Back to waiting, before all who have not been served yet.
    pub(crate) fn hand_to_queue(
        &mut self,
        now: u64,
        from: AgentId,
        conversation: Conversation,
        queue: String,
        note: Option<String>,
    ) -> Result<(), Refusal> {
        let waiting = Conversation { queue: queue.clone(), ..conversation };
        self.hand_over(now, from, waiting, Target::Queue(queue), note)
    }

    fn hand_to_agent(
        &mut self,
        now: u64,
        from: AgentId,
        conversation: Conversation,
        next: AgentId,
        note: Option<String>,
    ) -> Result<(), Refusal> {
        if next == from {
            return Err(Refusal::bad_frame("transfer.to.agent: that is you"));
        }
        if !self.online().agents.contains(&next) {
            return Err(Refusal::new(
                Code::NoAgent,
                "this agent is not signed in; choose another one or a queue",
            ));
        }
        let reserved = Conversation { reserved_for: Some(next), ..conversation };
        let target = Target::Agent(self.sender(next));
        self.hand_over(now, from, reserved, target, note)
    }

    fn hand_over(
        &mut self,
        now: u64,
        from: AgentId,
        conversation: Conversation,
        to: Target,
        note: Option<String>,
    ) -> Result<(), Refusal> {
        let waiting = Conversation { stage: Stage::Waiting, agent: None, front: true, ..conversation };
        let sender = self.sender(from);
        let name = sender.name.clone().unwrap_or_default();
        let note = note.filter(|text| !text.trim().is_empty());
        let step = Step {
            note: note.map(|text| Note { from: name, text, ts: now }),
            ..Step::new(waiting.clone(), What::Transfer { from: sender, to })
        };
        let entry = self.record(now, step)?;
        // Nobody serves the conversation now: its next agent gets the whole log on accepting.
        self.tell_visitor(waiting.session, &ServerFrame::Entry(entry));
        Ok(())
    }
}
