//! One connection as the core sees it: who is at the other end, and what they have heard.

use crate::availability::Heard;
use crate::board::Board;
use crate::event::Door;
use crate::id::{AgentId, SessionId};
use crate::limits::{AGENT_FACTOR, HELLO_MS, close};
use crate::rate::Rate;

#[derive(Debug)]
pub(crate) struct Connection {
    pub rate: Rate,
    opened: u64,
    /// When the visitor's token expires.
    pub until: Option<u64>,
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
        Self { opened: now, until: None, rate: Rate::new(now, factor), who }
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

    /// When something is due: the first frame, a fresh token, or what must be said again.
    pub fn deadline(&self) -> Option<u64> {
        match &self.who {
            Who::Visitor { session: Some(_), heard, .. } => {
                heard.repeat_at().into_iter().chain(self.until).min()
            }
            _ if self.is_known() => None,
            _ => Some(self.opened + HELLO_MS),
        }
    }

    /// Why the connection must end now, if it must.
    pub fn overdue(&self, now: u64) -> Option<(u16, &'static str)> {
        if self.until.is_some_and(|until| until <= now) {
            return Some((close::BAD_TOKEN, "the token has expired"));
        }
        let silent = !self.is_known() && self.opened + HELLO_MS <= now;
        silent.then_some((close::NO_HELLO, "the first frame did not come in time"))
    }
}
