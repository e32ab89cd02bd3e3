//! Tabs of one visitor around one connection, as short stories: who leads, whose words go through whom, who takes over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/server.rs"]
mod server;

use bharosa::chat::{ChatEvent, Settings};
use bharosa::link::Socket;
use bharosa::link::wire::{ClientFrame, Person, Sender, ServerFrame, What};
use bharosa::offer::Offer;
use bharosa::tabs::Role;
use bharosa::time::Moment;
use bharosa::view::Row;
use bharosa::widget::{Widget, WidgetEffect, WidgetEvent};
use dice::Dice;
use server::Server;
use std::collections::VecDeque;

/// What the browser says to a tab that asks for the lock.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Locks {
    Work,
    /// It has locks and gives none.
    Refused,
    /// It has none.
    Missing,
}

/// Each step, and what reaches the server by it: the frames of each tab's own socket.
type Story<'s> = &'s [(&'s str, &'s str)];

struct Tab {
    name: char,
    widget: Widget,
    wake: Option<u64>,
    socket: Option<Socket>,
    joined: bool,
    /// It stands still: what happens waits for it.
    hangs: bool,
    inbox: VecDeque<WidgetEvent>,
}

struct Room {
    locks: Locks,
    tabs: Vec<Tab>,
    /// Who holds the lock, and who waits for it.
    line: VecDeque<usize>,
    server: Server,
    now: u64,
    dice: Dice,
    log: Vec<String>,
}

impl Room {
    fn new(locks: Locks) -> Room {
        let tab = |name| {
            let settings = Settings {
                queue: "general".into(),
                queues: vec![("general".into(), "Service".into())],
                locale: "en".into(),
                together: locks != Locks::Missing,
                ..Settings::default()
            };
            let widget = Widget::new(settings);
            let inbox = VecDeque::from([WidgetEvent::Found(Vec::new())]);
            Tab { name, widget, wake: None, socket: None, joined: false, hangs: false, inbox }
        };
        let tabs = ['a', 'b', 'c'].map(tab).into();
        let line = VecDeque::new();
        Room { locks, tabs, line, server: Server::new(), now: 0, dice: Dice::new(7), log: Vec::new() }
    }

    /// `a says Hello`, `wait 5`, `server says Hi`.
    fn step(&mut self, step: &str) -> String {
        let (who, what) = step.split_once(' ').expect("a step is somebody and what they do");
        let (verb, text) = what.split_once(' ').unwrap_or((what, ""));
        match who {
            "wait" => self.wait(what.parse().expect("seconds")),
            "server" => {
                let person = Person { id: "a-1".into(), name: "Sana".into(), role: String::new() };
                let said = What::Message { from: Sender::Agent(person), text: text.into() };
                let entry = self.server.append(None, said);
                for tab in &mut self.tabs {
                    let frame = ServerFrame::Entry(entry.clone());
                    tab.inbox.extend(tab.socket.map(|socket| WidgetEvent::Received(socket, frame)));
                }
            }
            _ => {
                self.act(self.tabs.iter().position(|tab| who.contains(tab.name)).expect("a tab"), verb, text)
            }
        }
        self.settle();
        std::mem::take(&mut self.log).join(" | ")
    }

    fn act(&mut self, at: usize, verb: &str, text: &str) {
        let tab = &mut self.tabs[at];
        let chat = |event| WidgetEvent::Chat(event);
        match verb {
            "opens" => {
                let offer = Offer::Open { by_visitor: true };
                tab.inbox.push_back(chat(ChatEvent::Offer { offer, because: Vec::new() }));
            }
            "says" => tab.inbox.extend([ChatEvent::Draft(text.into()), ChatEvent::Send].map(chat)),
            "leaves" => tab.inbox.push_back(WidgetEvent::Leaving),
            "returns" => tab.inbox.push_back(WidgetEvent::Back),
            "hangs" => tab.hangs = true,
            "wakes" => tab.hangs = false,
            "crashes" => {
                // The browser takes back what a tab holds, and nobody is told.
                (tab.hangs, tab.joined, tab.socket, tab.wake) = (true, false, None, None);
                tab.inbox.clear();
                self.line.retain(|waiting| *waiting != at);
                self.grant();
            }
            other => panic!("no such step: {other}"),
        }
    }

    /// Everything that follows without any time passing.
    fn settle(&mut self) {
        let ready = |tab: &Tab| !tab.hangs && !tab.inbox.is_empty();
        while let Some(at) = self.tabs.iter().position(ready) {
            let tab = &mut self.tabs[at];
            let event = tab.inbox.pop_front().expect("an event");
            let now = Moment { mono: self.now, wall: 1_795_305_600_000 + self.now, dice: self.dice.next() };
            for effect in tab.widget.handle(now, event) {
                self.perform(at, effect);
            }
        }
    }

    fn wait(&mut self, seconds: u64) {
        let end = self.now + seconds * 1000;
        let due = |room: &Room| room.tabs.iter().filter(|tab| !tab.hangs).filter_map(|tab| tab.wake).min();
        while let Some(at) = due(self).filter(|at| *at <= end) {
            self.now = self.now.max(at);
            for tab in self.tabs.iter_mut().filter(|tab| !tab.hangs && tab.wake == Some(at)) {
                tab.wake = None;
                tab.inbox.push_back(WidgetEvent::Tick);
            }
            self.settle();
        }
        self.now = end;
    }

