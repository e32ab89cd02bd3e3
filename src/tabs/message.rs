//! What tabs say to each other.
//!
//! Every message carries the tab it comes from, the tab it is for (nobody named: for all) and the moment at which the
//! last customer left, so that a tab which missed that hears of it with the next word.

use crate::chat::outbox::Pending;
use crate::link::Socket;
use crate::link::wire::{ClientFrame, ServerFrame};
use crate::value::{Value, map};

/// A tab's id.
pub type Tab = u64;

#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub from: Tab,
    pub to: Option<Tab>,
    pub left: u64,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Who has the connection?
    Who,
    /// The sender has it; whether it is up.
    Lead(bool),
    /// The sender goes, or knows nothing of the connection it is spoken to on.
    Bye,
    /// Open a connection of this number, which the sender is to answer for.
    Open(Socket),
    /// That connection is open.
    Opened(Socket),
    /// A frame for the server, on that connection.
    Client(Socket, ClientFrame),
    /// Something to be committed by the server, with its place among what waits.
    Word(Socket, Value),
    /// A frame of the server's, and the moment from which the leader has been connected, by its own clock: what is from
    /// another connection than the one a tab was greeted on is not for it.
    Server(u64, ServerFrame),
    /// A customer has left.
    Left,
    /// What was said under this id has been given up.
    Discarded(String),
    /// The sender is the tab that the visitor looks at.
    Front,
}

impl What {
    /// `word` is the frame as it waits in the outbox, when it does.
    pub fn client(socket: Socket, frame: ClientFrame, word: Option<&Pending>) -> What {
        match word {
            Some(word) => What::Word(socket, word.to_value()),
            None => What::Client(socket, frame),
        }
    }

    fn parts(&self) -> (&'static str, Value, Value) {
        let number = |socket: &Socket| Value::from(u64::from(*socket));
        match self {
            What::Who => ("who", Value::Null, Value::Null),
            What::Lead(up) => ("lead", Value::Null, (*up).into()),
            What::Bye => ("bye", Value::Null, Value::Null),
            What::Open(socket) => ("open", number(socket), Value::Null),
            What::Opened(socket) => ("opened", number(socket), Value::Null),
            What::Client(socket, frame) => ("client", number(socket), frame.to_value()),
            What::Word(socket, word) => ("word", number(socket), word.clone()),
            What::Server(since, frame) => ("server", (*since).into(), frame.to_value()),
            What::Left => ("left", Value::Null, Value::Null),
            What::Discarded(cid) => ("discarded", Value::Null, cid.as_str().into()),
            What::Front => ("front", Value::Null, Value::Null),
        }
    }
}

impl Message {
    pub fn to_value(&self) -> Value {
        let (kind, socket, body) = self.what.parts();
        map([
            ("kind", kind.into()),
            ("from", self.from.into()),
            ("to", self.to.into()),
            ("left", self.left.into()),
            ("socket", socket),
            ("body", body),
        ])
    }

    /// `None` for what no tab of this version says.
    pub fn from_value(value: &Value) -> Option<Message> {
        let socket = || value.whole_at("socket").and_then(|number| Socket::try_from(number).ok());
        let body = value.get("body");
        let what = match value.text_at("kind")? {
            "who" => What::Who,
            "lead" => What::Lead(body?.bool()?),
            "bye" => What::Bye,
            "open" => What::Open(socket()?),
            "opened" => What::Opened(socket()?),
            "client" => What::Client(socket()?, ClientFrame::from_value(body?)?),
            "word" => What::Word(socket()?, body?.clone()),
            "server" => What::Server(value.whole_at("socket")?, ServerFrame::decode(body?).ok()?),
            "left" => What::Left,
            "discarded" => What::Discarded(body?.text()?.to_string()),
            "front" => What::Front,
            _ => return None,
        };
        Some(Message {
            from: value.whole_at("from")?,
            to: value.whole_at("to"),
            left: value.whole_at("left")?,
            what,
        })
    }
}
