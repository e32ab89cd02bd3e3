//! All that can happen between the tabs, and all one of them may ask for.

use super::{Message, What};
use crate::chat::ChatEvent;
use crate::link::wire::{ClientFrame, ServerFrame};
use crate::link::{LinkEvent, Socket, Status};

#[derive(Debug, Clone, PartialEq)]
pub enum TabsEvent {
    /// Whether the conversation wants a connection.
    Want(bool),
    /// The lock is ours.
    Locked,
    /// Another tab took it, or it was refused.
    LockLost,
    Heard(Message),
    /// The page goes away, and is here, or here again.
    Leaving,
    Back,
    /// The visitor looks at this tab.
    Seen,
    /// What the connection machine wants of a socket.
    Connect(Socket),
    Transmit(Socket, ClientFrame),
    Close(Socket),
    Status(Status),
    /// What the server said.
    Told(ServerFrame),
    /// What the server would say again, and need not be asked for.
    Answer(ServerFrame),
    /// For the other tabs.
    Say(What),
    Tick,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TabsEffect {
    /// Hear and tell the other tabs from now on, or no longer.
    Listen(bool),
    /// Get in line for the lock.
    Join,
    /// Let go of it, or of the place in the line.
    Leave,
    /// Take the lock, whoever has it.
    Steal,
    Post(Message),
    /// These are about real sockets.
    Connect(Socket),
    Transmit(Socket, ClientFrame),
    Close(Socket),
    Link(LinkEvent),
    Chat(ChatEvent),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// No connection is wanted.
    #[default]
    Off,
    Following,
    Leading,
    /// With a socket of its own, because the tabs cannot agree.
    Alone,
}
