//! All the panel needs to be drawn, as plain data. What it says in which words is the language file's matter.

mod rows;

use crate::chat::{Chat, MAX_TEXT};
use crate::link::Status;
use crate::link::wire::{ConversationState, Person};
use crate::offer::ContextLine;
use crate::time::Millis;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    pub open: bool,
    pub presence: Presence,
    pub trouble: Trouble,
    /// The browser keeps nothing: what is said here does not outlive the page.
    pub unkept: bool,
    pub rows: Vec<Row>,
    /// The agent who is writing.
    pub writing: Option<String>,
    pub draft: String,
    pub composer: Composer,
    /// What the agent will be told if the visitor agrees; the queue it goes to.
    pub asking: Option<(String, Vec<ContextLine>)>,
    /// What the agent was told.
    pub shared: Vec<ContextLine>,
    /// Why the panel is there, in sentences, when the visitor did not ask for it.
    pub because: Vec<String>,
    /// The visitor asked to end and must confirm.
    pub ending: bool,
    pub can_end: bool,
}

/// The panel's rooms. Fees and feedback get theirs when they exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Chat,
}

impl Tab {
    pub const ALL: &[Tab] = &[Tab::Chat];

    /// Its name in the language file.
    pub fn key(self) -> &'static str {
        match self {
            Tab::Chat => "tab.chat",
        }
    }
}

/// Who the visitor talks to, or waits for.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Presence {
    #[default]
    Nobody,
    /// In the queue of this name; the position once it is known.
    Waiting {
        queue: String,
        position: Option<u64>,
        wait_s: Option<u64>,
    },
    With {
        name: String,
        role: String,
    },
    Ended,
}

/// The connection, as far as the visitor need know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trouble {
    #[default]
    None,
    /// The first attempt is under way.
    Connecting,
    /// It was lost, or was never made: what was written is kept.
    Unreachable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Composer {
    #[default]
    Ready,
    /// So many characters too many.
    TooLong(usize),
    /// More waits to be sent than can be kept.
    Full,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A new day begins.
    Day(Millis),
    /// Something is missing here.
    Missing {
        key: String,
        missing: Missing,
    },
    Bubble(Bubble),
    Line {
        key: String,
        ts: Millis,
        line: Line,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// What was said before: it comes when the visitor wants it.
    Earlier,
    /// A stretch in the middle, which is being fetched.
    Fetching,
    /// The bank keeps it no longer.
    Lost,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Bubble {
    pub key: String,
    /// The agent's name and role; `None` for the visitor's own.
    pub from: Option<(String, String)>,
    pub text: String,
    pub ts: Millis,
    /// For the visitor's own.
    pub mark: Option<Mark>,
    /// First and last of a run by the same sender.
    pub first: bool,
    pub last: bool,
}

/// How far a message of the visitor's has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Sending,
    /// The backend has committed it.
    Sent,
    /// The agent has seen it.
    Read,
    Failed,
}

/// What happened, told in words.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    Queued {
        queue: String,
    },
    Joined {
        name: String,
        role: String,
    },
    TransferredToQueue {
        queue: String,
    },
    TransferredTo {
        name: String,
        role: String,
    },
    EndedByVisitor,
    EndedByAgent,
    Ended,
    /// A message of the system itself.
    Said(String),
}

impl View {
    /// `zone` is the visitor's offset from UTC in minutes, east positive, for the day separators.
    pub fn of(chat: &Chat, zone: i32) -> View {
        let tries = match chat.status {
            Status::Connecting { tries } => Some(tries),
            _ => None,
        };
        let length = chat.draft.trim().chars().count();
        View {
            open: chat.open,
            presence: presence(chat),
            trouble: match tries {
                None => Trouble::None,
                Some(0) => Trouble::Connecting,
                Some(_) => Trouble::Unreachable,
            },
            unkept: chat.unkept,
            rows: rows::of(chat, zone),
            writing: chat
                .typing
                .agent_writes()
                .then(|| chat.agent.as_ref().map(|a| a.name.clone()))
                .flatten(),
            draft: chat.draft.clone(),
            composer: match length {
                n if n > MAX_TEXT => Composer::TooLong(n - MAX_TEXT),
                _ if chat.is_full(chat.draft.trim().len()) => Composer::Full,
                _ => Composer::Ready,
            },
            asking: chat.request.as_ref().map(|request| {
                (chat.settings.queue_name(&request.queue).to_string(), request.context.clone())
            }),
            shared: chat.shared.clone(),
            because: chat.because.clone(),
            ending: chat.ending,
            can_end: chat.live(),
        }
    }
}

fn presence(chat: &Chat) -> Presence {
    let name = |queue: &String| chat.settings.queue_name(queue).to_string();
    match (chat.state, &chat.agent) {
        (ConversationState::Active, Some(Person { name, role, .. })) => {
            Presence::With { name: name.clone(), role: role.clone() }
        }
        (ConversationState::Waiting | ConversationState::Active, _) => Presence::Waiting {
            queue: chat.queue.as_ref().map(name).unwrap_or_default(),
            position: chat.position,
            wait_s: chat.wait_s,
        },
        _ if chat.asking() => Presence::Waiting {
            queue: chat.queue.as_ref().map(name).unwrap_or_default(),
            position: None,
            wait_s: None,
        },
        (ConversationState::Ended, _) => Presence::Ended,
        (ConversationState::None, _) => Presence::Nobody,
    }
}
