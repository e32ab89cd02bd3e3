//! The connection machine: when to connect, when to give up on a socket, when to try again.
//!
//! It owns no socket. Every attempt gets a number, and what comes from any but the current one is ignored, so a
//! late message of a dead connection can do no harm.

mod attempts;
pub mod backoff;
mod beat;
mod event;
mod flood;
pub mod wire;

pub use event::{LinkEffect, LinkEvent, Status};

use crate::text::{digits, glue};
use crate::time::{Millis, Moment};
use attempts::Attempts;
use backoff::Loss;
use beat::Beat;
use flood::Flood;
use wire::{ClientFrame, ServerFrame};

/// The number of an attempt to connect.
pub type Socket = u32;

/// An attempt that has brought no welcome by then has failed.
const ATTEMPT: Millis = 10_000;
/// However long a server asks to stay away, nobody is left alone for longer.
pub(crate) const PATIENCE: Millis = 5 * 60_000;
/// A connection that lasted this long counts as good, and forgives earlier failures.
const LASTED: Millis = 5_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Off,
    Connecting { since: Millis },
    Ready { since: Millis },
    Waiting { until: Millis },
}

#[derive(Debug)]
pub struct Link {
    state: State,
    socket: Socket,
    wanted: bool,
    suspended: bool,
    tries: u32,
    not_before: Millis,
    beat: Beat,
    flood: Flood,
    attempts: Attempts,
    status: Status,
}

impl Default for Link {
    fn default() -> Self {
        Link {
            state: State::Off,
            socket: 0,
            wanted: false,
            suspended: false,
            tries: 0,
            not_before: 0,
            beat: Beat::default(),
            flood: Flood::default(),
            attempts: Attempts::default(),
            status: Status::Off,
        }
    }
}

impl Link {
    pub fn handle(&mut self, now: Moment, event: LinkEvent) -> Vec<LinkEffect> {
        let mut effects = Vec::new();
        let at = now.mono;
        match event {
            LinkEvent::Want(wanted) => self.want(at, wanted, &mut effects),
            LinkEvent::Opened(socket) if self.current(socket) => {
                self.beat.heard(at);
                effects.push(LinkEffect::Greet);
            }
            LinkEvent::Received(socket, frame) if self.current(socket) => {
                self.received(at, frame, &mut effects)
            }
            LinkEvent::Closed(socket, code) if self.current(socket) => {
                self.lost(now, backoff::loss(code), &mut effects);
            }
            LinkEvent::Opened(socket) => effects.push(LinkEffect::Close(socket)),
            LinkEvent::Received(..) | LinkEvent::Closed(..) => {}
            LinkEvent::Restart => {
                // With the usual wait, so that a log with a real hole does not make a hot loop.
                if self.up() {
                    self.lost(now, Loss::Broke, &mut effects);
                }
            }
            LinkEvent::Renew => {
                self.drop_socket(&mut effects);
                let wanted = self.wanted;
                self.want(at, wanted, &mut effects);
            }
            LinkEvent::Online => self.hurry(at, &mut effects),
            LinkEvent::Visible(visible) => {
                self.beat.visible = visible;
                if visible {
                    self.hurry(at, &mut effects);
                }
            }
            LinkEvent::Leaving => {
                self.suspended = true;
                self.stop(&mut effects);
            }
            LinkEvent::Back => {
                self.suspended = false;
                let wanted = self.wanted;
                self.want(at, wanted, &mut effects);
            }
            LinkEvent::Send(frame) => {
                // Hello goes out before the welcome; anything else would be refused by then.
                if self.up() && (matches!(self.state, State::Ready { .. }) || frame_greets(&frame)) {
                    effects.push(LinkEffect::Transmit(self.socket, frame));
                }
            }
            LinkEvent::Awaiting(awaiting) => self.beat.awaiting(at, awaiting),
            LinkEvent::Tick => {}
        }
        self.due(now, &mut effects);
        self.tell(&mut effects);
        effects
    }

    /// When [`LinkEvent::Tick`] is wanted next.
    pub fn wake(&self) -> Option<Millis> {
        match self.state {
            State::Off => None,
            State::Connecting { since } => Some(since + ATTEMPT),
            State::Ready { .. } => Some(self.beat.next()),
            State::Waiting { until } => Some(until),
        }
    }

    pub fn status(&self) -> Status {
        self.status
    }

