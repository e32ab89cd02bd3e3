//! What the desk does with a visitor's frames.

use crate::agent_frame::ToAgent;
use crate::change::{Change, Conversation, Stage};
use crate::connection::Who;
use crate::desk::Desk;
use crate::entry::{Body, Entry, Kind, Sender, VISITOR, What};
use crate::event::Socket;
use crate::frame::{ClientFrame, Route, ServerFrame};
use crate::id::SessionId;
use crate::record::Step;
use crate::refusal::{Code, Refusal};
use crate::session::Stored;
use crate::store::{Ids, Store};

impl<S: Store, I: Ids> Desk<S, I> {
    pub(crate) fn visitor(&mut self, now: u64, socket: Socket, frame: ClientFrame) -> Result<(), Refusal> {
        let cid = frame.cid().map(str::to_owned);
        let served = match (frame, self.session_on(socket)) {
            (ClientFrame::Hello(hello), None) => self.hello(now, socket, hello),
            (ClientFrame::Hello(_), Some(_)) => {
                Err(Refusal::bad_frame("hello: already said on this connection"))
            }
            (_, None) => Err(Refusal::new(Code::NotReady, "the first frame must be `hello`")),
            (ClientFrame::Route(route), Some(session)) => self.route(now, socket, session, route),
            (ClientFrame::Message { cid, body }, Some(session)) => {
                self.visitor_says(now, socket, session, cid, body)
            }
            (ClientFrame::End { cid }, Some(session)) => self.visitor_ends(now, socket, session, cid),
            (ClientFrame::Fetch(span), Some(session)) => {
                self.fetch(socket, session, span);
                Ok(())
            }
            (ClientFrame::Read { seq }, Some(session)) => self.visitor_reads(session, seq),
            (ClientFrame::Typing { on }, Some(session)) => {
                self.visitor_types(session, on);
                Ok(())
            }
            (ClientFrame::Ping { id }, Some(session)) => {
                let seq = self.state.sessions.get(&session).map_or(0, |session| session.seq());
                self.send(socket, ServerFrame::Pong { id, seq });
                Ok(())
            }
            (ClientFrame::Pong | ClientFrame::Error, Some(_)) => Ok(()),
        };
        served.map_err(|refusal| refusal.of(cid.as_deref()))
    }

    fn session_on(&self, socket: Socket) -> Option<SessionId> {
        match self.sockets.get(&socket)?.who {
            Who::Visitor { session, .. } => session,
            Who::Agent { .. } => None,
        }
    }

    fn route(&mut self, now: u64, socket: Socket, session: SessionId, route: Route) -> Result<(), Refusal> {
        if self.acked_again(socket, session, &route.cid) {
            return Ok(());
        }
        if !self.settings.queues.contains_key(&route.queue) {
            let queues = self.settings.queues.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            return Err(Refusal::bad_frame(format!("route.queue: no such queue here; there are: {queues}")));
        }
        let what = What::Route {
            queue: route.queue.clone(),
            skill: route.skill.clone(),
            reason: route.reason.clone(),
        };
        let cid = route.cid.clone();
        let conversation = match self.state.open_of(session) {
            None => self.joined(now, session, route),
            Some(open) if open.stage == Stage::Waiting => moved(now, open.clone(), route),
            Some(_) => {
                return Err(Refusal::bad_frame(
                    "route: a conversation with an agent is open; `end` it before asking for another",
                ));
            }
        };
        self.take(now, socket, Step::new(conversation, what).with_cid(cid))
    }

    fn visitor_says(
        &mut self,
        now: u64,
        socket: Socket,
        session: SessionId,
        cid: String,
        body: Body,
    ) -> Result<(), Refusal> {
        if self.acked_again(socket, session, &cid) {
            return Ok(());
        }
        let conversation = self.open_or_refuse(session)?;
        let what = What::Message { from: Sender::visitor(), body };
        self.take(now, socket, Step::new(conversation, what).with_cid(cid))
    }

