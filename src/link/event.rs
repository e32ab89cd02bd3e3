//! All that can happen to the connection, and all it may ask for.

use super::Socket;
use super::wire::{ClientFrame, ServerFrame};

#[derive(Debug, Clone, PartialEq)]
pub enum LinkEvent {
    /// Whether a connection is wanted at all.
    Want(bool),
    Opened(Socket),
    Received(Socket, ServerFrame),
    Closed(Socket, u16),
    /// The connection is up but something was missed: start over from the resume point.
    Restart,
    /// The way there is another one now: connect anew, without waiting.
    Renew,
    /// The browser thinks that a network is there again.
    Online,
    Visible(bool),
    /// The page goes into the back/forward cache or away: a socket kept now would look alive to the server.
    Leaving,
    Back,
    Send(ClientFrame),
    /// Something sent awaits its acknowledgement, or nothing does any more.
    Awaiting(bool),
    Tick,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LinkEffect {
    Connect(Socket),
    Transmit(Socket, ClientFrame),
    Close(Socket),
    /// The socket is open: say hello.
    Greet,
    Deliver(ServerFrame),
    Status(Status),
    /// For the developer's console.
    Warn(String),
}

/// The state of the connection, as far as anybody needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    #[default]
    Off,
    /// Trying; `tries` attempts have failed since the last good connection.
    Connecting {
        tries: u32,
    },
    Ready,
}
