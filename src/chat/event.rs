//! All that can happen to the conversation, and all it may ask for.

use crate::link::Status;
use crate::link::wire::{ClientFrame, ServerFrame};
use crate::offer::{ChatFact, Offer};
use crate::value::Value;

/// What a storage holds: keys with their values.
pub type Pairs = Vec<(String, Value)>;

#[derive(Debug, Clone, PartialEq)]
pub enum ChatEvent {
    /// What an earlier page of this tab saved. `narrow` when an open panel would cover the page.
    Restored {
        saved: Value,
        narrow: bool,
    },
    /// All that stands in the storage of all tabs.
    Shared(Pairs),
    /// Another tab has written this there; null when it was removed.
    Changed(String, Value),
    /// What a storage that outlives a crash holds.
    Found(Pairs),
    /// Something could not be kept.
    Unkept,
    /// The tracker hands something down; with why, in sentences, if a rule of the bank's is behind it.
    Offer {
        offer: Offer,
        because: Vec<String>,
    },
    /// The composer's text, after every change.
    Draft(String),
    Send,
    Retry(String),
    Discard(String),
    /// The visitor wants to see what was said before.
    Earlier,
    /// The visitor answers whether the context may be shared.
    Agree(bool),
    /// The visitor wants to end, or has thought better of it.
    AskEnd(bool),
    End,
    Close,
    /// The page became visible or hidden.
    Visible(bool),
    /// The page goes away.
    Leaving,
    /// The socket is open.
    Greet,
    Link(Status),
    Frame(ServerFrame),
    /// Another tab's word, as [`super::outbox::Pending::to_value`] gives it, to be sent from here.
    Relay(Value),
    /// Another tab has given up what it said under this id.
    Discarded(String),
    /// The customer leaves, says the page.
    Logout,
    /// The server says that the conversation is another customer's.
    Stranger,
    /// A customer left at this moment of the wall clock, as another tab knows.
    Left(u64),
    /// The page's word for who the customer is.
    Token(Option<String>),
    Tick,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ChatEffect {
    /// Whether a connection is wanted.
    Want(bool),
    Send(ClientFrame),
    /// Whether an acknowledgement is outstanding.
    Awaiting(bool),
    /// The connection missed something: start it over.
    Restart,
    /// Keep what there is, as [`Chat::save`](super::Chat::save) gives it, for the next page of this tab.
    Save,
    /// Keep this for all tabs, or keep it no more.
    Keep(String, Option<Value>),
    /// Forget what this tab keeps: it is another customer's.
    Wipe,
    /// Read the storage of all tabs again.
    Look,
    /// A customer has left: the other tabs must know.
    Left,
    /// The visitor gave up what was said under this id: the other tabs must know.
    Discarded(String),
    /// For the tab whose word it was.
    Answer(ServerFrame),
    /// Tell the tracker.
    Fact(ChatFact),
    /// Tell the tracker how a queue stands.
    Availability(Value),
    /// Put the focus into the composer, or give it back to the launcher.
    Focus(bool),
    /// For the developer's console.
    Warn(String),
}
