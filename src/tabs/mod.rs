//! One connection for all tabs of the visitor.
//!
//! Whoever holds the browser's lock leads and has the only socket. The others follow: their connection machine speaks
//! the same protocol, and the leader answers in the server's place, over the tabs' channel. So resuming, filling of
//! holes and the heartbeat are one code, and a message lost between tabs is found as one lost on the way.
//!
//! A lock is handed over at once when its tab closes or crashes. A leader that is merely silent is taken the lock from;
//! and where locks do not work at all, each tab has a connection of its own.

mod event;
mod hear;
mod leader;
mod message;

pub use event::{Role, TabsEffect, TabsEvent};
pub use message::{Message, Tab, What};

use crate::chat::Chat;
use crate::link::{LinkEvent, Socket, Status};
use crate::time::{Millis, Moment};
use leader::Leader;

/// A leader that has said nothing for so long is asked before it is relied on, and given up when it does not answer
/// for so long again.
const SILENCE: Millis = 3_000;
/// Tabs do not all give up the same leader at the same moment.
const SPREAD: u64 = 1_000;
/// A lock that does not come for so long, though it was taken by force, never comes.
const NEVER: Millis = 5_000;

#[derive(Debug, Default)]
pub struct Tabs {
    /// Whether the browser has what it takes.
    together: bool,
    me: Tab,
    role: Role,
    wanted: bool,
    /// Whether the page is here: it hears of a logout even while it wants no connection.
    here: bool,
    /// The tab that leads, as far as this one knows, and whether it is connected.
    leader: Option<Tab>,
    leader_up: bool,
    heard: Millis,
    /// Since when the leader, whoever it is, owes an answer.
    asked: Option<Millis>,
    stolen: Option<Millis>,
    /// The attempt that waits for a leader.
    pending: Option<Socket>,
    /// The connection to the leader.
    line: Option<Socket>,
    welcomed: bool,
    /// The leader's connection on which this tab was greeted.
    greeted: u64,
    /// The connection to the server.
    real: Option<Socket>,
    leads: Leader,
    /// The tab that the visitor looked at last, when it is another; and whether this one has yet to say that it is.
    front: Option<Tab>,
    seen: bool,
}

impl Tabs {
    pub fn new(together: bool) -> Tabs {
        Tabs { together, ..Tabs::default() }
    }

    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether the visitor looked at this tab last: it alone makes itself heard.
    pub fn is_front(&self) -> bool {
        self.front.is_none()
    }

    pub fn handle(&mut self, now: Moment, event: TabsEvent, chat: &Chat) -> Vec<TabsEffect> {
        if self.me == 0 {
            // Fits into a number of JSON, and is never 0.
            self.me = now.dice >> 12 | 1;
        }
        let mut out = Vec::new();
        match event {
            TabsEvent::Want(wanted) => {
                self.wanted = wanted;
                if wanted { self.join(now, chat, &mut out) } else { self.leave(chat, &mut out) }
            }
            TabsEvent::Locked => self.locked(chat, &mut out),
            TabsEvent::LockLost => self.lock_lost(now, chat, &mut out),
            TabsEvent::Heard(message) => self.hear(now, message, chat, &mut out),
            TabsEvent::Leaving => {
                self.leave(chat, &mut out);
                if std::mem::take(&mut self.here) && self.together {
                    out.push(TabsEffect::Listen(false));
                }
            }
            TabsEvent::Back => {
                if !std::mem::replace(&mut self.here, true) && self.together {
                    out.push(TabsEffect::Listen(true));
                }
                self.join(now, chat, &mut out);
            }
            TabsEvent::Seen => {
                (self.front, self.seen) = (None, true);
                self.say_front(chat, &mut out);
            }
            TabsEvent::Connect(socket) => self.connect(now, socket, chat, &mut out),
            TabsEvent::Transmit(socket, frame) if self.real == Some(socket) => {
                out.push(TabsEffect::Transmit(socket, frame));
            }
            TabsEvent::Transmit(socket, frame) => {
                if let Some(leader) = self.leader.filter(|_| self.line == Some(socket)) {
                    let word = frame.cid().and_then(|cid| chat.outbox.get(cid));
                    self.say(Some(leader), What::client(socket, frame.clone(), word), chat, &mut out);
                }
            }
            TabsEvent::Close(socket) => self.close(socket, chat, &mut out),
            TabsEvent::Status(status) => {
                if self.leads.status(now.mono, status == Status::Ready) && self.role == Role::Leading {
                    self.say(None, What::Lead(self.leads.up), chat, &mut out);
                }
            }
            TabsEvent::Told(frame) => {
                if self.role == Role::Leading && self.leads.passes_on(&frame) {
                    self.say(None, What::Server(self.leads.since, frame), chat, &mut out);
                }
            }
            TabsEvent::Answer(frame) => self.say(None, What::Server(self.leads.since, frame), chat, &mut out),
            TabsEvent::Say(what) => self.say(None, what, chat, &mut out),
            TabsEvent::Tick => {}
        }
        self.due(now, &mut out);
        out
    }

