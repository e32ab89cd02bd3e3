//! What the host tests share: JSON to `Value`, and a tracker driven by a script on a fake clock.
#![allow(dead_code)]

mod json;

use bharosa::config::Config;
use bharosa::effect::Effect;
use bharosa::event::Event;
use bharosa::journey::{About, Arrival, Zones};
use bharosa::offer::{ChatFact, Offer};
use bharosa::time::Moment;
use bharosa::tracker::Tracker;
use bharosa::value::Value;

#[allow(unused_imports)]
pub use json::{from_json, json};

/// Rules about the demo's auto loans page: help after 40 s of reading, and a rule for rates after auto loans.
pub const CONFIG: &str = r#"{
    "version": 1, "backend": "/ws", "languages": ["en", "ur"],
    "pages": {
        "auto-loans": {"match": "/loans/auto*", "name": {"en": "Auto loans", "ur": "گاڑی کا قرض"}},
        "rates": "/rates"
    },
    "rules": [
        {"id": "auto-loan-help", "name": "Help with auto loans",
         "when": {"page.id": "auto-loans", "page.dwell_s": {"$gte": 40}},
         "then": [{"say": {"text": {"en": "Questions about {page.name}?", "ur": "{page.name} کے بارے میں سوال؟"},
                   "replies": [
                       {"text": "Yes", "then": [{"route": {"queue": "loans", "skill": "auto",
                                                          "reason": "Read {page.name} for {page.dwell_s} s"}}]},
                       {"text": "No"}]}}]},
        {"id": "rates-help", "when": {"page.id": "rates", "session.pages": {"$gt": 1}, "page.visible_s": {"$gte": 10}},
         "then": [{"open": "chat"}]}
    ]
}"#;

/// A tracker with a shell made of data: it delivers wake-ups when they are due and keeps what is saved.
pub struct Visit {
    pub tracker: Tracker,
    pub saved: Option<Value>,
    /// What is kept for the next visit, and what other tabs and the page were told.
    pub record: Option<Value>,
    pub shared: Vec<Value>,
    pub emitted: Vec<(String, Value)>,
    /// What went to the panel or to the page, by name, with the rule that caused it and why.
    pub causes: Vec<(String, Value)>,
    wake: Option<u64>,
    now: u64,
    log: Vec<String>,
    pub writes: usize,
    pub ticks: usize,
    pub dice: u64,
}

/// A visitor at a desk who reads English.
pub fn about() -> About {
    About { language: "en".into(), rtl: false, device: "desktop".into() }
}

/// A world in which every place has the same time.
pub fn utc() -> Zones {
    Box::new(|_, _| Some(0))
}

/// `/loans?product=suv` as the shell tells it.
pub fn arrival(address: &str) -> Arrival {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    Arrival {
        path: path.into(),
        query: pairs.map(|(name, value)| (name.into(), value.into())).collect(),
        ..Arrival::default()
    }
}

impl Visit {
    pub fn new(config: &str) -> Visit {
        let (config, errors) = Config::decode(&json(config));
        assert!(errors.is_empty(), "the test's config has mistakes: {errors:?}");
        let tracker = Tracker::new(config.unwrap(), about(), utc());
        Visit {
            tracker,
            saved: None,
            record: None,
            shared: Vec::new(),
            emitted: Vec::new(),
            causes: Vec::new(),
            wake: None,
            now: 0,
            log: Vec::new(),
            writes: 0,
            ticks: 0,
            dice: 1,
        }
    }

    /// Runs `0s view /loans/auto | 40s hide | …` and returns what the visitor and the widget got.
    pub fn run(&mut self, script: &str) -> String {
        for step in script.split('|').map(str::trim) {
            let (time, action) = step.split_once(' ').expect("a step is a time and an action");
            if action == "sleep-until-now" {
                // The machine sleeps: the wake-up that was due comes only now.
                self.wake = None;
            }
            let at = (time.trim_end_matches('s').parse::<f64>().expect("a time like 40s") * 1000.0) as u64;
            self.until(at);
            let (verb, argument) = action.split_once(' ').unwrap_or((action, ""));
            for event in self.events(verb, argument) {
                self.send(event);
            }
        }
        std::mem::take(&mut self.log).join(" | ")
    }

    pub fn until(&mut self, at: u64) {
        while let Some(due) = self.wake.filter(|due| *due <= at) {
            self.now = due;
            self.wake = None;
            self.ticks += 1;
            assert!(self.ticks < 1000, "the tracker wakes for ever");
            self.send(Event::Tick);
        }
        self.now = at;
    }

