//! A connection driven by a script on a fake clock: `0s want | 0s open | 0s welcome | 9s wait`.
//!
//! Attempts are numbered 1, 2, 3 … here, whatever numbers the machine gives them.
#![allow(dead_code)]

use bharosa::link::wire::{ClientFrame, Conversation, Entry, ServerFrame, Welcome, What};
use bharosa::link::{Link, LinkEffect, LinkEvent, Socket, Status};
use bharosa::time::{Millis, Moment};

pub struct Line {
    link: Link,
    pub now: Millis,
    dice: Box<dyn FnMut() -> u64>,
    sockets: Vec<Socket>,
    pub connects: Vec<Millis>,
    pub statuses: Vec<Status>,
    pub warnings: Vec<String>,
    log: Vec<String>,
    pub ticks: usize,
}

impl Line {
    pub fn new(dice: impl FnMut() -> u64 + 'static) -> Line {
        Line {
            link: Link::default(),
            now: 0,
            dice: Box::new(dice),
            sockets: Vec::new(),
            connects: Vec::new(),
            statuses: Vec::new(),
            warnings: Vec::new(),
            log: Vec::new(),
            ticks: 0,
        }
    }

    /// Runs the steps and returns what the machine asked for, each with its time in seconds.
    pub fn run(&mut self, script: &str) -> String {
        for step in script.split('|').map(str::trim) {
            let (time, action) = step.split_once(' ').expect("a step is a time and an action");
            let seconds: f64 = time.trim_end_matches('s').parse().expect("a time like 40s");
            self.until((seconds * 1000.0).round() as Millis);
            if action != "wait" {
                let event = self.event(action);
                self.send(event);
            }
        }
        std::mem::take(&mut self.log).join(" | ")
    }

    /// Delivers what is due until then, as a shell's timer would.
    pub fn until(&mut self, at: Millis) {
        while let Some(due) = self.link.wake().filter(|due| *due <= at) {
            self.now = self.now.max(due);
            self.ticks += 1;
            assert!(self.ticks < 10_000, "the connection wakes for ever");
            self.send(LinkEvent::Tick);
        }
        self.now = at;
    }

    pub fn asleep(&self) -> bool {
        self.link.wake().is_none()
    }

    /// `open 1` speaks of the first attempt, `open` of the latest.
    fn event(&self, action: &str) -> LinkEvent {
        let (verb, argument) = action.split_once(' ').unwrap_or((action, ""));
        let mut words = argument.split(' ').filter_map(|word| word.parse::<u64>().ok());
        let mut number = || words.next();
        match verb {
            "want" => LinkEvent::Want(true),
            "unwant" => LinkEvent::Want(false),
            "open" => LinkEvent::Opened(self.socket(number())),
            "welcome" => LinkEvent::Received(self.socket(number()), welcome()),
            "hear" => LinkEvent::Received(self.socket(number()), ServerFrame::Typing(true)),
            "entry" => {
                let what = What::End { by: "agent".into() };
                let entry = Entry { seq: 1, ts: 0, cid: None, what };
                LinkEvent::Received(self.socket(number()), ServerFrame::Entry(entry))
            }
            "ack" => {
                let frame = ServerFrame::Ack { cid: "c".into(), seq: 1, ts: 0 };
                LinkEvent::Received(self.socket(number()), frame)
            }
            "pong" => LinkEvent::Received(self.socket(None), ServerFrame::Pong { id: 1, seq: None }),
            "asked" => LinkEvent::Received(self.socket(None), ServerFrame::Ping(7)),
            "later" => LinkEvent::Received(
                self.socket(None),
                ServerFrame::Error {
                    code: "rate".into(),
                    message: String::new(),
                    cid: None,
                    retry_after_ms: number(),
                },
            ),
            "lost" => {
                let code = number().unwrap_or(1006);
                LinkEvent::Closed(self.socket(number()), code as u16)
            }
            "renew" => LinkEvent::Renew,
            "restart" => LinkEvent::Restart,
            "online" => LinkEvent::Online,
            "show" => LinkEvent::Visible(true),
            "hide" => LinkEvent::Visible(false),
            "leave" => LinkEvent::Leaving,
            "back" => LinkEvent::Back,
            "say" => LinkEvent::Send(ClientFrame::Typing(true)),
            "hello" => {
                let locale = String::new();
                LinkEvent::Send(ClientFrame::Hello { session: None, resume: None, locale, token: None })
            }
            "awaiting" => LinkEvent::Awaiting(true),
            "acknowledged" => LinkEvent::Awaiting(false),
            other => panic!("no such step: {other}"),
        }
    }

    pub fn send(&mut self, event: LinkEvent) {
        let dice = (self.dice)();
        for effect in self.link.handle(Moment { mono: self.now, wall: self.now, dice }, event) {
            let what = match effect {
                LinkEffect::Connect(socket) => {
                    assert!(!self.sockets.contains(&socket), "a number is used twice");
                    self.sockets.push(socket);
                    self.connects.push(self.now);
                    format!("connect {}", self.sockets.len())
                }
                LinkEffect::Close(socket) => format!("close {}", self.ordinal(socket)),
                LinkEffect::Transmit(socket, ClientFrame::Ping(_)) => {
                    format!("ping {}", self.ordinal(socket))
                }
                LinkEffect::Transmit(socket, ClientFrame::Pong(id)) => {
                    format!("pong {id} on {}", self.ordinal(socket))
                }
                LinkEffect::Transmit(socket, frame) => {
                    let kind = if matches!(frame, ClientFrame::Hello { .. }) { "hello" } else { "said" };
                    format!("{kind} {}", self.ordinal(socket))
                }
                LinkEffect::Greet => "greet".to_string(),
                LinkEffect::Deliver(ServerFrame::Typing(_)) => "heard".to_string(),
                LinkEffect::Deliver(ServerFrame::Entry(_)) => "heard".to_string(),
                LinkEffect::Deliver(_) => continue,
                LinkEffect::Warn(text) => {
                    self.warnings.push(text);
                    continue;
                }
                LinkEffect::Status(status) => {
                    self.statuses.push(status);
                    if status != Status::Ready {
                        continue;
                    }
                    "ready".to_string()
                }
            };
            self.log.push(format!("{} {what}", self.now as f64 / 1000.0));
        }
    }

    /// The machine's number of the attempt, the latest when none is named.
    pub fn socket(&self, ordinal: Option<u64>) -> Socket {
        let index = ordinal.map_or(self.sockets.len(), |nth| nth as usize) - 1;
        self.sockets[index]
    }

    fn ordinal(&self, socket: Socket) -> usize {
        1 + self.sockets.iter().position(|known| *known == socket).expect("a socket that was asked for")
    }
}

fn welcome() -> ServerFrame {
    ServerFrame::Welcome(Welcome {
        session: "v-1".into(),
        epoch: "d-1".into(),
        seq: 0,
        reset: false,
        gap: None,
        conversation: Conversation::default(),
    })
}
