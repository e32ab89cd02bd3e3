//! What the desk does with an agent's frames.

use crate::agent_frame::{FromAgent, Line, ToAgent};
use crate::change::{Change, Conversation, Stage};
use crate::connection::Who;
use crate::desk::Desk;
use crate::entry::{Body, Kind, Sender, What};
use crate::event::Socket;
use crate::frame::ServerFrame;
use crate::id::{AgentId, ConversationId};
use crate::record::Step;
use crate::refusal::{Code, Refusal};
use crate::store::{Ids, Store};

impl<S: Store, I: Ids> Desk<S, I> {
    pub(crate) fn agent(&mut self, now: u64, socket: Socket, frame: FromAgent) -> Result<(), Refusal> {
        match (frame, self.agent_on(socket)) {
            (FromAgent::SignIn(wanted), None) => self.sign_in(socket, wanted),
            (FromAgent::Resume { secret }, None) => self.sign_in_again(socket, &secret),
            (FromAgent::SignIn(_) | FromAgent::Resume { .. }, Some(_)) => {
                Err(Refusal::bad_frame("sign_in: already signed in on this connection"))
            }
            (_, None) => Err(Refusal::new(Code::NotReady, "the first frame must be `sign_in`")),
            (FromAgent::Accept { conversation }, Some(me)) => self.accept(now, socket, me, conversation),
            (FromAgent::Message { conversation, cid, text }, Some(me)) => self
                .agent_says(now, socket, me, conversation, &cid, text)
                .map_err(|refusal| refusal.of(Some(&cid))),
            (FromAgent::Typing { conversation, on }, Some(me)) => {
                let session = self.served(me, conversation)?.session;
                self.tell_visitor(session, &ServerFrame::Typing { on, from: self.sender(me) });
                Ok(())
            }
            (FromAgent::Read { conversation, seq }, Some(me)) => self.agent_reads(me, conversation, seq),
            (FromAgent::Transfer { conversation, to, note }, Some(me)) => {
                self.transfer(now, me, conversation, to, note)
            }
            (FromAgent::End { conversation }, Some(me)) => {
                let served = self.served(me, conversation)?;
                let ended = Conversation { stage: Stage::Ended, ..served };
                let entry = self.record(now, Step::new(ended.clone(), What::End { by: Kind::Agent }))?;
                self.spread(&ended, &entry);
                Ok(())
            }
            (FromAgent::Close { conversation }, Some(me)) => self.put_away(me, conversation),
            (FromAgent::SignOut, Some(me)) => self.sign_out(now, me),
            (FromAgent::Ping { id }, Some(_)) => {
                self.send_agent(socket, ToAgent::Pong { id });
                Ok(())
            }
            (FromAgent::Pong, Some(_)) => Ok(()),
        }
    }

    /// A conversation as a whole, notes among the entries where they fell in time.
    pub(crate) fn log_of(&self, conversation: &Conversation) -> ToAgent {
        let mut lines: Vec<(u64, Line)> =
            self.state.entries_of(conversation).map(|one| (one.ts, Line::Entry(one.clone()))).collect();
        for note in self.state.notes.get(&conversation.id).into_iter().flatten() {
            // A note stands after what it was written about, and right before the transfer it came with.
            let place = lines.partition_point(|(ts, _)| *ts < note.ts);
            lines.insert(place, (note.ts, Line::Note(note.clone().into())));
        }
        let entries = lines.into_iter().map(|(_, line)| line).collect();
        let session = self.state.sessions.get(&conversation.session);
        let trimmed = session.is_some_and(|session| session.first() > conversation.first);
        ToAgent::Log { conversation: conversation.id, entries, trimmed }
    }

    pub(crate) fn sender(&self, agent: AgentId) -> Sender {
        let unknown = || Sender { kind: Kind::Agent, id: Some(agent.to_string()), name: None, role: None };
        self.state.agents.get(&agent).map_or_else(unknown, |agent| agent.sender())
    }

    /// The conversation this agent is having.
    pub(crate) fn served(&self, agent: AgentId, id: ConversationId) -> Result<Conversation, Refusal> {
        let conversation = self.state.conversations.get(&id);
        conversation
            .filter(|one| one.stage == Stage::Active && one.agent == Some(agent))
            .cloned()
            .ok_or_else(|| Refusal::new(Code::NoConversation, format!("{id} is not yours, or it is over")))
    }

    fn agent_on(&self, socket: Socket) -> Option<AgentId> {
        match self.sockets.get(&socket)?.who {
            Who::Agent { agent, .. } => agent,
            Who::Visitor { .. } => None,
        }
    }

    /// The first one gets it. Frames are handled one after the other, so there is a first.
    fn accept(&mut self, now: u64, socket: Socket, me: AgentId, id: ConversationId) -> Result<(), Refusal> {
        let Some(waiting) = self.state.conversations.get(&id).cloned() else {
            return Err(Refusal::new(Code::Gone, format!("there is no conversation {id}")));
        };
        match (waiting.stage, waiting.agent) {
            (Stage::Waiting, _) => {}
            (Stage::Active, Some(owner)) if owner == me => {
                self.send_agent(socket, self.log_of(&waiting));
                return Ok(());
            }
            (Stage::Active, owner) => {
                let name = owner.and_then(|owner| self.sender(owner).name);
                let name = name.unwrap_or_else(|| "another agent".to_owned());
                return Err(Refusal::new(Code::Gone, format!("{name} was faster and has taken {id}")));
            }
            (Stage::Ended, _) => {
                return Err(Refusal::new(Code::Gone, "the visitor has ended the conversation"));
            }
        }
        let taken = Conversation {
            stage: Stage::Active,
            agent: Some(me),
            reserved_for: None,
            front: false,
            ..waiting
        };
        let what = What::Agent { agent: self.sender(me) };
        let entry = self.record(now, Step::new(taken.clone(), what))?;
        self.tell_visitor(taken.session, &ServerFrame::Entry(entry));
        self.tell_agent(Some(me), &self.log_of(&taken));
        Ok(())
    }

    fn agent_says(
        &mut self,
        now: u64,
        socket: Socket,
        me: AgentId,
        id: ConversationId,
        cid: &str,
        text: String,
    ) -> Result<(), Refusal> {
        let ack = |seq, ts| ToAgent::Ack { cid: cid.to_owned(), conversation: id, seq, ts };
        let session = self.state.conversations.get(&id).map(|one| one.session);
        let held = session.and_then(|session| self.state.sessions.get(&session));
        if let Some(stored) = held.and_then(|held| held.repeat(&me.to_string(), cid)) {
            self.send_agent(socket, ack(stored.seq, stored.ts));
            return Ok(());
        }
        let conversation = self.served(me, id)?;
        let what = What::Message { from: self.sender(me), body: Body::text(text) };
        let entry = self.record(now, Step::new(conversation.clone(), what).with_cid(cid.to_owned()))?;
        self.send_agent(socket, ack(entry.seq, entry.ts));
        self.spread(&conversation, &entry);
        Ok(())
    }

    fn agent_reads(&mut self, me: AgentId, id: ConversationId, seq: u64) -> Result<(), Refusal> {
        let session = self.served(me, id)?.session;
        let Some(held) = self.state.sessions.get(&session) else { return Ok(()) };
        let seq = seq.min(held.seq());
        if seq <= held.read.agent {
            return Ok(());
        }
        self.commit(vec![Change::Read { session, reader: Kind::Agent, seq }])?;
        self.tell_visitor(session, &ServerFrame::Read { seq });
        Ok(())
    }
}
