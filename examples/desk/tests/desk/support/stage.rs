//! A desk without clock, network or disk. Everything it says to visitors is held against the
//! protocol's document on the way.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use desk::change::Change;
use desk::{Desk, Door, Effect, Event, Failure, Frame, Ids, Saved, Settings, Socket, Store};
use serde_json::{Value, json};

use super::schema;
use super::short::short;

pub const TOKEN: &str = "the-token";
pub const START: u64 = 1_795_305_600_000;
/// What visitors' tokens are proved with, where a desk wants them.
pub const SECRET: &str = "a secret of the test's bank";

/// What a test can see and break of the store.
#[derive(Debug, Default)]
pub struct Disk {
    pub changes: Vec<Change>,
    pub broken: bool,
}

pub struct Memory(Rc<RefCell<Disk>>);

impl Store for Memory {
    fn commit(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let mut disk = self.0.borrow_mut();
        if disk.broken {
            return Err(Failure("the disk is broken".to_owned()));
        }
        disk.changes.extend_from_slice(changes);
        Ok(())
    }
}

pub struct Counter(pub u128);

impl Ids for Counter {
    fn draw(&mut self) -> Result<u128, Failure> {
        self.0 += 1;
        Ok(self.0)
    }
}

pub struct Stage {
    pub now: u64,
    pub disk: Rc<RefCell<Disk>>,
    pub desk: Desk<Memory, Counter>,
    pub reports: Vec<String>,
    settings: Settings,
    heard: BTreeMap<Socket, Vec<Value>>,
    standings: BTreeMap<Socket, Vec<Value>>,
    closed: BTreeMap<Socket, u16>,
    next: Socket,
}

impl Stage {
    pub fn new() -> Self {
        Self::with(|_| ())
    }