    fn perform(&mut self, at: usize, effect: WidgetEffect) {
        let tab = &mut self.tabs[at];
        match effect {
            WidgetEffect::Connect(socket) => {
                tab.socket = Some(socket);
                tab.inbox.push_back(WidgetEvent::Opened(socket));
            }
            WidgetEffect::Transmit(socket, frame) => {
                assert_eq!(Some(socket), tab.socket, "sent on a dead connection");
                self.log.extend(told(&frame).map(|told| format!("{}: {told}", tab.name)));
                let answers = self.server.receive(&frame).into_iter();
                tab.inbox.extend(answers.map(|frame| WidgetEvent::Received(socket, frame)));
            }
            WidgetEffect::Close(_) => tab.socket = None,
            WidgetEffect::Wake(wake) => tab.wake = wake,
            WidgetEffect::Listen(on) => tab.joined = on,
            WidgetEffect::Join => {
                self.line.retain(|waiting| *waiting != at);
                self.line.push_back(at);
                match self.locks {
                    Locks::Work => self.grant(),
                    _ => self.tabs[at].inbox.push_back(WidgetEvent::LockLost),
                }
            }
            WidgetEffect::Steal => {
                if let Some(robbed) = self.line.pop_front() {
                    self.tabs[robbed].inbox.push_back(WidgetEvent::LockLost);
                }
                self.line.retain(|waiting| *waiting != at);
                self.line.push_front(at);
                self.grant();
            }
            WidgetEffect::Leave => {
                self.line.retain(|waiting| *waiting != at);
                self.grant();
            }
            WidgetEffect::Post(message) => {
                for (other, tab) in self.tabs.iter_mut().enumerate() {
                    if other != at && tab.joined {
                        tab.inbox.push_back(WidgetEvent::Heard(message.clone()));
                    }
                }
            }
            _ => {}
        }
    }

    /// Who is first in line holds the lock. That it is told twice does no harm.
    fn grant(&mut self) {
        if let Some(first) = self.line.front() {
            self.tabs[*first].inbox.push_back(WidgetEvent::Locked);
        }
    }

    /// Of each tab what it is to the others, and how much of the conversation it shows: `a leads 2, b follows 2`.
    fn roles(&self) -> String {
        let role = |tab: &Tab| {
            let role = match tab.widget.role() {
                _ if tab.hangs => return None,
                Role::Off => return None,
                Role::Leading => "leads",
                Role::Following => "follows",
                Role::Alone => "alone",
            };
            let shown = tab.widget.view(0).rows.iter().filter(|row| matches!(row, Row::Bubble(_))).count();
            Some(format!("{} {role} {shown}", tab.name))
        };
        self.tabs.iter().filter_map(role).collect::<Vec<_>>().join(", ")
    }
}

/// The heartbeat and receipts are another matter.
fn told(frame: &ClientFrame) -> Option<String> {
    match frame {
        ClientFrame::Hello { resume, .. } => Some(match resume {
            Some(at) => format!("hello after {}", at.seq),
            None => "hello".into(),
        }),
        ClientFrame::Message { text, .. } => Some(text.clone()),
        _ => None,
    }
}

fn check(locks: Locks, story: Story, roles: &str) {
    let mut room = Room::new(locks);
    for (number, (step, expected)) in story.iter().enumerate() {
        assert_eq!(room.step(step), *expected, "step {number}, {step}, of {story:?}");
    }
    assert_eq!(room.roles(), roles, "at the end of {story:?}");
}

/// A leads, B follows, and something has been said in each.
const TWO: [(&str, &str); 4] =
    [("a opens", "a: hello"), ("a says One", "a: One"), ("b opens", ""), ("b says Two", "a: Two")];

fn after_two(more: Story, roles: &str) {
    check(Locks::Work, &[&TWO, more].concat(), roles);
}

#[test]
fn the_first_tab_leads_and_speaks_for_all() {
    after_two(&[], "a leads 2, b follows 2");
    after_two(&[("server says Three", "")], "a leads 3, b follows 3");
    after_two(&[("c opens", ""), ("c says Three", "a: Three")], "a leads 3, b follows 3, c follows 3");
}

#[test]
fn when_the_leader_goes_the_next_in_line_takes_over_where_it_was() {
    let leaves = [("a leaves", "b: hello after 3"), ("b says Three", "b: Three")];
    after_two(&leaves, "b leads 3");
    after_two(
        &[&leaves[..], &[("a returns", ""), ("a says Four", "b: Four")]].concat(),
        "a follows 4, b leads 4",
    );
    after_two(
        &[("c opens", ""), ("a leaves", "b: hello after 3"), ("c says Three", "b: Three")],
        "b leads 3, c follows 3",
    );
    after_two(&[("a crashes", "b: hello after 3"), ("b says Three", "b: Three")], "b leads 3");
    after_two(&[("b leaves", ""), ("a says Three", "a: Three")], "a leads 3");
}

#[test]
fn a_leader_that_does_not_answer_is_taken_the_lock_from() {
    let hangs = [("a hangs", ""), ("b says Three", ""), ("wait 20", "b: hello after 3 | b: Three")];
    after_two(&hangs, "b leads 3");
    // It was told before it was robbed, and says again what the server knows: that is stored once.
    let wakes = [("a wakes", "a: Three"), ("a says Four", "b: Four")];
    after_two(&[&hangs[..], &wakes].concat(), "a follows 4, b leads 4");
}

#[test]
fn where_tabs_cannot_agree_each_has_a_connection_of_its_own() {
    let story = [
        ("a opens", "a: hello"),
        ("a says One", "a: One"),
        ("b opens", "b: hello"),
        ("b says Two", "b: Two"),
    ];
    for locks in [Locks::Missing, Locks::Refused] {
        check(locks, &story, "a alone 1, b alone 2");
    }
}
