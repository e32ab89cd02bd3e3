//! The panel's machine against [`Server`], driven by a script: `open | say Hello | accept | reply Hi`.
#![allow(dead_code)]

use super::dice::Dice;
use super::server::{Mood, Server};
use bharosa::chat::{ChatEvent, Settings};
use bharosa::link::Socket;
use bharosa::link::wire::{ClientFrame, Person, Sender, ServerFrame, What};
use bharosa::offer::{ChatFact, ContextLine, Offer, Request};
use bharosa::time::Moment;
use bharosa::value::Value;
use bharosa::view::{Bubble, Line, Mark, Presence, Row, View};
use bharosa::widget::{Widget, WidgetEffect, WidgetEvent};
use std::collections::VecDeque;

pub struct Stage {
    pub widget: Widget,
    pub server: Server,
    pub saved: Option<Value>,
    pub warnings: Vec<String>,
    pub availability: Vec<Value>,
    now: u64,
    wake: Option<u64>,
    dice: Dice,
    socket: Option<Socket>,
    /// Whether the network lets connections through.
    up: bool,
    inbox: VecDeque<WidgetEvent>,
    /// Frames to the widget are kept here instead while it is `Some`.
    held: Option<Vec<WidgetEvent>>,
    sent: Vec<String>,
    facts: Vec<String>,
}

impl Stage {
    pub fn new() -> Stage {
        let settings = Settings {
            queue: "general".into(),
            queues: vec![("general".into(), "Service".into()), ("loans".into(), "Loans".into())],
            locale: "en".into(),
            ..Settings::default()
        };
        let mut stage = Stage {
            widget: Widget::new(settings),
            server: Server::new(),
            saved: None,
            warnings: Vec::new(),
            availability: Vec::new(),
            now: 0,
            wake: None,
            dice: Dice::new(7),
            socket: None,
            up: true,
            inbox: VecDeque::new(),
            held: None,
            sent: Vec::new(),
            facts: Vec::new(),
        };
        // Nothing survived a crash, which is known at once.
        stage.send(WidgetEvent::Found(Vec::new()));
        stage
    }

    /// Runs the steps and returns what the server was sent meanwhile.
    pub fn run(&mut self, script: &str) -> String {
        for step in script.split('|').map(str::trim) {
            let (verb, argument) = step.split_once(' ').unwrap_or((step, ""));
            self.step(verb, argument);
        }
        std::mem::take(&mut self.sent).join(" | ")
    }

    /// Another page of the same tab, which gets what was saved.
    pub fn next_page(mut self, narrow: bool) -> Stage {
        self.run("leave");
        let (server, now, up) = (self.server, self.now, self.up);
        let mut next = Stage { server, now, up, dice: Dice::new(now + 1), ..Stage::new() };
        if let Some(saved) = self.saved {
            next.chat(ChatEvent::Restored { saved, narrow });
        }
        next
    }

    fn step(&mut self, verb: &str, argument: &str) {
        let text = argument.to_string();
        match verb {
            // The visitor.
            "open" => self.offer(Offer::Open { by_visitor: true }),
            "rule-open" => self.offer(Offer::Open { by_visitor: false }),
            "resume" => self.offer(Offer::Resume),
            "route" => self.offer(Offer::Route(Box::new(request(argument, true)))),
            "ask" => self.offer(Offer::Route(Box::new(request(argument, false)))),
            "agree" => self.chat(ChatEvent::Agree(true)),
            "refuse" => self.chat(ChatEvent::Agree(false)),
            "close" => self.chat(ChatEvent::Close),
            "type" => self.chat(ChatEvent::Draft(text)),
            "send" => self.chat(ChatEvent::Send),
            "say" => {
                self.chat(ChatEvent::Draft(text));
                self.chat(ChatEvent::Send);
            }
            "retry" => self.chat(ChatEvent::Retry(self.failed())),
            "discard" => self.chat(ChatEvent::Discard(self.failed())),
            "ask-end" => self.chat(ChatEvent::AskEnd(true)),
            "end" => self.chat(ChatEvent::End),
            "hide" => self.send(WidgetEvent::Visible(false)),
            "show" => self.send(WidgetEvent::Visible(true)),
            "leave" => self.send(WidgetEvent::Leaving),
            "back" => self.send(WidgetEvent::Back),
            "wait" => self.wait(argument.parse().expect("seconds")),
            // The network.
            "down" => self.up = false,
            "up" => self.up = true,
            "cut" => {
                let socket = self.socket.take().expect("a connection to cut");
                self.held = self.held.take().map(|_| Vec::new());
                self.send(WidgetEvent::Closed(socket, 1006));
            }
            "hold" => self.held = Some(Vec::new()),
            "release" => self.release(|_| {}),
            "release-backwards" => self.release(|held| held.reverse()),
            "release-twice" => self.release(|held| held.extend(held.clone())),
            "release-without-first" => self.release(|held| drop(held.remove(0))),
            "trickle" => {
                let held = self.held.as_mut().expect("frames are held");
                let older = held.len().saturating_sub(2);
                self.inbox.extend(held.drain(..older));
                self.drain();
            }
            // The bank.
            "mood" => self.server.mood = mood(argument),
            "forget" => self.server.forget(),
            "accept" => self.append(What::Agent(person(argument))),
            "reply" => self.append(What::Message { from: Sender::Agent(person("Sana")), text }),
            "announce" => self.append(What::Message { from: Sender::System, text }),
            "to-queue" => self.append(What::Transfer { queue: Some(text), agent: None }),
            "to-agent" => self.append(What::Transfer { queue: None, agent: Some(person(argument)) }),
            "finish" => self.append(What::End { by: "agent".into() }),
            "seen" => self.push(ServerFrame::Read(argument.parse().expect("a position"))),
            "place" => self.push(ServerFrame::Queue {
                queue: "loans".into(),
                position: argument.parse().expect("a position"),
                wait_s: None,
            }),
            "writes" => self.push(ServerFrame::Typing(true)),
            "stops" => self.push(ServerFrame::Typing(false)),
            other => panic!("no such step: {other}"),
        }
    }

