//! All the panel needs to be drawn, as plain data. What it says in which words is the language file's matter.

use crate::chat::outbox::{Delivery, Pending};
use crate::chat::{Chat, MAX_TEXT};
use crate::link::Status;
use crate::link::wire::{ClientFrame, ConversationState, Entry, Person, Sender, What};
use crate::offer::ContextLine;
use crate::time::Millis;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    pub open: bool,
    pub presence: Presence,
    pub trouble: Trouble,
    pub rows: Vec<Row>,
    /// The agent who is writing.
    pub writing: Option<String>,
    pub draft: String,
    pub composer: Composer,
    /// What the agent will be told if the visitor agrees; the queue it goes to.
    pub asking: Option<(String, Vec<ContextLine>)>,
    /// What the agent was told.
    pub shared: Vec<ContextLine>,
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
    Bubble(Bubble),
    Line {
        key: String,
        ts: Millis,
        line: Line,
    },
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

/// Messages further apart than this do not stand together.
const GROUP: Millis = 5 * 60_000;

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
            rows: rows(chat, zone),
            writing: chat
                .typing
                .agent_writes()
                .then(|| chat.agent.as_ref().map(|a| a.name.clone()))
                .flatten(),
            draft: chat.draft.clone(),
            composer: match length {
                n if n > MAX_TEXT => Composer::TooLong(n - MAX_TEXT),
                _ if chat.outbox.is_full(chat.draft.trim().len()) => Composer::Full,
                _ => Composer::Ready,
            },
            asking: chat.request.as_ref().map(|request| {
                (chat.settings.queue_name(&request.queue).to_string(), request.context.clone())
            }),
            shared: chat.shared.clone(),
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

fn rows(chat: &Chat, zone: i32) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut day = None;
    let mut add = |ts: Millis, row: Row| {
        let today = (ts as i64 + i64::from(zone) * 60_000).div_euclid(86_400_000);
        if day.replace(today) != Some(today) {
            rows.push(Row::Day(ts));
        }
        rows.push(row);
    };
    for entry in chat.transcript.entries() {
        add(entry.ts, entry_row(chat, entry));
    }
    for pending in chat.outbox.items() {
        if let ClientFrame::Message { text, .. } = &pending.frame {
            add(pending.at, Row::Bubble(own(&pending.cid, text, pending.at, pending_mark(pending))));
        }
    }
    group(&mut rows);
    rows
}

fn entry_row(chat: &Chat, entry: &Entry) -> Row {
    // The visitor's own keep their id when they are committed, so that they do not blink.
    let key = entry.cid.clone().unwrap_or_else(|| entry.seq.to_string());
    let queue = |id: &str| chat.settings.queue_name(id).to_string();
    let line = match &entry.what {
        What::Message { from: Sender::Visitor, text } => {
            let mark = if chat.read_by_agent >= entry.seq { Mark::Read } else { Mark::Sent };
            return Row::Bubble(own(&key, text, entry.ts, mark));
        }
        What::Message { from: Sender::Agent(person), text } => {
            return Row::Bubble(Bubble {
                key,
                from: Some((person.name.clone(), person.role.clone())),
                text: text.clone(),
                ts: entry.ts,
                mark: None,
                first: true,
                last: true,
            });
        }
        What::Message { from: Sender::System, text } => Line::Said(text.clone()),
        What::Route { queue: id } => Line::Queued { queue: queue(id) },
        What::Agent(person) => Line::Joined { name: person.name.clone(), role: person.role.clone() },
        What::Transfer { agent: Some(person), .. } => {
            Line::TransferredTo { name: person.name.clone(), role: person.role.clone() }
        }
        What::Transfer { queue: id, .. } => {
            Line::TransferredToQueue { queue: id.as_deref().map(queue).unwrap_or_default() }
        }
        What::End { by } => match by.as_str() {
            "visitor" => Line::EndedByVisitor,
            "agent" => Line::EndedByAgent,
            _ => Line::Ended,
        },
    };
    Row::Line { key, ts: entry.ts, line }
}

fn own(key: &str, text: &str, ts: Millis, mark: Mark) -> Bubble {
    Bubble {
        key: key.to_string(),
        from: None,
        text: text.to_string(),
        ts,
        mark: Some(mark),
        first: true,
        last: true,
    }
}

fn pending_mark(pending: &Pending) -> Mark {
    match pending.state {
        Delivery::Sending => Mark::Sending,
        Delivery::Committed(_) => Mark::Sent,
        Delivery::Failed => Mark::Failed,
    }
}

/// Marks the first and last of each run by one sender.
fn group(rows: &mut [Row]) {
    for index in 1..rows.len() {
        let (before, rest) = rows.split_at_mut(index);
        if let (Some(Row::Bubble(above)), Some(Row::Bubble(below))) = (before.last_mut(), rest.first_mut())
            && above.from == below.from
            && below.ts.saturating_sub(above.ts) < GROUP
        {
            above.last = false;
            below.first = false;
        }
    }
}
