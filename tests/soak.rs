//! Eight hours and ten thousand messages: a tab that stays open all day takes no more memory in the evening than it
//! took in the morning.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bharosa::chat::{ChatEvent, Settings};
use bharosa::json;
use bharosa::link::wire::{ClientFrame, ServerFrame};
use bharosa::offer::Offer;
use bharosa::time::Moment;
use bharosa::widget::{Widget, WidgetEffect, WidgetEvent};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::collections::{BTreeMap, VecDeque};

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const HOURS: u64 = 8;
const MESSAGES: u64 = 10_000;
/// The outbox, what is kept and what is held back have reached their sizes by then.
const WARM: u64 = 2_000;

/// A page with its storage, and a server that remembers nothing but how far it has counted.
struct Day {
    widget: Widget,
    now: u64,
    wake: Option<u64>,
    inbox: VecDeque<WidgetEvent>,
    stored: BTreeMap<String, String>,
    saved: String,
    seq: u64,
}

impl Day {
    fn send(&mut self, event: WidgetEvent) {
        self.inbox.push_back(event);
        while let Some(event) = self.inbox.pop_front() {
            let now = Moment { mono: self.now, wall: 1_795_305_600_000 + self.now, dice: self.now * 7919 };
            for effect in self.widget.handle(now, event) {
                self.perform(effect);
            }
        }
    }

    fn perform(&mut self, effect: WidgetEffect) {
        match effect {
            WidgetEffect::Connect(socket) => self.inbox.push_back(WidgetEvent::Opened(socket)),
            WidgetEffect::Transmit(socket, frame) => self.answer(socket, &frame),
            WidgetEffect::Save(value) => self.saved = json::write(&value),
            WidgetEffect::Keep(key, Some(value)) => drop(self.stored.insert(key, json::write(&value))),
            WidgetEffect::Keep(key, None) => drop(self.stored.remove(&key)),
            WidgetEffect::Wake(at) => self.wake = at,
            _ => {}
        }
    }

    fn answer(&mut self, socket: u32, frame: &ClientFrame) {
        let text = match frame {
            ClientFrame::Hello { .. } => format!(
                r#"{{"type":"welcome","version":1,"session":"s","epoch":"e","seq":{},"resumed":"replay","conversation":{{"state":"active"}}}}"#,
                self.seq
            ),
            ClientFrame::Ping(id) => format!(r#"{{"type":"pong","id":{id},"seq":{}}}"#, self.seq),
            ClientFrame::Route { cid, .. } | ClientFrame::Message { cid, .. } => {
                self.seq += 1;
                let (seq, ts) = (self.seq, self.now);
                self.hear(socket, &format!(r#"{{"type":"ack","cid":"{cid}","seq":{seq},"ts":{ts}}}"#));
                let what = match frame {
                    ClientFrame::Route { .. } => r#""type":"route","queue":"general""#.to_string(),
                    _ => r#""type":"message","from":{"kind":"visitor"},"body":{"kind":"text","text":"A question"}"#.into(),
                };
                format!(r#"{{{what},"seq":{seq},"ts":{ts},"cid":"{cid}"}}"#)
            }
            _ => return,
        };
        self.hear(socket, &text);
    }

    fn agent_says(&mut self, socket: u32) {
        self.seq += 1;
        let text = format!(
            r#"{{"type":"message","from":{{"kind":"agent","id":"a-1","name":"Sana"}},"body":{{"kind":"text","text":"An answer, somewhat longer than the question was"}},"seq":{},"ts":{}}}"#,
            self.seq, self.now
        );
        self.hear(socket, &text);
        let event = self.inbox.pop_back().unwrap();
        self.send(event);
    }

    fn hear(&mut self, socket: u32, text: &str) {
        let frame = ServerFrame::decode(&json::parse(text).unwrap()).unwrap();
        self.inbox.push_back(WidgetEvent::Received(socket, frame));
    }

    fn wait(&mut self, until: u64) {
        while let Some(due) = self.wake.filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.wake = None;
            self.send(WidgetEvent::Tick);
        }
        self.now = until;
    }
}

fn held() -> usize {
    let stats = MEMORY.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}

#[test]
fn a_long_day_takes_no_more_memory_in_the_evening() {
    let settings = Settings { queue: "general".into(), locale: "en".into(), ..Settings::default() };
    let mut day = Day {
        widget: Widget::new(settings),
        now: 0,
        wake: None,
        inbox: VecDeque::new(),
        stored: BTreeMap::new(),
        saved: String::new(),
        seq: 0,
    };
    day.send(WidgetEvent::Shared(Vec::new()));
    day.send(WidgetEvent::Visible(true));
    day.send(WidgetEvent::Found(Vec::new()));
    day.send(WidgetEvent::Chat(ChatEvent::Offer {
        offer: Offer::Open { by_visitor: true },
        because: Vec::new(),
    }));
    let pause = HOURS * 3_600_000 / MESSAGES;
    let mut marks = Vec::new();
    for message in 1..=MESSAGES {
        day.wait(message * pause);
        if message % 2 == 1 {
            day.send(WidgetEvent::Chat(ChatEvent::Draft("A question".into())));
            day.send(WidgetEvent::Chat(ChatEvent::Send));
        } else {
            day.agent_says(1);
        }
        if message % 1_000 == 0 {
            marks.push((message, held()));
        }
    }
    assert!(day.seq >= MESSAGES, "only {} entries came about", day.seq);
    assert_eq!(day.widget.chat().transcript.seq(), day.seq, "the transcript is complete");
    println!("bytes held after so many messages: {marks:?}");
    let warm = marks.iter().find(|(message, _)| *message == WARM).expect("a mark").1;
    let last = marks.last().expect("a mark").1;
    assert!(last <= warm + warm / 20, "{warm} bytes after {WARM} messages, {last} after {MESSAGES}");
}