    pub fn chat(&mut self, event: ChatEvent) {
        self.send(WidgetEvent::Chat(event));
    }

    fn offer(&mut self, offer: Offer) {
        self.chat(ChatEvent::Offer { offer, because: vec!["You read for long.".into()] });
    }

    fn append(&mut self, what: What) {
        let entry = self.server.append(None, what);
        self.push(ServerFrame::Entry(entry));
    }

    /// Sends a frame to the widget, if it is connected.
    pub fn push(&mut self, frame: ServerFrame) {
        self.queue(vec![frame]);
        self.drain();
    }

    fn queue(&mut self, frames: Vec<ServerFrame>) {
        let Some(socket) = self.socket else { return };
        let events = frames.into_iter().map(|frame| WidgetEvent::Received(socket, frame));
        match &mut self.held {
            Some(held) => held.extend(events),
            None => self.inbox.extend(events),
        }
    }

    fn release(&mut self, change: impl FnOnce(&mut Vec<WidgetEvent>)) {
        let mut held = self.held.take().expect("frames were held");
        change(&mut held);
        self.inbox.extend(held);
        self.drain();
    }

    pub fn send(&mut self, event: WidgetEvent) {
        self.inbox.push_back(event);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(event) = self.inbox.pop_front() {
            let now = Moment { mono: self.now, wall: 1_795_305_600_000 + self.now, dice: self.dice.next() };
            for effect in self.widget.handle(now, event) {
                self.perform(effect);
            }
        }
    }

    fn perform(&mut self, effect: WidgetEffect) {
        match effect {
            WidgetEffect::Connect(socket) if self.up => {
                self.socket = Some(socket);
                self.inbox.push_back(WidgetEvent::Opened(socket));
            }
            WidgetEffect::Connect(socket) => self.inbox.push_back(WidgetEvent::Closed(socket, 1006)),
            WidgetEffect::Transmit(socket, frame) => {
                assert_eq!(Some(socket), self.socket, "sent on a dead connection");
                self.note(&frame);
                let answers = self.server.receive(&frame);
                self.queue(answers);
            }
            WidgetEffect::Close(socket) => {
                if self.socket == Some(socket) {
                    self.socket = None;
                    self.held = self.held.take().map(|_| Vec::new());
                }
            }
            WidgetEffect::Save(value) => self.saved = Some(value),
            WidgetEffect::Fact(fact) => self.facts.push(match fact {
                ChatFact::Unread(count) => format!("unread {count}"),
                other => format!("{other:?}").to_lowercase(),
            }),
            WidgetEffect::Availability(said) => self.availability.push(said),
            WidgetEffect::Warn(text) => self.warnings.push(text),
            WidgetEffect::Wake(at) => self.wake = at,
            WidgetEffect::Focus(_)
            | WidgetEffect::Keep(..)
            | WidgetEffect::Wipe
            | WidgetEffect::Look
            | WidgetEffect::Listen(_)
            | WidgetEffect::Join
            | WidgetEffect::Leave
            | WidgetEffect::Steal
            | WidgetEffect::Post(_)
            | WidgetEffect::Token(_)
            | WidgetEffect::Sound
            | WidgetEffect::Notice(_) => {}
        }
    }

    /// Of several receipts in a row only the last says anything.
    fn note(&mut self, frame: &ClientFrame) {
        let receipt = |told: &String| told.starts_with("read ");
        if let Some(told) = told(frame) {
            if receipt(&told) && self.sent.last().is_some_and(receipt) {
                self.sent.pop();
            }
            self.sent.push(told);
        }
    }

