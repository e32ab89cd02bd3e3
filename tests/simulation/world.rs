//! One world: a visitor's browser, a network, a desk and its agents, under one clock that jumps from happening to
//! happening.

use super::book::Book;
use super::dice::Dice;
use super::faults::{FAULTS, Fault, Faults, Kind};
use super::locks::{Channel, Locks};
use super::network::{Network, Way};
use super::page::Page;
use super::plant::Plant;
use super::queue::Queue;
use super::server::Server;
use super::storage::Storage;
use super::tab::Tab;
use super::trace::Trace;
use bharosa::widget::WidgetEvent;
use std::collections::{BTreeMap, BTreeSet};

/// The wall clock when the world begins.
pub const START: u64 = 1_795_305_600_000;
/// Events after which nothing more goes wrong, so that all can come to rest.
const BUSY: u32 = 1_300;
/// Whoever does not come to rest within so many more goes round in circles.
const CIRCLES: u32 = 30_000;
/// Within this time after the last fault everything must be in its place.
pub const REST: u64 = 60_000;

pub struct World {
    pub now: u64,
    /// The client's wall clock against the true one.
    pub skew: i64,
    pub queue: Queue<Happening>,
    pub dice: Dice,
    /// Of the visitor and the agents, so that they do the same whatever the network does.
    pub will: Dice,
    pub plan: Plan,
    pub faults: Faults,
    pub tabs: Vec<Tab>,
    pub pages: BTreeMap<u32, Page>,
    pub pages_made: u32,
    pub storage: Storage,
    pub locks: Locks,
    pub channel: Channel,
    pub net: Network,
    pub server: Server,
    pub book: Book,
    pub trace: Trace,
    pub plant: Option<Plant>,
    pub planted_seen: BTreeSet<String>,
    pub planted_held: Option<String>,
    /// Who is logged in at the bank, counted up by every switch.
    pub customer: u32,
    pub said: u32,
    pub told: u32,
    pub events: u32,
    /// The page that takes in, in one go, what waited for it: its screen is looked at afterwards.
    pub waking: Option<u32>,
    /// The first rule that was broken, and how.
    pub wrong: Option<String>,
}

/// What distinguishes one seed's world besides its faults.
pub struct Plan {
    pub together: bool,
    pub token: bool,
    /// How many entries the desk keeps of each log, if not all.
    pub keeps: Option<u64>,
    pub tabs: usize,
    /// How long things go wrong, in milliseconds.
    pub active: u64,
    /// How far away the server is, from 0 to 3.
    pub distance: usize,
    /// Mean pause between two acts of the visitor, in milliseconds.
    pub pace: u64,
    /// Whether the visitor once says more than can be kept, and an agent more than is replayed.
    pub hoards: bool,
    pub lectures: bool,
}

// They live in a queue for moments: a box for each event would be work without use.
#[allow(clippy::large_enum_variant)]
#[derive(Debug)]
pub enum Happening {
    Page(u32, WidgetEvent),
    Timer(u32, u64),
    Lane(u64, Way),
    ServerTick(u64),
    Stored,
    Find(u32),
    Grant,
    Visitor,
    Agent,
    Strike(Fault),
    Undo(Undo),
}

/// The end of something that was done.
#[derive(Debug)]
pub enum Undo {
    ServerUp,
    Thaw(u32),
    Show(u32),
    Back(usize),
    Online,
    Load(usize),
    /// The visitor, when nothing goes wrong any more, goes through all tabs.
    LookAtAll,
}

