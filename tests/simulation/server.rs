//! The real desk on a disk of its own, with what a power cut, a full disk or an operator can do to it.

use super::dice::Dice;
use super::faults::Fault;
use super::network::{Packet, Way};
use super::plant::Plant;
use super::world::{Happening, START, Undo, World};
use desk::change::Change;
use desk::frame::ServerFrame;
use desk::{Desk, Door, Effect, Event, Failure, Frame, Ids, Saved, Settings, Store};
use std::cell::RefCell;
use std::rc::Rc;

pub const TOKEN: &str = "the-agents-token";
/// Sockets of agents are numbered from here, those of visitors from 1.
pub const AGENTS: u64 = 1 << 40;
/// With which the bank signs what its customers show.
const SECRET: &str = "the bank's secret";
const QUEUES: [&str; 3] = ["general", "loans", "cards"];

/// What the store keeps, and what went wrong in it.
pub struct Disk {
    pub changes: Vec<Change>,
    /// Committed since the world looked last.
    pub fresh: Vec<Change>,
    pub epoch: u64,
    pub failing: u16,
    pub failed: bool,
    pub forgets: bool,
    dice: Dice,
}

pub struct Memory(Rc<RefCell<Disk>>);

impl Store for Memory {
    fn commit(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let mut disk = self.0.borrow_mut();
        if disk.failing > 0 && disk.dice.below(1000) < usize::from(disk.failing) {
            disk.failed = true;
            return Err(Failure("the disk is full".to_owned()));
        }
        disk.fresh.extend_from_slice(changes);
        if !disk.forgets {
            disk.changes.extend_from_slice(changes);
        }
        Ok(())
    }
}

pub struct Secrets(Dice);

impl Ids for Secrets {
    fn draw(&mut self) -> Result<u128, Failure> {
        Ok(u128::from(self.0.next()) << 64 | u128::from(self.0.next()))
    }
}

pub struct Server {
    pub desk: Option<Desk<Memory, Secrets>>,
    pub disk: Rc<RefCell<Disk>>,
    wake: Option<u64>,
    started: u64,
    seed: u64,
}

impl Server {
    pub fn new(seed: u64) -> Server {
        let disk = Disk {
            changes: Vec::new(),
            fresh: Vec::new(),
            epoch: 1,
            failing: 0,
            failed: false,
            forgets: false,
            dice: Dice::new(seed ^ 0xd15c),
        };
        Server { desk: None, disk: Rc::new(RefCell::new(disk)), wake: None, started: 0, seed }
    }

    pub fn is_up(&self) -> bool {
        self.desk.is_some()
    }

    /// What the bank's login gives a customer until `expires`, in seconds since 1970.
    pub fn token_for(&self, customer: u32, expires: u64) -> String {
        desk::token::token(SECRET, &format!("c{customer}"), expires)
    }

    pub fn epoch(&self) -> u64 {
        self.disk.borrow().epoch
    }
}

impl World {
    pub fn start_server(&mut self) {
        if self.server.is_up() {
            return;
        }
        self.server.started += 1;
        let queues = QUEUES.iter().map(|id| (id.to_string(), id.to_uppercase())).collect();
        let settings = Settings {
            token: TOKEN.to_owned(),
            queues,
            keep_entries: self.plan.keeps,
            visitor_secret: self.plan.token.then(|| SECRET.to_owned()),
        };
        let disk = self.server.disk.borrow();
        let saved = Saved { epoch: format!("e{}", disk.epoch), changes: disk.changes.clone() };
        let ids = Secrets(Dice::new(self.server.seed ^ self.server.started << 32));
        let memory = Memory(Rc::clone(&self.server.disk));
        drop(disk);
        self.server.desk = Some(Desk::open(saved, settings, memory, ids));
        self.server.wake = None;
        self.trace.line(self.now, || "the server is up".to_owned());
        self.seat_agents();
    }