    fn wait(&mut self, seconds: f64) {
        let end = self.now + (seconds * 1000.0) as u64;
        let mut ticks = 0;
        while let Some(due) = self.wake.filter(|due| *due <= end) {
            ticks += 1;
            assert!(ticks < 1_000, "the panel wakes for ever");
            self.now = self.now.max(due);
            self.wake = None;
            self.send(WidgetEvent::Tick);
        }
        self.now = end;
    }

    fn failed(&self) -> String {
        let failed = |row: &Row| match row {
            Row::Bubble(Bubble { key, mark: Some(Mark::Failed), .. }) => Some(key.clone()),
            _ => None,
        };
        self.view().rows.iter().find_map(failed).expect("a message that failed")
    }

    /// What the tracker was told since the last time.
    pub fn facts(&mut self) -> String {
        std::mem::take(&mut self.facts).join(" | ")
    }

    pub fn view(&self) -> View {
        self.widget.view(0)
    }

    /// The transcript as drawn: `you: Hi (sent) | [in line for Service] | Sana: Hello`.
    pub fn talk(&self) -> String {
        self.view().rows.iter().filter_map(drawn).collect::<Vec<_>>().join(" | ")
    }

    pub fn presence(&self) -> String {
        match self.view().presence {
            Presence::Nobody => "nobody".into(),
            Presence::Waiting { queue, position: Some(place), .. } => {
                format!("waiting for {queue} at {place}")
            }
            Presence::Waiting { queue, .. } => format!("waiting for {queue}"),
            Presence::With { name, role } => format!("with {name}, {role}"),
            Presence::Ended => "ended".into(),
        }
    }
}

fn drawn(row: &Row) -> Option<String> {
    match row {
        Row::Day(_) => None,
        Row::Missing { missing, .. } => Some(format!("[{missing:?}]").to_lowercase()),
        Row::Bubble(Bubble { from: Some((name, _)), text, .. }) => Some(format!("{name}: {text}")),
        Row::Bubble(Bubble { text, mark, .. }) => {
            let mark = mark.map(|mark| format!("{mark:?}").to_lowercase()).unwrap_or_default();
            Some(format!("you: {text} ({mark})"))
        }
        Row::Line { line, .. } => Some(match line {
            Line::Queued { queue } => format!("[in line for {queue}]"),
            Line::Joined { name, .. } => format!("[{name} joined]"),
            Line::TransferredToQueue { queue } => format!("[passed to {queue}]"),
            Line::TransferredTo { name, .. } => format!("[passed to {name}]"),
            Line::EndedByVisitor => "[ended by you]".into(),
            Line::EndedByAgent => "[ended by the bank]".into(),
            Line::Ended => "[ended]".into(),
            Line::Said(text) => format!("[{text}]"),
        }),
    }
}

/// A frame as the script's result shows it. The heartbeat is the connection's own matter.
fn told(frame: &ClientFrame) -> Option<String> {
    Some(match frame {
        ClientFrame::Hello { resume: None, .. } => "hello".into(),
        ClientFrame::Hello { resume: Some(at), .. } => format!("hello after {}", at.seq),
        ClientFrame::Route { request, .. } => {
            let lines: Vec<&str> = request.context.iter().map(|line| line.value.as_str()).collect();
            let told = [&lines[..], &[request.reason.as_str()]].concat().join(" ");
            format!("route {} {told}", request.queue).trim_end().to_string()
        }
        ClientFrame::Message { text, .. } => format!("message {text}"),
        ClientFrame::Typing(on) => format!("typing {}", if *on { "on" } else { "off" }),
        ClientFrame::Read(seq) => format!("read {seq}"),
        ClientFrame::Fetch { from, to } => format!("fetch {from} {to}"),
        ClientFrame::End { .. } => "end".into(),
        ClientFrame::Ping(_) | ClientFrame::Pong(_) | ClientFrame::Error(_) => return None,
    })
}

fn request(queue: &str, agreed: bool) -> Request {
    let line = |key: &str, value: &str| ContextLine {
        key: key.into(),
        label: key.into(),
        value: value.into(),
        shown: value.into(),
    };
    Request {
        queue: queue.into(),
        reason: "why".into(),
        context: vec![line("page", "Auto")],
        agreed,
        ..Request::default()
    }
}

fn person(name: &str) -> Person {
    let name = if name.is_empty() { "Sana" } else { name };
    Person { id: format!("a-{name}"), name: name.into(), role: "Officer".into() }
}

fn mood(name: &str) -> Mood {
    match name {
        "fine" => Mood::Fine,
        "entry-first" => Mood::EntryFirst,
        "silent" => Mood::Silent,
        "ack-only" => Mood::AckOnly,
        "refusing" => Mood::Refusing,
        "hurried" => Mood::Hurried,
        "deaf" => Mood::Deaf,
        other => panic!("no such mood: {other}"),
    }
}