    fn visitor_ends(
        &mut self,
        now: u64,
        socket: Socket,
        session: SessionId,
        cid: String,
    ) -> Result<(), Refusal> {
        if self.acked_again(socket, session, &cid) {
            return Ok(());
        }
        let open = self.open_or_refuse(session)?;
        let ended = Conversation { stage: Stage::Ended, reserved_for: None, ..open };
        self.take(now, socket, Step::new(ended, What::End { by: Kind::Visitor }).with_cid(cid))
    }

    fn visitor_reads(&mut self, session: SessionId, seq: u64) -> Result<(), Refusal> {
        let Some(held) = self.state.sessions.get(&session) else { return Ok(()) };
        let seq = seq.min(held.seq());
        if seq <= held.read.visitor {
            return Ok(());
        }
        self.commit(vec![Change::Read { session, reader: Kind::Visitor, seq }])?;
        if let Some((agent, conversation)) = self.served_by(session) {
            self.tell_agent(agent, &ToAgent::Read { conversation, seq });
        }
        Ok(())
    }

    fn visitor_types(&mut self, session: SessionId, on: bool) {
        if let Some((agent, conversation)) = self.served_by(session) {
            self.tell_agent(agent, &ToAgent::Typing { conversation, on });
        }
    }

    fn served_by(
        &self,
        session: SessionId,
    ) -> Option<(Option<crate::id::AgentId>, crate::id::ConversationId)> {
        self.state.open_of(session).map(|open| (open.agent, open.id))
    }

    fn open_or_refuse(&self, session: SessionId) -> Result<Conversation, Refusal> {
        let none = || Refusal::new(Code::NoConversation, "no conversation is open; send `route` first");
        self.state.open_of(session).cloned().ok_or_else(none)
    }

    /// Commits a visitor's step, then acks it to the connection that asked, then tells everybody.
    fn take(&mut self, now: u64, socket: Socket, step: Step) -> Result<(), Refusal> {
        let conversation = step.conversation.clone();
        let entry = self.record(now, step)?;
        let Entry { cid, seq, ts, .. } = &entry;
        self.send(socket, ServerFrame::Ack { cid: cid.clone().unwrap_or_default(), seq: *seq, ts: *ts });
        self.spread(&conversation, &entry);
        Ok(())
    }

    /// Whether this id was stored before. The ack may have been lost, so it is sent again.
    fn acked_again(&mut self, socket: Socket, session: SessionId, cid: &str) -> bool {
        let stored = self.state.sessions.get(&session).and_then(|session| session.repeat(VISITOR, cid));
        let Some(Stored { seq, ts }) = stored else { return false };
        self.send(socket, ServerFrame::Ack { cid: cid.to_owned(), seq, ts });
        true
    }

    fn joined(&self, now: u64, session: SessionId, route: Route) -> Conversation {
        Conversation {
            id: self.state.next_conversation(),
            session,
            first: self.state.sessions.get(&session).map_or(0, |session| session.seq()) + 1,
            stage: Stage::Waiting,
            queue: route.queue,
            skill: route.skill,
            priority: route.priority,
            reason: route.reason,
            context: route.context,
            since: now,
            front: false,
            agent: None,
            reserved_for: None,
            closed: false,
        }
    }
}

/// A visitor who waits asks again. In their own queue they keep their place; another queue has
/// people in it who have waited there, so they join at its end.
fn moved(now: u64, open: Conversation, route: Route) -> Conversation {
    let stays = open.queue == route.queue;
    Conversation {
        skill: route.skill,
        priority: route.priority,
        reason: route.reason,
        context: if route.context.is_empty() { open.context } else { route.context },
        since: if stays { open.since } else { now },
        front: stays && open.front,
        reserved_for: open.reserved_for.filter(|_| stays),
        queue: route.queue,
        ..open
    }
}

impl ClientFrame {
    fn cid(&self) -> Option<&str> {
        match self {
            Self::Route(route) => Some(&route.cid),
            Self::Message { cid, .. } | Self::End { cid } => Some(cid),
            _ => None,
        }
    }
}
