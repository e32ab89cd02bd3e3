//! When nothing goes wrong any more: all must come to rest, and then every word must be where it belongs.

use super::noted::OUT;
use super::tab::Life;
use super::world::{Happening, Undo, World};
use bharosa::chat::outbox::Delivery;
use bharosa::link::Status;

impl World {
    /// The last fault is over.
    pub fn calm(&mut self) {
        self.trace.line(self.now, || "from here on nothing goes wrong".to_owned());
        self.faults.over = true;
        self.storage.full_until = 0;
        self.net.offline_until = 0;
        self.server.disk.borrow_mut().failing = 0;
        self.unstall();
        self.start_server();
        self.locks.deaf.clear();
        self.queue.push(self.now + 5, Happening::Grant);
        let pages: Vec<u32> = self.pages.keys().copied().collect();
        pages.into_iter().for_each(|page| self.thaw(page));
        // What the tabs tell each other last is under way still.
        self.soon(1_000, 1_000, Happening::Undo(Undo::LookAtAll));
    }

    /// Everything that must hold once a minute has passed in peace.
    pub fn at_rest(&mut self) {
        let pages: Vec<u32> =
            self.pages.iter().filter(|(_, page)| page.life == Life::Awake).map(|(id, _)| *id).collect();
        let mut problems = Vec::new();
        let mut sessions = Vec::new();
        for id in pages {
            let Some(page) = self.pages.get(&id) else { continue };
            let chat = page.widget.chat();
            if chat.status != Status::Ready {
                problems.push(format!("p{id} is {:?}", chat.status));
            }
            if let Some(item) = chat.outbox.items().iter().find(|item| item.state != Delivery::Failed) {
                problems.push(format!("p{id} still holds {:?} {:?}", item.state, item.frame));
            }
            let Some(session) = chat.session().and_then(|secret| self.book.session(secret)) else {
                problems.push(format!("p{id} has no session that the server knows"));
                continue;
            };
            sessions.push(session);
            let end = self.book.logs.get(&session).map_or(0, |log| log.entries.len() as u64);
            if chat.transcript.seq() != end {
                problems.push(format!("p{id} is at {} of {end}", chat.transcript.seq()));
            }
            let first = chat.transcript.entries().first().map_or(u64::MAX, |entry| entry.seq);
            if let Some(gap) = chat.transcript.gaps().iter().find(|gap| !gap.lost && gap.from > first) {
                problems.push(format!("p{id} still misses {gap:?}"));
            }
            if page.customer > self.customer {
                problems.push(format!("p{id} is of a customer to come"));
            }
            let stranger = self.book.said.iter().find(|(cid, said)| {
                said.customer != self.customer
                    && (chat.transcript.has(cid) || chat.outbox.items().iter().any(|item| item.cid == **cid))
            });
            if let Some((_, said)) = stranger {
                problems.push(format!("p{id} still has {}, of a customer who has left", said.text));
            }
        }
        sessions.dedup();
        // Without locks each tab may have begun a session of its own; see `Book::commit`.
        if sessions.len() > 1 && self.plan.together {
            problems.push(format!("the tabs are in different sessions: {sessions:?}"));
        }
        // Without locks, what was said in another session is left to the tab that said it, even if that has gone.
        if self.plan.together {
            problems.extend(self.left_in_storage());
        }
        problems.extend(self.astray());
        problems.extend(self.out_of_order());
        if let Some(problem) = problems.first() {
            let problem = problem.clone();
            problems.iter().for_each(|problem| self.trace.line(self.now, || problem.clone()));
            self.broken("at rest", problem);
        }
    }

    /// What waits in the storage though nothing waits.
    fn left_in_storage(&self) -> Option<String> {
        let stores = [&self.storage.local, &self.storage.durable];
        let keys = stores.iter().flat_map(|store| store.iter()).filter(|(key, _)| key.starts_with(OUT));
        // A tab that closes may have said that it failed in the one storage, and no longer in the other.
        let failed =
            |key: &str| self.storage.local.get(key).is_some_and(|value| value.contains("\"failed\":true"));
        let left = keys.filter(|(key, value)| !failed(key) && !value.contains("\"failed\":true")).map(
            |(key, value)| {
                let short: String = value.chars().take(120).collect();
                format!("{key} is still kept: {short}")
            },
        );
        left.into_iter().next()
    }

    /// S1: every promised message is in the log once, or is shown as failed.
    fn astray(&mut self) -> Option<String> {
        let failed = |cid: &str| {
            self.pages.values().any(|page| {
                page.widget.chat().outbox.items().iter().any(|i| i.cid == cid && i.state == Delivery::Failed)
            })
        };
        let mut tally = self.book.tally;
        let mut wrong = None;
        for (cid, said) in &self.book.said {
            if self.book.is_stored(&said.text) {
                tally.committed += 1;
            } else if self.book.committed.contains_key(cid) {
                tally.lost_with_log += 1;
            } else if said.customer != self.customer || said.discarded {
                // Emptied on logout, or given up by the visitor.
            } else if said.lost || !said.promised {
                tally.lost_by_storage += 1;
            } else if failed(cid) {
                tally.failed += 1;
            } else if !self.plan.together && self.storage.local.contains_key(&format!("{OUT}{cid}")) {
                tally.waiting += 1;
            } else {
                wrong = Some(format!("S1: {} of {cid} is nowhere", said.text));
            }
        }
        self.book.tally = tally;
        wrong
    }

    /// What was said on one page stands in the log in the order of its saying.
    fn out_of_order(&self) -> Option<String> {
        let mut last: std::collections::BTreeMap<u32, (u64, u64, String)> = std::collections::BTreeMap::new();
        let mut all: Vec<_> = self.book.said.iter().filter(|(_, said)| !said.moved).collect();
        all.sort_by_key(|(_, said)| number_of(&said.text));
        for (cid, said) in all {
            let Some((session, seq)) = self.book.committed.get(cid).and_then(|places| places.last()) else {
                continue;
            };
            let here = (session.0 << 32 | session.1, *seq, said.text.clone());
            if let Some(before) = last.get(&said.page)
                && before.0 == here.0
                && before.1 > here.1
            {
                return Some(format!("S3: {} was said before {}, and stands after it", before.2, here.2));
            }
            last.insert(said.page, here);
        }
        None
    }
}

fn number_of(text: &str) -> u64 {
    let digits = text.split('.').nth(1).and_then(|rest| rest.split(' ').next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