    /// A desk that is set up in another way.
    pub fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let disk = Rc::<RefCell<Disk>>::default();
        let mut settings = settings();
        change(&mut settings);
        Self {
            now: START,
            desk: open(&disk, 0, &settings),
            disk,
            reports: Vec::new(),
            settings,
            heard: BTreeMap::new(),
            standings: BTreeMap::new(),
            closed: BTreeMap::new(),
            next: 1,
        }
    }

    /// The desk is gone at once, and a new one opens on what was committed.
    pub fn restart(&mut self) {
        self.restart_with(|_| ());
    }

    /// The same, and the new one is set up in another way.
    pub fn restart_with(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.desk = open(&self.disk, u128::from(self.next) << 32, &self.settings);
        self.heard.clear();
    }

    pub fn open(&mut self, door: Door) -> Socket {
        let socket = self.next;
        self.next += 1;
        self.event(Event::Opened { socket, door });
        socket
    }

    pub fn close(&mut self, socket: Socket) {
        self.event(Event::Closed { socket });
    }

    /// A newcomer, after the greeting.
    pub fn visitor(&mut self) -> Socket {
        let visitor = self.open(Door::Visitor);
        self.tell(visitor, json!({"type": "hello", "version": 1, "locale": "en"}));
        self.hear(visitor);
        visitor
    }

    /// Somebody who says hello with these fields besides, and has not listened yet.
    pub fn hello(&mut self, more: Value) -> Socket {
        let visitor = self.open(Door::Visitor);
        let mut hello = json!({"type": "hello", "version": 1});
        for (name, value) in more.as_object().expect("fields") {
            hello[name] = value.clone();
        }
        self.tell(visitor, hello);
        visitor
    }

    /// A newcomer who has routed to the queue, `r` being the cid.
    pub fn waiting(&mut self, queue: &str) -> Socket {
        let visitor = self.visitor();
        self.route(visitor, "r", queue);
        self.hear(visitor);
        visitor
    }

    /// An agent, after the greeting.
    pub fn agent(&mut self, name: &str, queues: &[&str]) -> Socket {
        let agent = self.open(Door::Agent);
        self.tell(agent, json!({"type": "sign_in", "token": TOKEN, "name": name, "role": "Officer", "queues": queues, "skills": []}));
        self.hear(agent);
        agent
    }

    /// A visitor and the agent who has accepted them, both with nothing unheard.
    pub fn talk(&mut self) -> (Socket, Socket) {
        let (visitor, agent) = (self.waiting("loans"), self.agent("Sana", &["loans"]));
        self.tell(agent, json!({"type": "accept", "conversation": "c-1"}));
        self.hear(visitor);
        self.hear(agent);
        (visitor, agent)
    }

    pub fn route(&mut self, visitor: Socket, cid: &str, queue: &str) {
        self.tell(visitor, json!({"type": "route", "cid": cid, "queue": queue}));
    }

    pub fn says(&mut self, visitor: Socket, cid: &str, text: &str) {
        self.tell(visitor, json!({"type": "message", "cid": cid, "body": {"kind": "text", "text": text}}));
    }

    pub fn answers(&mut self, agent: Socket, cid: &str, text: &str) {
        self.tell(agent, json!({"type": "message", "conversation": "c-1", "cid": cid, "text": text}));
    }

    pub fn accept(&mut self, agent: Socket, conversation: &str) {
        self.tell(agent, json!({"type": "accept", "conversation": conversation}));
    }

    pub fn tell(&mut self, socket: Socket, frame: Value) {
        self.tell_text(socket, &frame.to_string());
    }

    pub fn tell_text(&mut self, socket: Socket, text: &str) {
        self.event(Event::Frame { socket, text: text.to_owned() });
    }

    pub fn wait(&mut self, ms: u64) {
        self.now += ms;
        if self.desk.next_wake().is_some_and(|wake| wake <= self.now) {
            self.event(Event::Tick);
        }
    }

    pub fn event(&mut self, event: Event) {
        for effect in self.desk.handle(self.now, event) {
            match effect {
                Effect::Send { socket, frame } => {
                    let value = serde_json::to_value(&frame).expect("a frame is JSON");
                    if let Frame::Visitor(_) = frame {
                        schema::check_sent(&value);
                    }
                    // How the queues stand is told to everybody all the time: kept apart, it is in no story's way.
                    let apart = value["type"] == "availability";
                    let kept = if apart { &mut self.standings } else { &mut self.heard };
                    kept.entry(socket).or_default().push(value);
                }
                Effect::Close { socket, code, .. } => {
                    self.closed.insert(socket, code);
                }
                Effect::Report(message) => self.reports.push(message),
            }
        }
    }

    /// What has come since it was last asked.
    pub fn frames(&mut self, socket: Socket) -> Vec<Value> {
        self.heard.remove(&socket).unwrap_or_default()
    }

    pub fn hear(&mut self, socket: Socket) -> Vec<String> {
        self.frames(socket).iter().map(short).collect()
    }

    /// How the queues stand, as far as it has come since it was last asked: `loans open 1 waiting 0`.
    pub fn standings(&mut self, socket: Socket) -> Vec<String> {
        let standings = self.standings.remove(&socket).unwrap_or_default();
        let line = |frame: &Value| {
            let open = if frame["open"] == true { "open" } else { "closed" };
            let queue = frame["queue"].as_str().expect("a queue");
            format!("{queue} {open} {} waiting {}", frame["available"], frame["length"])
        };
        standings.iter().map(line).collect()
    }

    /// The newest board an agent got.
    pub fn board(&mut self, agent: Socket) -> Value {
        let mut boards = self.frames(agent).into_iter().filter(|frame| frame["type"] == "board");
        boards.next_back().expect("a board")
    }

    /// What the first visitor's tabs resume with.
    pub fn session_secret(&self) -> String {
        self.desk.state().sessions.values().next().expect("a session").secret.clone()
    }

    /// What the first agent signs in again with.
    pub fn agent_secret(&self) -> String {
        self.desk.state().agents.values().next().expect("an agent").secret.clone()
    }

    pub fn closed(&self, socket: Socket) -> Option<u16> {
        self.closed.get(&socket).copied()
    }
}

fn settings() -> Settings {
    let queues = ["cards", "general", "loans", "mortgages"];
    Settings {
        token: TOKEN.to_owned(),
        queues: queues.iter().map(|id| (id.to_string(), id.to_uppercase())).collect(),
        ..Settings::default()
    }
}

fn open(disk: &Rc<RefCell<Disk>>, first_id: u128, settings: &Settings) -> Desk<Memory, Counter> {
    let saved = Saved { epoch: "d-1".to_owned(), changes: disk.borrow().changes.clone() };
    Desk::open(saved, settings.clone(), Memory(Rc::clone(disk)), Counter(first_id))
}
