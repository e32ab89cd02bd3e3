//! Telling: what goes to one connection, to all of a visitor's, to all of an agent's, to everybody.

use std::collections::BTreeMap;

use crate::agent_frame::ToAgent;
use crate::board::{Board, Online, board, places};
use crate::change::Conversation;
use crate::connection::Who;
use crate::desk::Desk;
use crate::entry::Entry;
use crate::event::{Door, Effect, Frame, Socket};
use crate::frame::ServerFrame;
use crate::id::{AgentId, SessionId};
use crate::refusal::Refusal;
use crate::store::{Ids, Store};

impl<S: Store, I: Ids> Desk<S, I> {
    pub(crate) fn send(&mut self, socket: Socket, frame: ServerFrame) {
        self.out.push(Effect::Send { socket, frame: Frame::Visitor(frame) });
    }

    pub(crate) fn send_agent(&mut self, socket: Socket, frame: ToAgent) {
        self.out.push(Effect::Send { socket, frame: Frame::Agent(frame) });
    }

    /// Nothing is sent to a connection after its close, and nothing that comes is heard.
    pub(crate) fn close(&mut self, socket: Socket, code: u16, reason: &'static str) {
        if self.sockets.remove(&socket).is_some() {
            self.out.push(Effect::Close { socket, code, reason });
            self.stale = true;
        }
    }

    pub(crate) fn refuse(&mut self, socket: Socket, refusal: Refusal) {
        match self.sockets.get(&socket).map(|connection| connection.door()) {
            Some(Door::Visitor) => self.send(socket, ServerFrame::Error(refusal)),
            Some(Door::Agent) => self.send_agent(socket, ToAgent::Error(refusal)),
            None => {}
        }
    }

    /// A new entry goes to all connections of the visitor, and to those of the agent who serves them.
    pub(crate) fn spread(&mut self, conversation: &Conversation, entry: &Entry) {
        self.tell_visitor(conversation.session, &ServerFrame::Entry(entry.for_visitor()));
        let frame = ToAgent::Entry { conversation: conversation.id, entry: entry.clone() };
        self.tell_agent(conversation.agent, &frame);
    }

    pub(crate) fn tell_visitor(&mut self, session: SessionId, frame: &ServerFrame) {
        for socket in self.sockets_of(session) {
            self.send(socket, frame.clone());
        }
    }

    pub(crate) fn tell_agent(&mut self, agent: Option<AgentId>, frame: &ToAgent) {
        for socket in agent.map(|agent| self.agent_sockets(agent)).unwrap_or_default() {
            self.send_agent(socket, frame.clone());
        }
    }

    pub(crate) fn agent_sockets(&self, agent: AgentId) -> Vec<Socket> {
        let theirs =
            |who: &Who| matches!(who, Who::Agent { agent: Some(signed_in), .. } if *signed_in == agent);
        self.sockets.iter().filter(|(_, one)| theirs(&one.who)).map(|(socket, _)| *socket).collect()
    }

    pub(crate) fn online(&self) -> Online {
        let mut online = Online::default();
        for connection in self.sockets.values() {
            match connection.who {
                Who::Visitor { session: Some(session), .. } => online.sessions.insert(session),
                Who::Agent { agent: Some(agent), .. } => online.agents.insert(agent),
                _ => false,
            };
        }
        online
    }

    /// Tells waiting visitors their place, those whose place has changed since they last heard.
    pub(crate) fn tell_places(&mut self, online: &Online) {
        let places = places(&self.state, online);
        for (socket, connection) in &mut self.sockets {
            let Who::Visitor { session: Some(session), told, .. } = &mut connection.who else { continue };
            let place = places.get(session);
            if let (Some((queue, position)), true) = (place, place != told.as_ref()) {
                let frame = ServerFrame::Queue { queue: queue.clone(), position: *position };
                self.out.push(Effect::Send { socket: *socket, frame: Frame::Visitor(frame) });
            }
            *told = place.cloned();
        }
    }

    /// Sends every agent their board, if it is not the one they hold.
    pub(crate) fn tell_boards(&mut self, online: &Online) {
        let mut boards: BTreeMap<AgentId, Board> = BTreeMap::new();
        for (socket, connection) in &mut self.sockets {
            let Who::Agent { agent: Some(id), board: held } = &mut connection.who else { continue };
            let Some(agent) = self.state.agents.get(id) else { continue };
            let board = boards.entry(*id).or_insert_with(|| board(&self.state, agent, online));
            if held.as_ref() != Some(board) {
                let frame = Frame::Agent(ToAgent::Board(board.clone()));
                self.out.push(Effect::Send { socket: *socket, frame });
                *held = Some(board.clone());
            }
        }
    }

    fn sockets_of(&self, session: SessionId) -> Vec<Socket> {
        let theirs =
            |who: &Who| matches!(who, Who::Visitor { session: Some(known), .. } if *known == session);
        self.sockets.iter().filter(|(_, one)| theirs(&one.who)).map(|(socket, _)| *socket).collect()
    }
}
