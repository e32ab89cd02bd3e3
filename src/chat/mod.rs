//! The conversation: what was said, what is on its way, who is there.

mod adopt;
mod event;
pub mod gap;
mod id;
mod kept;
mod offered;
pub mod outbox;
mod receive;
mod save;
mod say;
mod settings;
mod snapshot;
mod transcript;
mod typing;

pub use event::{ChatEffect, ChatEvent, Pairs};
pub use kept::{OUT, SESSION};
pub use settings::Settings;
pub use transcript::Transcript;

use crate::link::Status;
use crate::link::wire::{ClientFrame, ConversationState, Person, Resume};
use crate::offer::{ChatFact, ContextLine, Request};
use crate::time::{Millis, Moment};
use kept::Kept;
use outbox::Outbox;
use typing::Typing;

/// Longest message, in characters.
pub const MAX_TEXT: usize = 4000;
/// What survived a crash is waited for no longer than this before anything is sent.
const FOUND: Millis = 5_000;

#[derive(Debug, Default)]
pub struct Chat {
    pub settings: Settings,
    session: Option<String>,
    /// The session that another tab was given when the server had lost this one; the next hello names it.
    moved: Option<String>,
    epoch: String,
    pub transcript: Transcript,
    pub outbox: Outbox,
    pub state: ConversationState,
    pub agent: Option<Person>,
    pub queue: Option<String>,
    pub position: Option<u64>,
    pub wait_s: Option<u64>,
    pub read_by_agent: u64,
    read_by_visitor: u64,
    pub typing: Typing,
    pub draft: String,
    pub open: bool,
    visible: bool,
    /// The visitor acted: from here on the conversation may be kept in this tab.
    acted: bool,
    pub status: Status,
    /// A wish for a person that waits for the visitor's word.
    pub request: Option<Box<Request>>,
    /// What the agent was told, in the visitor's words.
    pub shared: Vec<ContextLine>,
    /// Why the panel has opened, in sentences, when the visitor did not open it.
    pub because: Vec<String>,
    pub ending: bool,
    /// Nothing is sent before, because the server asked for patience.
    hold_until: Millis,
    made: u64,
    told_live: Option<bool>,
    told_unread: u64,
    told_want: bool,
    told_awaiting: Option<String>,
    told_read: u64,
    kept: Kept,
    /// What survived a crash is known, so that nothing of another customer can be sent.
    found: bool,
    found_by: Option<Millis>,
    /// What is said here does not outlive the page, because the browser keeps nothing.
    pub unkept: bool,
    /// The tabs have no connection in common.
    alone: bool,
    /// The connection is another tab's.
    pub follows: bool,
    discarded: Vec<String>,
    /// The visitor wants to see what was said before.
    earlier: bool,
    token: Option<String>,
}

impl Chat {
    pub fn new(settings: Settings) -> Chat {
        Chat { settings, visible: true, ..Chat::default() }
    }

    pub fn handle(&mut self, now: Moment, event: ChatEvent) -> Vec<ChatEffect> {
        let mut effects = Vec::new();
        let mut save = true;
        match event {
            ChatEvent::Restored { saved, narrow } => self.restore(&saved, narrow, &mut effects),
            // What all tabs keep need not be kept by this one too; and it is heard before what this one has kept.
            ChatEvent::Shared(pairs) => {
                self.shared(now, pairs, &mut effects);
                save = false;
            }
            ChatEvent::Changed(key, value) => {
                self.changed(now, &key, &value, &mut effects);
                save = false;
            }
            ChatEvent::Found(pairs) => {
                self.found(now, pairs, &mut effects);
                save = false;
            }
            ChatEvent::Unkept => {
                self.unkept = true;
                self.kept.fails(now.mono);
            }
            ChatEvent::Offer { offer, because } => self.offer(now, offer, because, &mut effects),
            ChatEvent::Draft(text) => {
                self.draft = text;
                let talking = self.state == ConversationState::Active && !self.draft.trim().is_empty();
                self.typing.wrote(now.mono, talking, &mut effects);
                save = false;
            }
            ChatEvent::Send => self.send_draft(now, &mut effects),
            ChatEvent::Retry(cid) => self.retry(now, &cid),
            ChatEvent::Discard(cid) => {
                self.discard(&cid);
                effects.push(ChatEffect::Discarded(cid));
            }
            ChatEvent::Discarded(cid) => self.discard(&cid),
            ChatEvent::Earlier => self.earlier = true,
            ChatEvent::Agree(agreed) => self.agree(now, agreed),
            ChatEvent::AskEnd(ending) => self.ending = ending,
            ChatEvent::End => self.end(now),
            ChatEvent::Close => self.show(false, &mut effects),
            ChatEvent::Visible(visible) => {
                self.visible = visible;
                save = false;
            }
            ChatEvent::Leaving => {}
            ChatEvent::Greet => effects.push(ChatEffect::Send(self.hello())),
            ChatEvent::Link(status) => {
                let ended = std::mem::replace(&mut self.status, status) == Status::Ready;
                if status != Status::Ready {
                    self.typing.agent_left();
                    self.outbox.reconnected();
                    self.transcript.reconnected();
                    if ended {
                        self.forget_unused();
                    }
                }
                save = false;
            }
            ChatEvent::Frame(frame) => self.frame(now, frame, &mut effects),
            ChatEvent::Relay(word) => self.relay(&word, &mut effects),
            ChatEvent::Logout => self.logout(now, &mut effects),
            ChatEvent::Stranger => {
                let (open, acted) = (self.open, self.acted);
                // The connection has been closed with that word.
                self.status = Status::Connecting { tries: 0 };
                self.logout(now, &mut effects);
                (self.open, self.acted) = (open, acted);
            }
            ChatEvent::Left(left) => self.learn(left, &mut effects),
            ChatEvent::Token(token) => self.token = token,
            ChatEvent::Tick => save = false,
        }
        self.typing.due(now.mono, &mut effects);
        // Waits at the most so long for what survived a crash.
        let by = *self.found_by.get_or_insert(now.mono + FOUND);
        if now.mono >= by {
            self.survived(now, &mut effects);
        }
        if self.kept.due(now.mono) {
            effects.push(ChatEffect::Look);
        }
        self.keep(now, &mut effects);
        self.flush(now, &mut effects);
        self.tell(&mut effects);
        if save && self.acted {
            effects.push(ChatEffect::Save);
        }
        effects
    }

