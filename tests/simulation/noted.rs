//! The world tells the book what it sees, and the rules that can be checked on the spot are.

use super::book::{Said, customer_of};
use super::faults::Fault;
use super::page::Cause;
use super::tab::Life;
use super::world::World;
use bharosa::link::Socket;
use bharosa::link::wire::ServerFrame;
use bharosa::value::Value;
use bharosa::widget::WidgetEvent;
use desk::change::Change;

pub const OUT: &str = "bharosa.out.";
/// Bounds of what waits to be sent.
pub const MOST_WAITING: usize = 200;
const MOST_BYTES: usize = 256 * 1024;
/// Attempts of one tab by itself that may fail within a minute.
const MOST_FAILURES: usize = 12;

impl World {
    pub fn archive(&mut self, changes: Vec<Change>) {
        let epoch = self.server.epoch();
        for change in changes {
            self.trace.line(self.now, || format!("server commits {change:?}"));
            if let Some((rule, how)) = self.book.commit(epoch, change) {
                self.broken(rule, how);
            }
        }
    }

    /// A page writes a message ahead, or takes it back.
    pub fn noted_keep(&mut self, id: u32, key: &str, value: &Option<Value>, done: bool) {
        if !self.book.acted {
            self.broken("S8", format!("{key} is kept before the visitor has asked for anything"));
        }
        let Some(cid) = key.strip_prefix(OUT) else { return };
        let Some(value) = value else {
            let Some(said) = self.book.said.get_mut(cid) else { return };
            said.local = None;
            let fine =
                said.discarded || self.book.committed.contains_key(cid) || said.customer != self.customer;
            // With all else the moment of the logout was wiped: what is said before it is heard of again looks older.
            if !fine && self.faults.was(Fault::Wiped) && self.customer > 0 {
                said.lost = true;
            } else if !fine {
                let text = said.text.clone();
                self.broken("S1", format!("p{id} gives up {text}, which the server does not have"));
            }
            return;
        };
        let Some(text) =
            value.get("frame").and_then(|frame| frame.get("body")).and_then(|body| body.text_at("text"))
        else {
            return;
        };
        let customer = customer_of(text);
        let said = self.book.said.entry(cid.to_string()).or_insert_with(|| Said {
            text: text.to_string(),
            customer,
            promised: false,
            local: None,
            durable: false,
            discarded: false,
            again: false,
            lost: false,
            moved: false,
            page: id,
        });
        // What could not be written when it was said is promised nothing, its place neither.
        said.moved |= said.page != id || value.bool_at("failed") == Some(true) || !done;
        if done {
            said.promised = true;
            said.local = Some(self.now);
            let waiting = self.book.said.values().filter(|said| said.local.is_some()).count();
            let bytes: usize =
                self.book.said.values().filter(|said| said.local.is_some()).map(|said| said.text.len()).sum();
            // A tab that slept, or missed a word, brings back what it had, and what others have said meanwhile is there as well.
            let slept =
                [Fault::Freeze, Fault::Cached, Fault::LosesPost].iter().any(|fault| self.faults.was(*fault));
            if waiting > MOST_WAITING * if slept { 2 } else { 1 } || bytes > MOST_BYTES {
                self.broken("S7", format!("{waiting} messages of {bytes} bytes wait in the storage"));
            }
        }
    }

    pub fn noted_stored(&mut self, key: &str, present: bool) {
        if let Some(said) = key.strip_prefix(OUT).and_then(|cid| self.book.said.get_mut(cid)) {
            said.durable = present;
        }
    }

    /// The browser died; of localStorage only what was written until `cut` is there.
    pub fn noted_kill(&mut self, cut: u64) {
        self.book.may_double = true;
        for said in self.book.said.values_mut() {
            said.local = said.local.filter(|at| *at <= cut);
        }
    }

    pub fn noted_wipe(&mut self) {
        // With all else the session is forgotten that a sleeping tab's words were sent in by another one.
        self.book.may_double = true;
        for said in self.book.said.values_mut() {
            (said.local, said.durable) = (None, false);
            // The tabs no longer know of each other's, so that its place is not kept either.
            said.moved = true;
        }
    }

