//! What the leading tab is to the others: the server, as far as they can tell.

use super::{Tab, TabsEffect, What};
use crate::chat::{Chat, ChatEvent};
use crate::link::wire::{ClientFrame, Resume, ServerFrame};
use crate::link::{LinkEvent, Socket};
use crate::time::Millis;

#[derive(Debug, Default)]
pub struct Leader {
    /// Whether the server is there.
    pub up: bool,
    /// Since when.
    pub since: Millis,
    /// The tabs that are connected, and the number of their connection.
    tabs: Vec<(Tab, Socket)>,
}

impl Leader {
    /// The server is there, or not; whether that is news.
    pub fn status(&mut self, now: Millis, up: bool) -> bool {
        let news = self.up != up;
        self.up = up;
        if news {
            self.since = now;
        }
        if !up {
            self.tabs.clear();
        }
        news
    }

    pub fn forget(&mut self, tab: Tab) {
        self.tabs.retain(|(known, _)| *known != tab);
    }

    /// Whether this frame of the server's is for the other tabs too, and any is there to hear it.
    pub fn passes_on(&self, frame: &ServerFrame) -> bool {
        let for_all = match frame {
            ServerFrame::Ack { .. }
            | ServerFrame::Entry(_)
            | ServerFrame::Queue { .. }
            | ServerFrame::Availability(_)
            | ServerFrame::Typing(_)
            | ServerFrame::Read(_)
            | ServerFrame::Fetched { .. } => true,
            ServerFrame::Error { cid, .. } => cid.is_some(),
            ServerFrame::Welcome(_)
            | ServerFrame::Ping(_)
            | ServerFrame::Pong { .. }
            | ServerFrame::Unknown(_) => false,
        };
        for_all && !self.tabs.is_empty()
    }

    /// What to answer to `from`, and what to do.
    pub fn serve(&mut self, from: Tab, what: What, chat: &Chat) -> (Vec<What>, Option<TabsEffect>) {
        let connected = |socket: Socket| self.tabs.contains(&(from, socket));
        match what {
            What::Open(socket) if self.up => {
                self.forget(from);
                self.tabs.push((from, socket));
                (vec![What::Opened(socket)], None)
            }
            What::Who | What::Open(_) => (vec![What::Lead(self.up)], None),
            What::Client(socket, frame) if connected(socket) => self.frame(from, frame, chat),
            What::Word(socket, word) if connected(socket) => {
                (Vec::new(), Some(TabsEffect::Chat(ChatEvent::Relay(word))))
            }
            // Of an earlier connection, or of an earlier leader's.
            _ => (vec![What::Bye, What::Lead(self.up)], None),
        }
    }

    fn frame(&mut self, from: Tab, frame: ClientFrame, chat: &Chat) -> (Vec<What>, Option<TabsEffect>) {
        match frame {
            ClientFrame::Hello { session, resume, .. } => {
                // Whoever holds the log of another session holds nothing of this one.
                let void = Resume { epoch: String::new(), seq: u64::MAX };
                let same = session.is_none() || session.as_deref() == chat.session();
                let resume = if same { resume } else { Some(void) };
                let greeting = chat.greet(resume.as_ref());
                if greeting.is_empty() {
                    self.forget(from);
                    return (vec![What::Lead(false)], None);
                }
                (greeting.into_iter().map(|frame| What::Server(self.since, frame)).collect(), None)
            }
            ClientFrame::Ping(id) => {
                let seq = Some(chat.transcript.seq());
                (vec![What::Server(self.since, ServerFrame::Pong { id, seq })], None)
            }
            ClientFrame::Typing(_) | ClientFrame::Read(_) | ClientFrame::Fetch { .. } => {
                (Vec::new(), Some(TabsEffect::Link(LinkEvent::Send(frame))))
            }
            _ => (Vec::new(), None),
        }
    }
}
