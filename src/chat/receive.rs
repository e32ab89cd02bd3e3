//! What the server says, taken in.

use super::outbox::{Delivery, Pending};
use super::transcript::Taken;
use super::{Chat, ChatEffect};
use crate::link::PATIENCE;
use crate::link::wire::{ClientFrame, ConversationState, Entry, Sender, ServerFrame, Welcome, What};
use crate::text::glue;
use crate::time::{Millis, Moment};

/// How long to wait when a server says "too fast" and not for how long.
const HOLD: Millis = 2_000;

impl Chat {
    pub(super) fn frame(&mut self, now: Moment, frame: ServerFrame, effects: &mut Vec<ChatEffect>) {
        match frame {
            ServerFrame::Welcome(welcome) => self.welcome(welcome),
            ServerFrame::Ack { cid, seq, .. } => {
                self.outbox.set(&cid, Delivery::Committed(seq));
                self.arrived();
            }
            ServerFrame::Entry(entry) => {
                let taken = self.transcript.insert(entry);
                self.take_in(taken);
                if self.transcript.has_hole() {
                    effects.push(ChatEffect::Restart);
                }
            }
            ServerFrame::Fetched { from, to, lost } => self.transcript.fetched(from, to, lost > 0),
            ServerFrame::Queue { queue, position, wait_s } => {
                self.queue = Some(queue);
                self.position = Some(position);
                self.wait_s = wait_s;
            }
            ServerFrame::Availability(said) => effects.push(ChatEffect::Availability(said)),
            ServerFrame::Typing(on) => self.typing.agent(now.mono, on),
            ServerFrame::Read(seq) => self.read_by_agent = self.read_by_agent.max(seq),
            ServerFrame::Error { code, message, cid, retry_after_ms } => {
                // That another tab's words come first is nobody's mistake.
                if !self.follows || code != "rate" {
                    let words = ["the server refused a frame: ", &code, ": ", &message];
                    effects.push(ChatEffect::Warn(glue(&words)));
                }
                match cid {
                    // Too fast is no reason to bother the visitor: it goes out again a little later.
                    Some(_) if code == "rate" => {
                        self.hold_until = now.mono + retry_after_ms.unwrap_or(HOLD).min(PATIENCE);
                        self.outbox.reconnected();
                    }
                    Some(cid) => self.outbox.set(&cid, Delivery::Failed),
                    None => {}
                }
            }
            ServerFrame::Pong { seq: Some(seq), .. } if seq > self.transcript.seq() => {
                effects.push(ChatEffect::Restart);
            }
            ServerFrame::Ping(_) | ServerFrame::Pong { .. } | ServerFrame::Unknown(_) => {}
        }
    }

    fn welcome(&mut self, welcome: Welcome) {
        let other = self.session.as_ref().is_some_and(|session| *session != welcome.session);
        let same = !other && welcome.epoch == self.epoch;
        // Whoever asked for another session, and is in its own after all, has lost nothing by asking.
        let asked = self.moved.take().is_some();
        let lost = (welcome.reset && !(asked && same)) || (self.session.is_some() && !same);
        // Only the server's answer for the very session says that what was said there is void.
        if other && (self.follows || asked) {
            self.outbox.leave_session();
        }
        if lost {
            self.transcript.reset();
            self.outbox.recommit();
            self.read_by_visitor = 0;
            self.read_by_agent = 0;
        }
        // Whatever stood behind a hole is sent again from the resume point.
        self.transcript.reconnected();
        self.session = Some(welcome.session);
        self.epoch = welcome.epoch;
        let conversation = welcome.conversation;
        self.state = conversation.state;
        self.agent = conversation.agent;
        if conversation.queue.is_some() {
            self.queue = conversation.queue;
        }
        if self.state != ConversationState::Waiting {
            self.position = None;
        }
        if lost {
            self.route_again();
        }
        self.read_by_agent = self.read_by_agent.max(conversation.read_by_agent);
        self.read_by_visitor = self.read_by_visitor.max(conversation.read_by_visitor);
        // What the server remembers is what it needs not be told again.
        self.told_read = conversation.read_by_visitor;
        self.outbox.reconnected();
        if let Some((_, to)) = welcome.gap {
            let taken = self.transcript.skip(to);
            self.take_in(taken);
        }
    }

    fn take_in(&mut self, taken: Taken) {
        for entry in taken.joined {
            self.joined(entry);
        }
        if let Some(cid) = taken.filled {
            self.outbox.take(&cid);
        }
        self.arrived();
    }

    /// What was committed where the transcript has been already is not waited for: its entry came before its
    /// acknowledgement, or lies in a gap, where the visitor's own words need not be fetched.
    fn arrived(&mut self) {
        for (cid, seq) in self.outbox.arrived(self.transcript.seq()) {
            let Some(Pending { frame: ClientFrame::Message { text, .. }, at, .. }) = self.outbox.take(&cid)
            else {
                continue;
            };
            let what = What::Message { from: Sender::Visitor, text };
            self.transcript.insert(Entry { seq, ts: at, cid: Some(cid), what });
        }
    }

    /// A connection that has ended leaves nothing of a session in which nothing was said: another tab may have been
    /// given another one meanwhile, in which something was.
    pub(super) fn forget_unused(&mut self) {
        if self.state == ConversationState::None && self.holds_nothing() {
            self.session = None;
            self.epoch.clear();
            (self.read_by_visitor, self.read_by_agent, self.told_read) = (0, 0, 0);
        }
    }

    /// An entry has become part of the transcript: the conversation moves on by it.
    fn joined(&mut self, entry: Entry) {
        if let Some(cid) = &entry.cid {
            self.outbox.take(cid);
        }
        match entry.what {
            What::Route { queue } => {
                self.state = ConversationState::Waiting;
                self.queue = Some(queue);
                self.agent = None;
            }
            What::Agent(person) => {
                self.state = ConversationState::Active;
                self.agent = Some(person);
                self.position = None;
            }
            What::Transfer { queue, .. } => {
                self.state = ConversationState::Waiting;
                self.agent = None;
                self.typing.agent_left();
                if queue.is_some() {
                    self.queue = queue;
                }
            }
            What::End { .. } => {
                self.state = ConversationState::Ended;
                self.position = None;
                self.ending = false;
                self.shared.clear();
                self.typing.agent_left();
            }
            What::Message { .. } => self.typing.agent_left(),
        }
    }
}
