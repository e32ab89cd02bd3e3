//! What really happened, kept apart from all that is tested: what the visitor was promised, what the server committed,
//! and what of it the storage could not but lose.

use desk::change::Change;
use desk::entry::{Entry, Kind, What};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

#[derive(Default)]
pub struct Book {
    /// The visitor's messages by their ids.
    pub said: BTreeMap<String, Said>,
    pub logs: BTreeMap<Session, Log>,
    by_secret: HashMap<String, Session>,
    /// Where the server has stored what, in whichever log it was last.
    pub committed: HashMap<String, Vec<(Session, u64)>>,
    /// Texts of the log of the moment, with the session and the id they were stored under.
    stored: HashMap<String, (Session, String)>,
    /// Whether the same may be stored in two sessions.
    pub may_double: bool,
    /// The visitor has asked for the chat: from here on something may be stored and sent.
    pub acted: bool,
    /// Attempts under way, and whether the panel made them by itself.
    pub trying: BTreeMap<(u32, u32), bool>,
    pub failures: BTreeMap<u32, VecDeque<u64>>,
    /// Since when the tabs are without the one that led, and how long that took each time.
    pub leaderless: Option<u64>,
    pub takeovers: Vec<u64>,
    /// When each page was sent away by the server, and how long it stayed away.
    pub sent_away: BTreeMap<u32, u64>,
    pub spread: Vec<u64>,
    pub tally: Tally,
}

/// What became of the messages.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    pub said: u64,
    pub committed: u64,
    /// Both copies were lost by storage that does that.
    pub lost_by_storage: u64,
    /// Committed, and lost together with the server's log.
    pub lost_with_log: u64,
    pub failed: u64,
    pub discarded: u64,
    pub left_behind: u64,
    /// Still in the storage, because without locks nobody sends what a tab that is gone said in another session.
    pub waiting: u64,
    /// Stored in two sessions: without locks, or after the browser was killed.
    pub doubled: u64,
}

/// The server's epoch and the session's number in it.
pub type Session = (u64, u64);

#[derive(Debug, Clone)]
pub struct Said {
    pub text: String,
    pub customer: u32,
    /// A write of it has returned.
    pub promised: bool,
    /// Whether each copy would be there, had the panel and its shell done their duty.
    pub local: Option<u64>,
    pub durable: bool,
    pub discarded: bool,
    /// The visitor has said it again, not knowing whether it had arrived in a session that this tab is in no longer.
    pub again: bool,
    pub lost: bool,
    /// It failed once, or was taken up by another page: its place among the others is no longer that of its saying.
    pub moved: bool,
    pub page: u32,
}

#[derive(Default)]
pub struct Log {
    pub entries: Vec<Noted>,
    pub read_by_agent: u64,
    pub read_by_visitor: u64,
    /// The last position that was on a screen which the visitor could see.
    pub shown: u64,
    customers: BTreeSet<u32>,
}

pub struct Noted {
    pub seq: u64,
    pub text: Option<String>,
}

impl Book {
    pub fn new(may_double: bool) -> Book {
        Book { may_double, ..Book::default() }
    }

    pub fn session(&self, secret: &str) -> Option<Session> {
        self.by_secret.get(secret).copied()
    }

    pub fn log_lost(&mut self) {
        self.stored.clear();
    }

    /// Takes down what the server has committed; says what is wrong with it.
    pub fn commit(&mut self, epoch: u64, change: Change) -> Option<(&'static str, String)> {
        match change {
            Change::Session { id, secret, .. } => {
                self.by_secret.insert(secret, (epoch, id.0));
                self.logs.insert((epoch, id.0), Log::default());
                None
            }
            Change::Read { session, reader, seq } => {
                let log = self.logs.entry((epoch, session.0)).or_default();
                if reader == Kind::Agent {
                    log.read_by_agent = log.read_by_agent.max(seq);
                    return None;
                }
                log.read_by_visitor = seq;
                (seq > log.shown)
                    .then(|| ("S5", format!("told as read up to {seq}, shown up to {}", log.shown)))
            }
            Change::Entry { session, entry, .. } => self.entry((epoch, session.0), entry),
            _ => None,
        }
    }

    fn entry(&mut self, session: Session, entry: Entry) -> Option<(&'static str, String)> {
        let log = self.logs.entry(session).or_default();
        let text = match &entry.what {
            What::Message { body, .. } => Some(body.text.clone()),
            _ => None,
        };
        let last = log.entries.last().map_or(0, |noted| noted.seq);
        if entry.seq != last + 1 {
            return Some(("S5", format!("{} was committed before, and now is something else", entry.seq)));
        }
        let mut wrong = None;
        let own = entry.author() == desk::entry::VISITOR;
        if let (Some(cid), true) = (&entry.cid, own) {
            self.committed.entry(cid.clone()).or_default().push((session, entry.seq));
            if let Some(text) = &text {
                log.customers.insert(customer_of(text));
                if log.customers.len() > 1 {
                    wrong = Some(("S6", format!("{text} was sent into another customer's session")));
                }
                // Without locks two tabs that begin in the same moment have a session each, and the server's promise to
                // store an id once is a promise within a session. And a killed browser brings back what was removed in its
                // last seconds, while the session it was said in may be forgotten, as it is with a storage that was
                // wiped: it is said again in the next one. These exceptions are counted and told, and so is what the
                // visitor tried again.
                let again = self.said.get(cid).is_some_and(|said| said.again);
                match self.stored.insert(text.clone(), (session, cid.clone())) {
                    Some((before, _)) if before != session && (self.may_double || again) => {
                        self.tally.doubled += 1;
                    }
                    Some((_, before)) => {
                        wrong = Some(("S1", format!("{text} is stored twice, as {before} and as {cid}")));
                    }
                    None => {}
                }
            }
        }
        log.entries.push(Noted { seq: entry.seq, text });
        wrong
    }

    /// How many messages are promised and not committed.
    pub fn waiting(&self) -> usize {
        let waits = |(cid, said): &(&String, &Said)| {
            said.promised && !said.discarded && !said.lost && !self.committed.contains_key(*cid)
        };
        self.said.iter().filter(waits).count()
    }

    /// Whether the server of the moment has it.
    pub fn is_stored(&self, text: &str) -> bool {
        self.stored.contains_key(text)
    }
}

/// Who said it: `c2.17` is the seventeenth word of the third customer.
pub fn customer_of(text: &str) -> u32 {
    let digits = text.strip_prefix('c').and_then(|rest| rest.split('.').next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX)
}