    fn want(&mut self, at: Millis, wanted: bool, effects: &mut Vec<LinkEffect>) {
        self.wanted = wanted;
        if !wanted {
            self.tries = 0;
            self.stop(effects);
        } else if self.state == State::Off && !self.suspended {
            self.connect(at, effects);
        }
    }

    fn connect(&mut self, at: Millis, effects: &mut Vec<LinkEffect>) {
        let not_before = self.not_before.max(self.attempts.next(at));
        if at < not_before {
            self.state = State::Waiting { until: not_before };
            return;
        }
        self.socket += 1;
        self.state = State::Connecting { since: at };
        effects.push(LinkEffect::Connect(self.socket));
    }

    fn received(&mut self, at: Millis, frame: ServerFrame, effects: &mut Vec<LinkEffect>) {
        self.beat.heard(at);
        let (drop, dropped) = self.flood.drops(at, &frame);
        if let Some(count) = dropped {
            let count = digits(count);
            effects.push(LinkEffect::Warn(glue(&[
                "the backend sends more than 200 frames a second; dropped so far: ",
                &count,
            ])));
        }
        if drop {
            return;
        }
        match &frame {
            ServerFrame::Welcome(_) => {
                self.state = State::Ready { since: at };
                self.beat.start(at);
            }
            ServerFrame::Ack { .. } => self.beat.acknowledged(at),
            ServerFrame::Ping(id) => effects.push(LinkEffect::Transmit(self.socket, ClientFrame::Pong(*id))),
            ServerFrame::Error { retry_after_ms: Some(wait), .. } => {
                self.not_before = at + (*wait).min(PATIENCE);
            }
            _ => {}
        }
        effects.push(LinkEffect::Deliver(frame));
    }

    /// A hint that trying now is worthwhile: wait no longer, and doubt a connection that has been quiet.
    fn hurry(&mut self, at: Millis, effects: &mut Vec<LinkEffect>) {
        match self.state {
            State::Waiting { .. } if self.wanted && !self.suspended => self.connect(at, effects),
            State::Ready { .. } => self.beat.doubt(at),
            _ => {}
        }
    }

    fn lost(&mut self, now: Moment, loss: Loss, effects: &mut Vec<LinkEffect>) {
        if let State::Ready { since } = self.state
            && now.mono >= since + LASTED
        {
            self.tries = 0;
        } else {
            self.attempts.failed(now.mono);
        }
        self.drop_socket(effects);
        if !self.wanted || self.suspended {
            self.state = State::Off;
            return;
        }
        let until = (now.mono + backoff::delay(loss, self.tries, now.dice)).max(self.not_before);
        self.tries += 1;
        self.state = State::Waiting { until };
    }

    /// Acts on whatever moment has come.
    fn due(&mut self, now: Moment, effects: &mut Vec<LinkEffect>) {
        match self.state {
            State::Waiting { until } if now.mono >= until => self.connect(now.mono, effects),
            State::Connecting { since } if now.mono >= since + ATTEMPT => {
                self.lost(now, Loss::Broke, effects)
            }
            State::Ready { .. } if self.beat.dead(now.mono) => self.lost(now, Loss::Broke, effects),
            State::Ready { .. } => {
                if let Some(id) = self.beat.ping(now.mono) {
                    effects.push(LinkEffect::Transmit(self.socket, ClientFrame::Ping(id)));
                }
            }
            _ => {}
        }
    }

    fn stop(&mut self, effects: &mut Vec<LinkEffect>) {
        self.drop_socket(effects);
        self.state = State::Off;
    }

    fn drop_socket(&mut self, effects: &mut Vec<LinkEffect>) {
        if self.up() {
            effects.push(LinkEffect::Close(self.socket));
        }
        // From here on this number is nobody's.
        self.socket += 1;
        self.state = State::Off;
    }

    fn up(&self) -> bool {
        matches!(self.state, State::Connecting { .. } | State::Ready { .. })
    }

    fn current(&self, socket: Socket) -> bool {
        socket == self.socket && self.up()
    }

    fn tell(&mut self, effects: &mut Vec<LinkEffect>) {
        let status = match self.state {
            State::Off => Status::Off,
            State::Ready { .. } => Status::Ready,
            State::Connecting { .. } | State::Waiting { .. } => Status::Connecting { tries: self.tries },
        };
        if status != self.status {
            self.status = status;
            effects.push(LinkEffect::Status(status));
        }
    }
}

fn frame_greets(frame: &ClientFrame) -> bool {
    matches!(frame, ClientFrame::Hello { .. })
}
