//! What stands on a screen after every event, held against what really happened.

use super::book::customer_of;
use super::noted::MOST_WAITING;
use super::world::World;
use bharosa::chat::outbox::Pending;
use bharosa::link::wire::ClientFrame;
use bharosa::view::{Bubble, Mark, Row};
use std::collections::{BTreeMap, BTreeSet};

/// What a page has shown of the visitor's own messages, and whose log it was.
#[derive(Default)]
pub struct Shown {
    session: Option<String>,
    marks: BTreeMap<String, Mark>,
    customer: u32,
}

impl World {
    pub fn look(&mut self, id: u32) {
        // While a page takes in what waited for it, nobody sees whose words it has come to.
        let waking = self.waking == Some(id);
        if let Some((rule, how)) = self.seen(id).filter(|(rule, _)| !(waking && *rule == "S6")) {
            self.broken(rule, format!("p{id}: {how}"));
        }
        self.check_sockets();
    }

    fn seen(&mut self, id: u32) -> Option<(&'static str, String)> {
        let page = self.pages.get_mut(&id)?;
        let view = page.widget.view(0);
        let chat = page.widget.chat();
        if chat.left() != page.left {
            // It has heard that somebody left: what is said here from now on is the next one's.
            page.left = chat.left();
            page.customer = self.customer;
            // A panel that has forgotten everybody waits to be opened again.
            page.opened = false;
        }
        let session = chat.session().and_then(|secret| self.book.session(secret));
        let mut texts = BTreeSet::new();
        let mut keys = BTreeSet::new();
        let mut marks = BTreeMap::new();
        let mut customers = BTreeSet::new();
        for row in &view.rows {
            let Row::Bubble(Bubble { key, from, text, mark, .. }) = row else { continue };
            if !keys.insert(key.as_str()) || !texts.insert(text.as_str()) {
                return Some(("S2", format!("{text} is shown twice")));
            }
            let (None, Some(mark)) = (from, mark) else { continue };
            customers.insert(customer_of(text));
            marks.insert(key.clone(), *mark);
            let committed = self.book.committed.get(key);
            match (mark, committed) {
                (Mark::Sent | Mark::Read, None) => {
                    return Some(("S5", format!("{text} is shown as delivered, and is not")));
                }
                (Mark::Read, Some(places))
                    if !places.iter().any(|(session, seq)| {
                        self.book.logs.get(session).is_some_and(|log| log.read_by_agent >= *seq)
                    }) =>
                {
                    return Some(("S5", format!("{text} is shown as read, and is not")));
                }
                _ => {}
            }
        }
        if customers.len() > 1 || customers.iter().any(|customer| *customer < page.customer) {
            return Some((
                "S6",
                format!("words of the customers {customers:?} are on the screen of c{}", page.customer),
            ));
        }
        // The server's order, and nothing left out in silence.
        let entries = chat.transcript.entries();
        if let Some(log) = session.and_then(|session| self.book.logs.get_mut(&session)) {
            let mut next = 1;
            for entry in entries {
                if entry.seq < next {
                    return Some(("S3", format!("{} stands after {}", entry.seq, next - 1)));
                }
                let missing = (next..entry.seq)
                    .find(|seq| !chat.transcript.gaps().iter().any(|gap| gap.from <= *seq && *seq <= gap.to));
                if let Some(seq) = missing {
                    return Some(("S4", format!("{seq} is missing, and nothing says so")));
                }
                let told = match &entry.what {
                    bharosa::link::wire::What::Message { text, .. } => Some(text),
                    _ => None,
                };
                let noted =
                    usize::try_from(entry.seq).ok().and_then(|seq| log.entries.get(seq.wrapping_sub(1)));
                if noted.is_none_or(|noted| noted.text.as_ref() != told) {
                    return Some((
                        "S3",
                        format!("{} is {told:?} here, and something else in the log", entry.seq),
                    ));
                }
                next = entry.seq + 1;
            }
            if view.open && page.visible {
                log.shown = log.shown.max(next - 1);
            }
        } else if !entries.is_empty() {
            return Some(("S3", format!("a log of no session: {:?}", chat.session())));
        }
        // What was shown stays, and does not go back.
        let same = page.shown.session.as_deref() == chat.session() && page.shown.customer == self.customer;
        if same {
            for (key, before) in &page.shown.marks {
                let now = marks.get(key);
                let given_up = self
                    .book
                    .said
                    .get(key)
                    .is_some_and(|said| said.discarded || said.lost || said.customer != self.customer);
                match (before, now) {
                    // What another tab saw committed may be gone here for the moment until its entry comes.
                    (Mark::Sending | Mark::Failed, None) if self.book.committed.contains_key(key) => {}
                    (_, None) if !given_up => return Some(("S1", format!("{key} is gone from the screen"))),
                    (Mark::Sent | Mark::Read, Some(Mark::Sending | Mark::Failed)) => {
                        return Some(("S3", format!("{key} was delivered, and no longer is")));
                    }
                    _ => {}
                }
            }
        }
        page.shown = Shown { session: chat.session().map(str::to_string), marks, customer: self.customer };
        let message = |item: &&Pending| matches!(item.frame, ClientFrame::Message { .. });
        let waiting = chat.outbox.items().iter().filter(message).count();
        (waiting > MOST_WAITING).then(|| ("S7", format!("{waiting} messages wait to be sent")))
    }

    /// What the visitor has typed on a page that is about to be left.
    pub fn draft_to_find(&self, id: u32) -> Option<String> {
        let page = self.pages.get(&id).filter(|page| page.life == super::tab::Life::Awake)?;
        let fine = !self.storage.denied && page.customer == self.customer && page.opened;
        fine.then(|| page.widget.chat().draft.clone())
    }

    pub fn check_draft(&mut self, tab: usize, expected: Option<String>) {
        let page = self.tabs[tab].page.and_then(|id| self.pages.get(&id));
        if let (Some(expected), Some(page)) = (expected, page) {
            let found = page.widget.chat().draft.clone();
            if found != expected {
                self.broken("S1", format!("the draft {expected:?} is {found:?} after navigation"));
            }
        }
    }
}
