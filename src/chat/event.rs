//! All that can happen to the conversation, and all it may ask for.

use crate::link::Status;
use crate::link::wire::{ClientFrame, ServerFrame};
use crate::offer::{ChatFact, Offer};
use crate::value::Value;

#[derive(Debug, Clone, PartialEq)]
pub enum ChatEvent {
    /// What an earlier page of this tab saved. `narrow` when an open panel would cover the page.
    Restored {
        saved: Value,
        narrow: bool,
    },
    /// The tracker hands something down.
    Offer(Offer),
    /// The composer's text, after every change.
    Draft(String),
    Send,
    Retry(String),
    Discard(String),
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
    /// Keep this for the next page of this tab.
    Save(Value),
    /// Tell the tracker.
    Fact(ChatFact),
    /// Tell the tracker how a queue stands.
    Availability(Value),
    /// Put the focus into the composer, or give it back to the launcher.
    Focus(bool),
    /// For the developer's console.
    Warn(String),
}