    /// When [`TabsEvent::Tick`] is wanted next.
    pub fn wake(&self) -> Option<Millis> {
        if self.role != Role::Following {
            return None;
        }
        let never = self.stolen.map(|since| since + NEVER);
        never.or(self.asked.map(|since| since + SILENCE + self.me % SPREAD))
    }

    fn join(&mut self, now: Moment, chat: &Chat, out: &mut Vec<TabsEffect>) {
        if !self.wanted || !self.here || self.role != Role::Off {
            return;
        }
        if !self.together {
            self.role = Role::Alone;
            return;
        }
        self.role = Role::Following;
        out.push(TabsEffect::Join);
        self.ask(now, chat, out);
        self.say_front(chat, out);
    }

    /// A tab without a conversation makes nothing known, so that being looked at silences no other.
    fn say_front(&mut self, chat: &Chat, out: &mut Vec<TabsEffect>) {
        if self.role != Role::Off && std::mem::take(&mut self.seen) {
            self.say(None, What::Front, chat, out);
        }
    }

    fn leave(&mut self, chat: &Chat, out: &mut Vec<TabsEffect>) {
        let joined = self.together && self.role != Role::Off;
        if joined {
            self.say(None, What::Bye, chat, out);
            out.push(TabsEffect::Leave);
        }
        self.role = Role::Off;
        self.alone_again();
    }

    /// Nobody is known any more.
    fn alone_again(&mut self) {
        (self.leader, self.leader_up, self.line, self.pending) = (None, false, None, None);
        (self.asked, self.stolen) = (None, None);
        self.leads = Leader::default();
    }

    fn locked(&mut self, chat: &Chat, out: &mut Vec<TabsEffect>) {
        match self.role {
            // It came too late: nobody is here to use it.
            Role::Off => return out.push(TabsEffect::Leave),
            Role::Leading => return,
            Role::Alone => {
                (self.leader, self.asked, self.stolen) = (None, None, None);
            }
            Role::Following => {
                if self.front == self.leader {
                    self.front = None;
                }
                self.alone_again();
                out.push(TabsEffect::Link(LinkEvent::Renew));
            }
        }
        self.role = Role::Leading;
        self.say(None, What::Lead(self.leads.up), chat, out);
    }

    fn lock_lost(&mut self, now: Moment, chat: &Chat, out: &mut Vec<TabsEffect>) {
        match self.role {
            Role::Leading => {
                self.alone_again();
                self.role = Role::Following;
                out.push(TabsEffect::Join);
                self.ask(now, chat, out);
            }
            // The browser has locks and does not give any.
            Role::Following => {
                self.alone_again();
                self.role = Role::Alone;
            }
            Role::Off | Role::Alone => return,
        }
        out.push(TabsEffect::Link(LinkEvent::Renew));
    }

    fn connect(&mut self, now: Moment, socket: Socket, chat: &Chat, out: &mut Vec<TabsEffect>) {
        match (self.role, self.leader) {
            (Role::Leading | Role::Alone, _) => {
                self.real = Some(socket);
                out.push(TabsEffect::Connect(socket));
            }
            (Role::Following, Some(leader)) if now.mono < self.heard + SILENCE => {
                if self.leader_up {
                    (self.line, self.pending, self.welcomed) = (Some(socket), None, false);
                    self.asked.get_or_insert(now.mono);
                    self.say(Some(leader), What::Open(socket), chat, out);
                } else {
                    self.pending = Some(socket);
                }
            }
            (Role::Following | Role::Off, _) => {
                self.pending = Some(socket);
                self.ask(now, chat, out);
            }
        }
    }

    fn close(&mut self, socket: Socket, chat: &Chat, out: &mut Vec<TabsEffect>) {
        if self.real == Some(socket) {
            self.real = None;
            out.push(TabsEffect::Close(socket));
        } else if self.line == Some(socket) {
            self.line = None;
            self.asked = None;
            if let Some(leader) = self.leader {
                self.say(Some(leader), What::Bye, chat, out);
            }
        } else if self.pending == Some(socket) {
            self.pending = None;
        }
    }

    fn ask(&mut self, now: Moment, chat: &Chat, out: &mut Vec<TabsEffect>) {
        if self.role == Role::Following {
            self.asked.get_or_insert(now.mono);
            self.say(None, What::Who, chat, out);
        }
    }

    /// Gives up a leader that does not answer, and a lock that does not come.
    fn due(&mut self, now: Moment, out: &mut Vec<TabsEffect>) {
        if self.wake().is_none_or(|at| now.mono < at) {
            return;
        }
        if self.stolen.is_none() {
            self.stolen = Some(now.mono);
            self.asked = None;
            out.push(TabsEffect::Steal);
            return;
        }
        self.alone_again();
        self.role = Role::Alone;
        out.push(TabsEffect::Link(LinkEvent::Renew));
    }

    fn say(&self, to: Option<Tab>, what: What, chat: &Chat, out: &mut Vec<TabsEffect>) {
        if self.together && self.here {
            out.push(TabsEffect::Post(Message { from: self.me, to, left: chat.left(), what }));
        }
    }
}