    /// Whatever was promised and has not arrived is somewhere still, unless the storage lost it by its nature.
    pub fn check_kept(&mut self, when: &str) {
        let mut wrong = None;
        for (cid, said) in &mut self.book.said {
            let settled = said.discarded || said.lost || said.customer != self.customer;
            if !said.promised || settled || self.book.committed.contains_key(cid) {
                continue;
            }
            let key = format!("{OUT}{cid}");
            let waits = |item: &bharosa::chat::outbox::Pending| item.cid == *cid;
            let in_page = |page: &super::page::Page| page.widget.chat().outbox.items().iter().any(waits);
            let pending = self.storage.pending.iter().any(|write| write.key == key && write.value.is_some());
            let there = self.storage.local.contains_key(&key)
                || self.storage.durable.contains_key(&key)
                || pending
                || self.pages.values().any(in_page);
            if there {
                continue;
            }
            if said.local.is_some() || said.durable {
                wrong = Some(format!("{} was kept, and is nowhere after {when}", said.text));
            } else {
                said.lost = true;
            }
        }
        if let Some(how) = wrong {
            self.broken("S1", how);
        }
    }

    pub fn noted_connect(&mut self, id: u32, socket: Socket, cause: &Cause) {
        if !self.book.acted {
            self.broken("S8", format!("p{id} connects before the visitor has asked for anything"));
        }
        if let Some(since) = self.book.sent_away.remove(&id)
            && *cause == Cause::Itself
        {
            self.book.spread.push(self.now - since);
        }
        self.book.trying.insert((id, socket), *cause == Cause::Itself);
        if let Some(since) = self.book.leaderless.take()
            && self.plan.together
        {
            self.book.takeovers.push(self.now - since);
        }
    }

    /// What a page is about to hear of its attempts.
    pub fn noted_event(&mut self, id: u32, event: &WidgetEvent) {
        match event {
            WidgetEvent::Received(socket, ServerFrame::Welcome(_)) => {
                self.book.trying.remove(&(id, *socket));
            }
            WidgetEvent::Closed(socket, code) => {
                self.noted_failure(id, *socket);
                let led = self.locks.holder == Some(id) || !self.plan.together;
                if matches!(code, 1001 | 1012) && led {
                    self.book.sent_away.insert(id, self.now);
                }
            }
            _ => {}
        }
    }

    /// The page gives a connection up: that is a failure of the attempt, unless the page has a reason of its own.
    pub fn noted_end(&mut self, id: u32, socket: Socket, cause: &Cause) {
        if *cause == Cause::Itself {
            self.noted_failure(id, socket);
        } else {
            self.book.trying.remove(&(id, socket));
        }
    }

    fn noted_failure(&mut self, id: u32, socket: Socket) {
        if self.book.trying.remove(&(id, socket)) != Some(true) {
            return;
        }
        let failures = self.book.failures.entry(id).or_default();
        failures.push_back(self.now);
        while failures.front().is_some_and(|at| at + 60_000 <= self.now) {
            failures.pop_front();
        }
        if failures.len() > MOST_FAILURES {
            let count = failures.len();
            self.broken("S7", format!("{count} failed attempts of p{id} within a minute"));
        }
    }

    /// The page that led goes; the others should soon have another.
    pub fn noted_gone(&mut self, id: u32) {
        self.book.trying.retain(|(page, _), _| *page != id);
        self.book.sent_away.remove(&id);
        self.book.failures.remove(&id);
        let spoiled = [Fault::NeverLocked, Fault::Stolen, Fault::RetryAfter, Fault::Drain, Fault::Freeze];
        // The page's answer to who the customer is takes as long as it takes.
        let fair = self.server.is_up() && self.now >= self.net.offline_until && !self.plan.token;
        let others = self.locks.waiting().filter(|page| {
            *page != id && self.pages.get(page).is_some_and(|page| page.life == Life::Awake && page.visible)
        });
        let waiting = others.count() > 0;
        if !waiting {
            self.book.leaderless = None;
        } else if self.locks.holder == Some(id)
            && fair
            && !spoiled.iter().any(|fault| self.faults.was(*fault))
        {
            self.book.leaderless = Some(self.now);
        }
    }

    /// One connection for all tabs, where there are locks.
    pub fn check_sockets(&mut self) {
        if !self.plan.together {
            return;
        }
        let extra = self.net.conns.values().find(|conn| {
            let awake = self.pages.get(&conn.page).is_some_and(|page| page.life == Life::Awake);
            let leads = self.locks.holder == Some(conn.page);
            // A page that no lock is ever granted to goes its own way; one that was robbed hears of it in a moment.
            let excused = self.locks.deaf.contains(&conn.page) || self.locks.robbed.contains(&conn.page);
            conn.held() && awake && !leads && !excused
        });
        if let Some(conn) = extra {
            let (page, holder) = (conn.page, self.locks.holder);
            self.broken("S7", format!("p{page} has a connection and not the lock, which {holder:?} has"));
        }
    }
}
