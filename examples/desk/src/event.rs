//! What happens to the desk, and what it wants done.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::agent_frame::ToAgent;
use crate::frame::ServerFrame;

/// Names a connection for as long as it lives; the shell hands them out.
pub type Socket = u64;

#[derive(Clone, Debug)]
pub enum Event {
    Opened {
        socket: Socket,
        door: Door,
    },
    Frame {
        socket: Socket,
        text: String,
    },
    Binary {
        socket: Socket,
    },
    Closed {
        socket: Socket,
    },
    /// The moment [`Desk::next_wake`] asked for.
    Tick,
    /// The desk goes down for a restart.
    Stop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Visitor,
    Agent,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Send {
        socket: Socket,
        frame: Frame,
    },
    Close {
        socket: Socket,
        code: u16,
        reason: &'static str,
    },
    /// Something the operator must see.
    Report(String),
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Frame {
    Visitor(ServerFrame),
    Agent(ToAgent),
}

#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What an agent shows to sign in.
    pub token: String,
    /// Ids of the queues and their English names.
    pub queues: BTreeMap<String, String>,
    /// What visitors' tokens are proved with. Without it none are asked for.
    pub visitor_secret: Option<String>,
    /// Entries kept of every session's log; without it all are.
    pub keep_entries: Option<u64>,
}

/// Frames that were not served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub malformed: u64,
    pub unknown: u64,
    pub too_fast: u64,
}
