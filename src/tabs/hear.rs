//! What other tabs say, taken in.

use super::{Message, Role, Tab, Tabs, TabsEffect, What};
use crate::chat::{Chat, ChatEvent};
use crate::link::LinkEvent;
use crate::link::wire::ServerFrame;
use crate::time::Moment;

impl Tabs {
    pub(super) fn hear(&mut self, now: Moment, message: Message, chat: &Chat, out: &mut Vec<TabsEffect>) {
        let Message { from, to, left, what } = message;
        if !self.here || from == self.me || to.is_some_and(|tab| tab != self.me) {
            return;
        }
        if left > chat.left() {
            return out.push(TabsEffect::Chat(ChatEvent::Left(left)));
        }
        if left < chat.left() {
            // Whoever missed that a customer left hears of it now.
            return self.say(Some(from), What::Left, chat, out);
        }
        if what == What::Front {
            (self.front, self.seen) = (Some(from), false);
        }
        if self.role == Role::Off {
            return;
        }
        if self.leader == Some(from) && self.role == Role::Following {
            (self.heard, self.asked, self.stolen) = (now.mono, None, None);
        }
        match what {
            What::Lead(up) => self.led(now, from, up, out),
            What::Opened(socket) if self.line == Some(socket) && self.leader == Some(from) => {
                out.push(TabsEffect::Link(LinkEvent::Opened(socket)));
            }
            What::Server(since, frame) if self.leader == Some(from) => {
                if matches!(frame, ServerFrame::Welcome(_)) {
                    (self.welcomed, self.greeted) = (true, since);
                } else if self.welcomed && since != self.greeted {
                    // The leader has connected anew, perhaps to another log, and the word of it was lost.
                    self.welcomed = false;
                    return out.extend(
                        self.line.take().map(|line| TabsEffect::Link(LinkEvent::Closed(line, 1006))),
                    );
                }
                // What is for all means nothing to a tab that has not been greeted.
                if let Some(socket) = self.line.filter(|_| self.welcomed) {
                    out.push(TabsEffect::Link(LinkEvent::Received(socket, frame)));
                }
            }
            What::Bye => self.gone(now, from, chat, out),
            What::Discarded(cid) => out.push(TabsEffect::Chat(ChatEvent::Discarded(cid))),
            What::Front | What::Left | What::Opened(_) | What::Server(..) => {}
            What::Who | What::Open(_) | What::Client(..) | What::Word(..) => {
                if self.role == Role::Leading {
                    let (answers, event) = self.leads.serve(from, what, chat);
                    for answer in answers {
                        self.say(Some(from), answer, chat, out);
                    }
                    out.extend(event);
                }
            }
        }
    }

    /// Another tab leads.
    fn led(&mut self, now: Moment, from: Tab, up: bool, out: &mut Vec<TabsEffect>) {
        // Of two that think so, the one that holds the lock is right, and the other hears of its loss.
        if self.role == Role::Leading {
            return;
        }
        let other = self.leader != Some(from);
        let alone = self.role == Role::Alone;
        self.role = Role::Following;
        (self.leader, self.leader_up, self.heard) = (Some(from), up, now.mono);
        (self.asked, self.stolen) = (None, None);
        match self.line {
            Some(line) if !other && !up => {
                self.line = None;
                out.push(TabsEffect::Link(LinkEvent::Closed(line, 1006)));
            }
            Some(_) if !other => {}
            _ if up || other || alone => {
                self.line = None;
                out.push(TabsEffect::Link(LinkEvent::Renew));
            }
            _ => {}
        }
    }

    /// A tab says that it goes.
    fn gone(&mut self, now: Moment, from: Tab, chat: &Chat, out: &mut Vec<TabsEffect>) {
        self.leads.forget(from);
        if self.front == Some(from) {
            self.front = None;
        }
        if self.role == Role::Following && self.leader == Some(from) {
            self.leader = None;
            if self.line.take().is_some() {
                out.push(TabsEffect::Link(LinkEvent::Renew));
            } else if self.pending.is_some() {
                self.ask(now, chat, out);
            }
        }
    }
}
