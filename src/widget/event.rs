//! All that can happen to the panel, and all it may ask for.

use crate::chat::{ChatEvent, Pairs};
use crate::link::Socket;
use crate::link::wire::{ClientFrame, ServerFrame};
use crate::offer::ChatFact;
use crate::time::Millis;
use crate::value::Value;

/// All that can happen to the panel.
#[derive(Debug, Clone, PartialEq)]
pub enum WidgetEvent {
    Chat(ChatEvent),
    Opened(Socket),
    Received(Socket, ServerFrame),
    Closed(Socket, u16),
    Online,
    Visible(bool),
    /// The page goes away, perhaps into the back/forward cache.
    Leaving,
    /// The page came back from there.
    Back,
    /// All that stands in the storage of all tabs. Told at first, before anything else, whenever it is asked for, and
    /// before [`Self::Visible`], [`Self::Back`] and [`Self::Locked`], so that a tab that slept knows who is there.
    Shared(Pairs),
    /// Another tab wrote this there; null when it removed it.
    Changed(String, Value),
    /// All that the storage holds that outlives a crash; nothing when it cannot be read. Told once.
    Found(Pairs),
    /// Something could not be kept.
    Unkept,
    /// The lock of all tabs is this one's, or is no longer, or will not be.
    Locked,
    LockLost,
    /// Another tab says something.
    Heard(Value),
    /// The page's answer to [`WidgetEffect::Token`].
    Token(u32, Option<String>),
    /// The customer leaves, says the page.
    Logout,
    Tick,
}

/// All the panel may ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum WidgetEffect {
    Connect(Socket),
    Transmit(Socket, ClientFrame),
    Close(Socket),
    /// Keep this for the next page of this tab.
    Save(Value),
    /// Keep this for all tabs, in both storages, or keep it no more.
    Keep(String, Option<Value>),
    /// Forget what this tab keeps.
    Wipe,
    /// Send [`WidgetEvent::Shared`].
    Look,
    /// Hear and tell the other tabs from now on, or no longer.
    Listen(bool),
    /// Get in line for the lock of all tabs.
    Join,
    /// Neither any more.
    Leave,
    /// Take the lock, whoever holds it.
    Steal,
    /// Say this to the other tabs.
    Post(Value),
    /// Ask the page who the customer is.
    Token(u32),
    /// So many unread messages are to be told of in the title: by this tab alone, while nobody looks.
    Notice(u64),
    /// A short sound: somebody has answered, and nobody looks.
    Sound,
    Fact(ChatFact),
    Availability(Value),
    /// Put the focus into the composer, or give it back to the launcher.
    Focus(bool),
    Warn(String),
    /// Send [`WidgetEvent::Tick`] at this moment of the monotonic clock; replaces the wake-up before.
    Wake(Option<Millis>),
}
