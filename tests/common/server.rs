//! A small backend for the conversation's tests: one session's log, kept once per id, and moods to go wrong in.
#![allow(dead_code)]

use bharosa::link::wire::{
    ClientFrame, Conversation, ConversationState, Entry, Person, Sender, ServerFrame, Welcome, What,
};

/// How the server treats what is sent to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Acknowledges, then sends the log entry.
    Fine,
    EntryFirst,
    /// Stores, but the acknowledgement and the entry are lost on the way.
    Silent,
    /// Acknowledges, but the entry is still on its way.
    AckOnly,
    Refusing,
    /// Asks for 15 seconds of patience.
    Hurried,
    /// Hears nothing.
    Deaf,
}

pub struct Server {
    pub log: Vec<Entry>,
    pub epoch: u64,
    pub mood: Mood,
    state: ConversationState,
    queue: Option<String>,
    agent: Option<Person>,
    read: u64,
    /// Every id that was sent, with repeats.
    pub cids: Vec<String>,
}

impl Server {
    pub fn new() -> Server {
        Server {
            log: Vec::new(),
            epoch: 1,
            mood: Mood::Fine,
            state: ConversationState::None,
            queue: None,
            agent: None,
            read: 0,
            cids: Vec::new(),
        }
    }

    /// The disk was lost: nobody remembers anything.
    pub fn forget(&mut self) {
        *self = Server { epoch: self.epoch + 1, mood: self.mood, ..Server::new() };
    }

    /// What it answers to `frame`.
    pub fn receive(&mut self, frame: &ClientFrame) -> Vec<ServerFrame> {
        if self.mood == Mood::Deaf {
            return Vec::new();
        }
        let what = match frame {
            ClientFrame::Hello { resume, .. } => {
                let epoch = format!("d-{}", self.epoch);
                let fits = resume.as_ref().is_none_or(|at| at.epoch == epoch && at.seq <= self.last());
                let after = resume.as_ref().filter(|_| fits).map_or(0, |at| at.seq);
                let mut frames = vec![ServerFrame::Welcome(self.welcome(epoch, !fits))];
                let missed = self.log.iter().filter(|entry| entry.seq > after);
                frames.extend(missed.cloned().map(ServerFrame::Entry));
                return frames;
            }
            ClientFrame::Ping(id) => return vec![ServerFrame::Pong { id: *id, seq: Some(self.last()) }],
            ClientFrame::Read(seq) => {
                self.read = self.read.max(*seq);
                return Vec::new();
            }
            ClientFrame::Typing(_)
            | ClientFrame::Fetch { .. }
            | ClientFrame::Pong(_)
            | ClientFrame::Error(_) => return Vec::new(),
            ClientFrame::Route { request, .. } => What::Route { queue: request.queue.clone() },
            ClientFrame::Message { text, .. } => What::Message { from: Sender::Visitor, text: text.clone() },
            ClientFrame::End { .. } => What::End { by: "visitor".into() },
        };
        let cid = frame.cid().unwrap_or_default().to_string();
        self.cids.push(cid.clone());
        if let Mood::Refusing | Mood::Hurried = self.mood {
            let (code, retry_after_ms) = match self.mood {
                Mood::Hurried => ("rate", Some(15_000)),
                _ => ("internal", None),
            };
            let (code, message) = (code.into(), "not now".into());
            return vec![ServerFrame::Error { code, message, cid: Some(cid), retry_after_ms }];
        }
        let known = self.log.iter().find(|entry| entry.cid.as_deref() == Some(&cid)).cloned();
        let fresh = known.is_none();
        let entry = known.unwrap_or_else(|| self.append(Some(cid.clone()), what));
        let ack = ServerFrame::Ack { cid, seq: entry.seq, ts: entry.ts };
        match self.mood {
            Mood::Silent => Vec::new(),
            Mood::AckOnly => vec![ack],
            Mood::EntryFirst if fresh => vec![ServerFrame::Entry(entry), ack],
            _ if fresh => vec![ack, ServerFrame::Entry(entry)],
            _ => vec![ack],
        }
    }

    /// Stores what the bank's side does.
    pub fn append(&mut self, cid: Option<String>, what: What) -> Entry {
        match &what {
            What::Route { queue } => {
                (self.state, self.agent, self.queue) =
                    (ConversationState::Waiting, None, Some(queue.clone()));
            }
            What::Agent(person) => {
                (self.state, self.agent) = (ConversationState::Active, Some(person.clone()));
            }
            What::Transfer { queue, .. } => {
                (self.state, self.agent) = (ConversationState::Waiting, None);
                self.queue = queue.clone().or(self.queue.take());
            }
            What::End { .. } => self.state = ConversationState::Ended,
            What::Message { .. } => {}
        }
        let seq = self.last() + 1;
        let entry = Entry { seq, ts: 1_795_305_600_000 + seq, cid, what };
        self.log.push(entry.clone());
        entry
    }

    pub fn last(&self) -> u64 {
        self.log.len() as u64
    }

    fn welcome(&self, epoch: String, reset: bool) -> Welcome {
        Welcome {
            session: format!("v-{}", self.epoch),
            epoch,
            seq: self.last(),
            reset,
            gap: None,
            conversation: Conversation {
                state: self.state,
                queue: self.queue.clone(),
                agent: self.agent.clone(),
                read_by_agent: 0,
                read_by_visitor: self.read,
            },
        }
    }
}