    fn events(&mut self, verb: &str, argument: &str) -> Vec<Event> {
        match verb {
            "view" => {
                vec![Event::Visible(true), Event::Focused(true), Event::View(arrival(argument))]
            }
            "background" => vec![Event::View(arrival(argument))],
            "reload" => vec![Event::View(Arrival { resumed: true, ..arrival(argument) })],
            "from" => {
                let (referrer, address) = argument.split_once(' ').expect("a host and an address");
                vec![Event::View(Arrival { referrer: referrer.into(), ..arrival(address) })]
            }
            "go" => vec![Event::Moved { to: arrival(argument), push: true }],
            "replace" => vec![Event::Moved { to: arrival(argument), push: false }],
            "track" => {
                let (name, detail) = argument.split_once(' ').unwrap_or((argument, "null"));
                vec![Event::Track { name: name.into(), detail: json(detail) }]
            }
            // Whatever has no word of its own: `send section {"id": "rates", "seen": true}`.
            "send" => {
                let (name, argument) = argument.split_once(' ').unwrap_or((argument, "null"));
                vec![Event::decode(name, json(argument)).unwrap_or_else(|| panic!("no such event: {name}"))]
            }
            "hide" => vec![Event::Visible(false)],
            "show" => vec![Event::Visible(true)],
            "blur" => vec![Event::Focused(false)],
            "focus" => vec![Event::Focused(true)],
            "use" => vec![Event::Activity],
            "tick" => vec![Event::Tick],
            "leave" => vec![Event::Leaving],
            "consent" => vec![Event::Consent(argument == "yes")],
            "press" => vec![Event::Pressed],
            "reply" => vec![Event::Replied(argument.parse().unwrap())],
            "dismiss" => vec![Event::Dismissed],
            "opened" => vec![Event::Chat(ChatFact::Opened)],
            "closed" => vec![Event::Chat(ChatFact::Closed)],
            "live" => vec![Event::Chat(ChatFact::Live)],
            "ended" => vec![Event::Chat(ChatFact::Ended)],
            "unread" => vec![Event::Chat(ChatFact::Unread(argument.parse().unwrap()))],
            "sleep-until-now" => vec![Event::Tick],
            other => panic!("no such step: {other}"),
        }
    }

    pub fn send(&mut self, event: Event) {
        let now = Moment { dice: self.dice, ..Moment::at(self.now) };
        for effect in self.tracker.handle(now, event) {
            match effect {
                Effect::Wake(at) => self.wake = at,
                Effect::Save(value) => {
                    self.writes += 1;
                    self.saved = Some(value);
                }
                Effect::Forget => self.saved = None,
                Effect::Show(prompt, cause) => {
                    self.causes.push(("say".into(), cause));
                    self.log.push(format!("say {}", prompt.rule));
                }
                Effect::Hide => self.log.push("hide".into()),
                Effect::Offer(offer, cause) => {
                    self.causes.push((offer.to_value().text_at("kind").unwrap().into(), cause));
                    self.log.push(match offer {
                        Offer::Route(r) => format!("route {}/{}", r.queue, r.skill.as_deref().unwrap_or("")),
                        Offer::Open { .. } => "open".into(),
                        Offer::Close => "close".into(),
                        Offer::Resume => "resume".into(),
                        Offer::Fees { product } => format!("fees {product}"),
                        Offer::Ask { survey } => format!("ask {survey}"),
                    });
                }
                Effect::Remember(record) => self.record = Some(record),
                Effect::Unremember => self.record = None,
                Effect::Share(told) => self.shared.push(told),
                Effect::Emit(name, detail, cause) => {
                    self.causes.push((name.clone(), cause));
                    self.emitted.push((name, detail));
                }
                Effect::Prefetch | Effect::Launcher { .. } => {}
            }
        }
    }

    /// Another page of the same tab: a new tracker that gets what was saved.
    pub fn next_page(self, config: &str) -> Visit {
        let mut next = Visit::new(config);
        next.now = self.now;
        next.saved = self.saved.clone();
        next.record = self.record.clone();
        if let Some(record) = self.record {
            next.send(Event::Known(record));
        }
        if let Some(saved) = self.saved {
            next.send(Event::Restored(saved));
        }
        next
    }

    pub fn now(&self) -> Moment {
        Moment::at(self.now)
    }

    /// The names of what the page was told, with one member of each.
    pub fn told(&mut self, name: &str, member: &str) -> Vec<String> {
        let of = self.emitted.drain(..).filter(|(emitted, _)| emitted == name);
        of.map(|(_, detail)| detail.text_at(member).unwrap_or_default().to_string()).collect()
    }

    pub fn asleep(&self) -> bool {
        self.wake.is_none()
    }
}

/// Runs a script on [`CONFIG`] and compares what came of it.
pub fn check(script: &str, expected: &str) {
    let mut visit = Visit::new(CONFIG);
    assert_eq!(visit.run(script), expected, "in: {script}");
}
