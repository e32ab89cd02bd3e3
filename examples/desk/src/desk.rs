//! The desk: one machine for all connections. Time and events come in, effects go out in the order
//! in which they must be performed, and the next moment it wants to be woken can be asked for.

use std::collections::BTreeMap;
use std::mem;

use crate::agent_frame::FromAgent;
use crate::change::Change;
use crate::connection::Connection;
use crate::event::{Counts, Door, Effect, Event, Settings, Socket};
use crate::frame::ClientFrame;
use crate::id::AgentId;
use crate::json::{cid_of, parse};
use crate::limits::{RESTART_MS, RETURN_MS, close};
use crate::rate::Verdict;
use crate::refusal::{Code, Refusal};
use crate::state::State;
use crate::store::{Failure, Ids, Saved, Store};

#[derive(Debug)]
pub struct Desk<S, I> {
    pub(crate) state: State,
    pub(crate) sockets: BTreeMap<Socket, Connection>,
    pub(crate) settings: Settings,
    pub(crate) epoch: String,
    /// When the conversations of agents who are not here are given back.
    pub(crate) vanished: BTreeMap<AgentId, u64>,
    pub(crate) stale: bool,
    store: S,
    ids: I,
    pub(crate) out: Vec<Effect>,
    counts: Counts,
}

impl<S: Store, I: Ids> Desk<S, I> {
    pub fn open(saved: Saved, settings: Settings, store: S, ids: I) -> Self {
        let mut state = State::default();
        saved.changes.into_iter().for_each(|change| state.apply(change));
        Self {
            state,
            sockets: BTreeMap::new(),
            settings,
            epoch: saved.epoch,
            vanished: BTreeMap::new(),
            stale: false,
            store,
            ids,
            out: Vec::new(),
            counts: Counts::default(),
        }
    }

    pub fn handle(&mut self, now: u64, event: Event) -> Vec<Effect> {
        match event {
            Event::Opened { socket, door } => {
                self.sockets.insert(socket, Connection::new(now, door));
            }
            Event::Frame { socket, text } => self.frame(now, socket, &text),
            Event::Binary { socket } => self.binary(now, socket),
            Event::Closed { socket } => {
                self.sockets.remove(&socket);
                self.stale = true;
            }
            Event::Tick => {
                self.close_overdue(now);
                self.give_back(now);
                self.stale = true;
            }
            Event::Stop => self.stop(),
        }
        if mem::take(&mut self.stale) {
            let online = self.online();
            self.note_vanished(now, &online);
            self.tell_places(&online);
            self.tell_boards(&online);
            self.tell_availability(now, &online);
        }
        mem::take(&mut self.out)
    }

    /// When to send [`Event::Tick`], if at all.
    pub fn next_wake(&self) -> Option<u64> {
        let given_back = self.vanished.values().copied();
        self.sockets.values().filter_map(Connection::deadline).chain(given_back).min()
    }

    pub fn counts(&self) -> Counts {
        self.counts
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    /// The store and the source of ids, for a simulation to set faults in.
    pub fn outside(&mut self) -> (&mut S, &mut I) {
        (&mut self.store, &mut self.ids)
    }

    /// Makes changes last, then makes them so. After a failure nothing has happened.
    pub(crate) fn commit(&mut self, changes: Vec<Change>) -> Result<(), Refusal> {
        self.store.commit(&changes).map_err(|failure| self.report(&failure))?;
        changes.into_iter().for_each(|change| self.state.apply(change));
        self.stale = true;
        Ok(())
    }

    pub(crate) fn draw(&mut self) -> Result<u128, Refusal> {
        self.ids.draw().map_err(|failure| self.report(&failure))
    }

    fn frame(&mut self, now: u64, socket: Socket, text: &str) {
        let Some(door) = self.admit(now, socket, Some(text)) else { return };
        let served = match door {
            Door::Visitor => {
                let frame = self.known(ClientFrame::decode(text));
                frame.and_then(|frame| frame.map_or(Ok(()), |frame| self.visitor(now, socket, frame)))
            }
            Door::Agent => {
                let frame = self.known(FromAgent::decode(text));
                frame.and_then(|frame| frame.map_or(Ok(()), |frame| self.agent(now, socket, frame)))
            }
        };
        if let Err(refusal) = served {
            self.refuse(socket, refusal);
        }
    }

    fn binary(&mut self, now: u64, socket: Socket) {
        if self.admit(now, socket, None).is_some() {
            self.counts.malformed += 1;
            self.refuse(socket, Refusal::bad_frame("frame: expected text, found a binary frame"));
        }
    }

    /// Counts a frame; `None` means that it is not to be served.
    fn admit(&mut self, now: u64, socket: Socket, text: Option<&str>) -> Option<Door> {
        // The clock may be ahead of the tick that would have closed the connection.
        if let Some((code, reason)) = self.sockets.get(&socket)?.overdue(now) {
            self.close(socket, code, reason);
            return None;
        }
        let connection = self.sockets.get_mut(&socket)?;
        let wait = match connection.rate.count(now) {
            Verdict::Serve => return Some(connection.door()),
            Verdict::Refuse(wait) => wait,
            Verdict::Close => {
                self.counts.too_fast += 1;
                self.close(socket, close::FLOOD, "too many frames");
                return None;
            }
        };
        self.counts.too_fast += 1;
        let cid = text.and_then(|text| parse(text).ok()).and_then(|fields| cid_of(&fields));
        self.refuse(socket, Refusal::rate(wait).of(cid.as_deref()));
        None
    }

    fn known<T>(&mut self, decoded: Result<Option<T>, Refusal>) -> Result<Option<T>, Refusal> {
        match &decoded {
            Ok(Some(_)) => {}
            Ok(None) => self.counts.unknown += 1,
            Err(_) => self.counts.malformed += 1,
        }
        decoded
    }

    fn report(&mut self, failure: &Failure) -> Refusal {
        self.out.push(Effect::Report(failure.to_string()));
        Refusal::new(Code::Internal, "the desk could not store this; nothing was changed, try again later")
    }

    fn close_overdue(&mut self, now: u64) {
        let due = self.sockets.iter().filter_map(|(socket, one)| Some((*socket, one.overdue(now)?)));
        let due: Vec<_> = due.collect();
        for (socket, (code, reason)) in due {
            self.close(socket, code, reason);
        }
    }

    /// Every visitor is given a time of their own to come back, evenly spread, so that the new desk is not met by all
    /// of them at once.
    fn stop(&mut self) {
        let all: Vec<(Socket, Door)> =
            self.sockets.iter().map(|(socket, one)| (*socket, one.door())).collect();
        let visitors = all.iter().filter(|(_, door)| *door == Door::Visitor).count().max(1) as u64;
        let mut before = 0;
        for (socket, door) in all {
            if door == Door::Visitor {
                self.refuse(socket, Refusal::restart(RESTART_MS + before * RETURN_MS / visitors));
                before += 1;
            }
            self.close(socket, close::RESTART, "the desk restarts");
        }
    }
}