    /// When [`ChatEvent::Tick`] is wanted next.
    pub fn wake(&self) -> Option<Millis> {
        let held = self.status == Status::Ready && self.outbox.has_unsent();
        let unfound = self.found_by.filter(|_| !self.found && self.wanted());
        let held = held.then_some(self.hold_until);
        self.typing.wake().into_iter().chain(held).chain(unfound).chain(self.kept.wake()).min()
    }

    /// Messages of others that the visitor has not seen.
    pub fn unread(&self) -> u64 {
        self.transcript.unread_after(self.read_by_visitor)
    }

    /// Whether there is no room for `more` bytes of text, of all that the visitor's tabs have to say.
    pub fn is_full(&self, more: usize) -> bool {
        let (count, bytes) = self.kept.left_to_others();
        self.outbox.is_full(count, more + bytes)
    }

    /// Whether a conversation is going on, the one just asked for included.
    pub fn live(&self) -> bool {
        matches!(self.state, ConversationState::Waiting | ConversationState::Active) || self.asking()
    }

    /// Whether a wish for a person is on its way.
    pub fn asking(&self) -> bool {
        self.outbox.has(|frame| matches!(frame, ClientFrame::Route { .. }))
    }

    fn hello(&self) -> ClientFrame {
        // What is here of the log is void in another session.
        let epoch = if self.moved.is_some() { String::new() } else { self.epoch.clone() };
        let session = self.moved.clone().or(self.session.clone());
        let resume = Resume { epoch, seq: self.transcript.seq() };
        ClientFrame::Hello {
            resume: session.is_some().then_some(resume),
            session,
            locale: self.settings.locale.clone(),
            token: self.token.clone(),
        }
    }

    /// The secret of the session, once the server has named it.
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// Whether the page's word for who the customer is must be asked for.
    pub fn lacks_token(&self) -> bool {
        self.settings.token && self.token.is_none()
    }

    /// When the last customer left, on the wall clock; 0 when nobody did.
    pub fn left(&self) -> u64 {
        self.kept.left
    }

    /// Sends what may be sent now.
    fn flush(&mut self, now: Moment, effects: &mut Vec<ChatEffect>) {
        if self.open && self.visible {
            self.read_by_visitor = self.read_by_visitor.max(self.transcript.readable());
        }
        if self.status == Status::Ready {
            if now.mono >= self.hold_until {
                effects.extend(self.outbox.send_next().map(ChatEffect::Send));
            }
            if let Some((from, to)) = self.transcript.fetch(std::mem::take(&mut self.earlier)) {
                effects.push(ChatEffect::Send(ClientFrame::Fetch { from, to }));
            }
            if self.read_by_visitor > self.told_read {
                self.told_read = self.read_by_visitor;
                effects.push(ChatEffect::Send(ClientFrame::Read(self.read_by_visitor)));
            }
        }
    }

    /// Tells the tracker and the link what changed for them.
    fn tell(&mut self, effects: &mut Vec<ChatEffect>) {
        let live = self.live();
        if self.told_live != Some(live) && (live || self.told_live.is_some()) {
            self.told_live = Some(live);
            effects.push(ChatEffect::Fact(if live { ChatFact::Live } else { ChatFact::Ended }));
        }
        let unread = self.unread();
        if unread != self.told_unread {
            self.told_unread = unread;
            effects.push(ChatEffect::Fact(ChatFact::Unread(unread)));
        }
        let awaiting = self.outbox.awaits().map(str::to_string);
        let want = self.found && self.wanted();
        if want != self.told_want {
            self.told_want = want;
            effects.push(ChatEffect::Want(want));
        }
        // What is held back because the server asked for patience is not late.
        let awaiting = awaiting.filter(|_| !self.outbox.has_unsent());
        if awaiting != self.told_awaiting {
            // Told anew for every next one: its wait begins only now.
            effects.push(ChatEffect::Awaiting(awaiting.is_some()));
            self.told_awaiting = awaiting;
        }
    }

    /// Whether there is anything to be connected for.
    fn wanted(&self) -> bool {
        self.live() || self.outbox.awaits().is_some() || (self.open && self.acted)
    }
}