    /// The desk handles an event, and its frames go on their way.
    pub fn serve(&mut self, event: Event) {
        let now = START + self.now;
        let Some(desk) = &mut self.server.desk else { return };
        let effects = desk.handle(now, event);
        let wake = desk.next_wake();
        if wake != self.server.wake {
            self.server.wake = wake;
            if let Some(at) = wake {
                self.queue.push(at.saturating_sub(START).max(self.now + 1), Happening::ServerTick(at));
            }
        }
        let (fresh, failed) = {
            let mut disk = self.server.disk.borrow_mut();
            (std::mem::take(&mut disk.fresh), std::mem::take(&mut disk.failed))
        };
        if failed {
            self.faults.struck(Fault::CommitFails);
        }
        if fresh.iter().any(|change| matches!(change, Change::Trim { .. })) {
            self.faults.struck(Fault::Trim);
        }
        let said = fresh.iter().any(|change| matches!(change, Change::Entry { .. }));
        self.archive(fresh);
        if said && self.faults.strikes(Fault::AckLost) {
            self.trace.line(self.now, || "the server dies between commit and answer".to_owned());
            let down = self.between(20, 4_000);
            self.kill_server(down);
            return;
        }
        let effects = self.swapped(effects);
        for effect in effects {
            match effect {
                Effect::Send { frame: Frame::Agent(_), .. } | Effect::Report(_) => {}
                Effect::Send { socket, frame: Frame::Visitor(frame) } => {
                    let text = serde_json::to_string(&frame).expect("a frame is JSON");
                    let entry = matches!(frame, ServerFrame::Entry(_));
                    if entry && self.faults.strikes(Fault::Twice) {
                        self.push(socket, Way::Down, Packet::Text(text.clone()));
                    }
                    self.push(socket, Way::Down, Packet::Text(text));
                }
                Effect::Close { socket, code, .. } => {
                    if let Some(conn) = self.net.conns.get_mut(&socket) {
                        conn.at_server = false;
                    }
                    if code == 4401 {
                        self.faults.struck(Fault::TokenExpiry);
                    }
                    self.push(socket, Way::Down, Packet::Close(code));
                }
            }
        }
    }

    /// Two entries of a replay change places.
    fn swapped(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        let sent = |effect: &Effect| match effect {
            Effect::Send { socket, frame: Frame::Visitor(frame) } => Some((*socket, frame.clone())),
            _ => None,
        };
        let Some((greeted, _)) =
            effects.iter().filter_map(sent).find(|(_, frame)| matches!(frame, ServerFrame::Welcome(_)))
        else {
            return effects;
        };
        let entries: Vec<usize> = (0..effects.len())
            .filter(|index| {
                matches!(sent(&effects[*index]), Some((socket, ServerFrame::Entry(_))) if socket == greeted)
            })
            .collect();
        if entries.len() > 1 && self.faults.strikes(Fault::Swapped) {
            let at = self.dice.below(entries.len() - 1);
            effects.swap(entries[at], entries[at + 1]);
        }
        effects
    }

    /// What stands before the desk: it may find a client too fast.
    pub fn server_hears(&mut self, socket: u64, text: String) {
        let cid = bharosa::json::parse(&text).ok().and_then(|frame| frame.text_at("cid").map(str::to_owned));
        if let Some(cid) = cid
            && self.faults.strikes(Fault::Rate)
        {
            let wait = self.between(100, 4_000);
            let refusal = serde_json::json!({"type": "error", "code": "rate", "message": "slower, please",
                "cid": cid, "retry_after_ms": wait});
            self.push(socket, Way::Down, Packet::Text(refusal.to_string()));
            return;
        }
        self.serve(Event::Frame { socket, text });
    }

    pub fn server_tick(&mut self, at: u64) {
        if self.server.wake == Some(at) {
            self.server.wake = None;
            self.serve(Event::Tick);
        }
    }

    /// The process is gone; every connection is reset.
    pub fn kill_server(&mut self, down: u64) {
        self.server.desk = None;
        self.cut_all();
        self.queue.push(self.now + down, Happening::Undo(Undo::ServerUp));
    }

    pub fn drain_server(&mut self, down: u64) {
        self.serve(Event::Stop);
        self.server.desk = None;
        self.queue.push(self.now + down, Happening::Undo(Undo::ServerUp));
    }

    pub fn lose_log(&mut self) {
        let mut disk = self.server.disk.borrow_mut();
        disk.changes.clear();
        disk.epoch += 1;
        drop(disk);
        self.book.log_lost();
    }

    pub fn planted_disk(&mut self) {
        self.server.disk.borrow_mut().forgets = self.plant == Some(Plant::AckBeforePersist);
    }

    fn cut_all(&mut self) {
        let all: Vec<u64> =
            self.net.conns.iter().filter(|(_, conn)| conn.at_server).map(|(id, _)| *id).collect();
        for id in all {
            if let Some(conn) = self.net.conns.get_mut(&id) {
                conn.at_server = false;
            }
            self.reset(id);
        }
    }

    fn seat_agents(&mut self) {
        let known: Vec<String> = match &self.server.desk {
            Some(desk) => desk.state().agents.values().map(|agent| agent.secret.clone()).collect(),
            None => return,
        };
        for (index, name) in ["Sana", "Bilal"].iter().enumerate() {
            let socket = AGENTS + index as u64;
            self.serve(Event::Opened { socket, door: Door::Agent });
            let hello = match known.get(index) {
                Some(secret) => serde_json::json!({"type": "sign_in", "secret": secret}),
                None => {
                    serde_json::json!({"type": "sign_in", "token": TOKEN, "name": name, "role": "Officer",
                    "queues": QUEUES, "skills": []})
                }
            };
            self.serve(Event::Frame { socket, text: hello.to_string() });
        }
    }
}
