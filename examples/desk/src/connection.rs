//! One connection as the core sees it: who is at the other end, and what they have heard.

use crate::availability::Heard;
use crate::board::Board;
use crate::event::Door;
use crate::id::{AgentId, SessionId};
use crate::limits::{AGENT_FACTOR, HELLO_MS};
use crate::rate::Rate;

#[derive(Debug)]
pub(crate) struct Connection {
    pub rate: Rate,
    opened: u64,
    pub who: Who,
}

#[derive(Debug)]
pub(crate) enum Who {
    /// `told` is the place in the queue that this connection heard last, `heard` how all queues stand.
    Visitor { session: Option<SessionId>, told: Option<(String, u64)>, heard: Heard },
    /// `board` is the one this connection holds.
    Agent { agent: Option<AgentId>, board: Option<Board> },
}

impl Connection {
    pub fn new(now: u64, door: Door) -> Self {
        let (factor, who) = match door {
            Door::Visitor => (1, Who::Visitor { session: None, told: None, heard: Heard::default() }),
            Door::Agent => (AGENT_FACTOR, Who::Agent { agent: None, board: None }),
        };
        Self { opened: now, rate: Rate::new(now, factor), who }
    }

    pub fn door(&self) -> Door {
        match self.who {
            Who::Visitor { .. } => Door::Visitor,
            Who::Agent { .. } => Door::Agent,
        }
    }

    /// Whether `hello` or `sign_in` has come.
    pub fn is_known(&self) -> bool {
        match self.who {
            Who::Visitor { session, .. } => session.is_some(),
            Who::Agent { agent, .. } => agent.is_some(),
        }
    }

    /// When something is due: the first frame, or what must be said again.
    pub fn deadline(&self) -> Option<u64> {
        match &self.who {
            Who::Visitor { session: Some(_), heard, .. } => heard.repeat_at(),
            _ if self.is_known() => None,
            _ => Some(self.opened + HELLO_MS),
        }
    }
}
