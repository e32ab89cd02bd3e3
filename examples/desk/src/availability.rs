//! Telling visitors how the queues stand: who is there to help, and how many wait. Rules in the visitor's browser ask
//! about it; it says nothing of anybody in particular.

use std::collections::BTreeSet;

use crate::board::{Online, waiting};
use crate::connection::Who;
use crate::desk::Desk;
use crate::event::{Effect, Frame};
use crate::frame::{Availability, ServerFrame};
use crate::limits::{AVAILABILITY_MS, AVAILABILITY_S};
use crate::store::{Ids, Store};

/// What a connection has heard, and when.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Heard {
    standings: Vec<Availability>,
    at: u64,
}

impl Heard {
    /// When it must be said again, since what was heard does not hold for ever.
    pub fn repeat_at(&self) -> Option<u64> {
        (!self.standings.is_empty()).then_some(self.at + AVAILABILITY_MS)
    }
}

impl<S: Store, I: Ids> Desk<S, I> {
    /// Tells everyone connected how the queues stand: what has changed, or all of it when what they heard grows old.
    pub(crate) fn tell_availability(&mut self, now: u64, online: &Online) {
        let standings: Vec<Availability> =
            self.settings.queues.keys().map(|queue| self.availability(queue, online)).collect();
        for (socket, connection) in &mut self.sockets {
            let Who::Visitor { session: Some(_), heard, .. } = &mut connection.who else { continue };
            let old = heard.repeat_at().is_some_and(|at| at <= now);
            let news = standings.iter().filter(|standing| old || !heard.standings.contains(standing));
            let frames: Vec<Effect> = news
                .map(|standing| {
                    let frame = Frame::Visitor(ServerFrame::Availability(standing.clone()));
                    Effect::Send { socket: *socket, frame }
                })
                .collect();
            // All of it is as old as its oldest part.
            if old || heard.standings.is_empty() {
                heard.at = now;
            }
            heard.standings.clone_from(&standings);
            self.out.extend(frames);
        }
    }

    fn availability(&self, queue: &str, online: &Online) -> Availability {
        let serves = |agent: &&crate::id::AgentId| {
            self.state.agents.get(agent).is_some_and(|agent| agent.queues.iter().any(|one| one == queue))
        };
        let available = online.agents.iter().filter(serves).collect::<BTreeSet<_>>().len();
        let length = waiting(&self.state)
            .into_iter()
            .filter(|one| one.queue == queue && online.sessions.contains(&one.session))
            .count();
        Availability {
            queue: queue.to_string(),
            open: available > 0,
            available,
            length,
            for_s: AVAILABILITY_S,
        }
    }
}