impl World {
    pub fn new(seed: u64, only: u64, plant: Option<Plant>, told: bool) -> World {
        let faults = Faults::new(seed, only);
        let mut will = Dice::new(seed ^ 0x1111);
        let together = !faults.has(Fault::Alone);
        let long = faults.has(Fault::LongHidden);
        let distance = will.below(4);
        let plan = Plan {
            together,
            token: [Fault::TokenExpiry, Fault::TokenSlow, Fault::TokenFails]
                .iter()
                .any(|fault| faults.has(*fault))
                || will.one_in(3),
            keeps: faults.has(Fault::Trim).then(|| 2 + will.next() % 12),
            tabs: 1 + will.below(4),
            active: if long { 800_000 } else { 60_000 + will.next() % 300_000 },
            distance,
            pace: *will.pick(&[1_500, 4_000, 10_000]),
            // Two hundred messages, one after the other, take their time: over a long way more than the minute of rest.
            hoards: distance < 2 && will.one_in(25),
            lectures: will.one_in(50),
        };
        let mut world = World {
            now: 0,
            skew: 0,
            queue: Queue::new(),
            dice: Dice::new(seed),
            will,
            plan,
            faults,
            tabs: Vec::new(),
            pages: BTreeMap::new(),
            pages_made: 0,
            storage: Storage::default(),
            locks: Locks::default(),
            channel: Channel::default(),
            net: Network::default(),
            server: Server::new(seed),
            book: Book::new(!together),
            trace: Trace::new(told),
            plant,
            planted_seen: BTreeSet::new(),
            planted_held: None,
            customer: 0,
            said: 0,
            told: 0,
            events: 0,
            waking: None,
            wrong: None,
        };
        if !together {
            world.faults.struck(Fault::Alone);
        }
        if world.faults.has(Fault::Throws) {
            world.storage.denied = true;
            world.faults.struck(Fault::Throws);
        }
        world
    }

    /// Lives the seed through: things go wrong, then nothing does any more, and all must come to rest.
    pub fn live(&mut self) {
        self.server.disk.borrow_mut().failing = self.faults.rate_of(Fault::CommitFails);
        self.planted_disk();
        self.start_server();
        for _ in 0..self.plan.tabs {
            self.new_tab(None);
        }
        for &(fault, _, kind) in FAULTS {
            if kind == Kind::Moment && self.faults.has(fault) {
                let at = self.faults.pause(fault) % self.plan.active;
                self.queue.push(at, Happening::Strike(fault));
            }
        }
        self.queue.push(200, Happening::Visitor);
        self.queue.push(700, Happening::Agent);
        self.run(self.plan.active, BUSY);
        self.calm();
        // The desk serves so many frames and no more: who has much to say needs longer.
        let items = self.pages.values().flat_map(|page| page.widget.chat().outbox.items());
        let held: BTreeSet<&str> = items.map(|item| item.cid.as_str()).collect();
        let end = self.now + REST + 400 * self.book.waiting().max(held.len()) as u64;
        self.run(end, CIRCLES);
        if self.events >= CIRCLES {
            self.broken("at rest", format!("{CIRCLES} events, and no end"));
        }
        self.now = end;
        if self.wrong.is_none() {
            self.at_rest();
        }
    }

    fn run(&mut self, until: u64, events: u32) {
        while self.wrong.is_none() && self.events < events {
            let Some((at, happening)) = self.queue.pop(until) else {
                self.now = until;
                return;
            };
            self.now = self.now.max(at);
            self.events += 1;
            self.happen(happening);
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Page(page, event) => self.send(page, event),
            Happening::Timer(page, number) => self.timer(page, number),
            Happening::Lane(conn, way) => self.flow(conn, way),
            Happening::ServerTick(at) => self.server_tick(at),
            Happening::Stored => self.stored(),
            Happening::Find(page) => self.find_durable(page),
            Happening::Grant => self.grant(),
            Happening::Visitor => self.visitor_acts(),
            Happening::Agent => self.agent_acts(),
            Happening::Strike(fault) => self.strike(fault),
            Happening::Undo(undo) => self.undo(undo),
        }
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.dice.next() % (high - low + 1)
    }

    pub fn soon(&mut self, low: u64, high: u64, happening: Happening) {
        let at = self.now + self.between(low, high);
        self.queue.push(at, happening);
    }

    /// A rule is broken. The first one tells most.
    pub fn broken(&mut self, rule: &str, how: String) {
        self.trace.line(self.now, || format!("BROKEN {rule}: {how}"));
        if self.wrong.is_none() {
            self.wrong = Some(format!("{rule}: {how}"));
        }
    }
}
