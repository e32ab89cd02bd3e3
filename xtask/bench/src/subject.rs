//! A visit in the middle of which things are measured.

use bharosa::condition::Condition;
use bharosa::config::Config;
use bharosa::effect::Effect;
use bharosa::event::Event;
use bharosa::fact::Update;
use bharosa::journey::{About, Arrival};
use bharosa::json;
use bharosa::rules::{Engine, Open};
use bharosa::time::Moment;
use bharosa::tracker::Tracker;
use bharosa::value::Value;

/// A tracker in the middle of a visit, and an engine of its own with the same facts and conditions.
pub struct Subject {
    tracker: Tracker,
    engine: Engine,
    /// The engine's slots that change with time.
    clocks: Vec<usize>,
    mono: u64,
    millis: i64,
    went: usize,
    /// Messages shown so far.
    pub shown: usize,
}

/// Half an hour into the visit, which is past every threshold but the last.
const INTO: u64 = 1_800_000;

/// From the config's text to a tracker that is ready; `None` if the text has mistakes.
pub fn decode(text: &str) -> Option<Tracker> {
    Some(start(config(text)?))
}

fn config(text: &str) -> Option<Config> {
    let (config, mistakes) = Config::take(json::parse(text).ok()?);
    config.ok().filter(|_| mistakes.is_empty())
}

fn start(config: Config) -> Tracker {
    let about = About { language: "en".to_string(), rtl: false, device: "desktop".to_string() };
    Tracker::new(config, about, Box::new(|_, _| Some(0)))
}

impl Subject {
    /// A visitor on the page `path` for half an hour, of whom the page told `attributes` (JSON).
    pub fn new(text: &str, path: &str, attributes: &str) -> Option<Subject> {
        let mut subject = Subject {
            tracker: start(config(text)?),
            engine: Engine::default(),
            clocks: Vec::new(),
            mono: 0,
            millis: 0,
            went: 0,
            shown: 0,
        };
        subject.send(Event::Visible(true));
        subject.send(Event::Focused(true));
        subject.send(Event::View(Arrival { path: path.to_string(), ..Arrival::default() }));
        subject.send(Event::Set(json::parse(attributes).ok()?));
        for id in ["s1", "s7", "s9"] {
            subject.send(Event::Section { id: id.to_string(), seen: true });
        }
        subject.send(Event::Scroll(60.0));
        // In steps that are not taken for sleep.
        while subject.mono < INTO {
            subject.mono += 4_000;
            subject.send(Event::Activity);
        }
        subject.copy(config(text)?);
        Some(subject)
    }

    /// Fills the engine with the tracker's facts as they are now.
    fn copy(&mut self, config: Config) {
        for (slot, name) in config.facts.iter().enumerate() {
            let signal = config.signals.iter().find(|(id, _)| *id == name.id).map(|(_, signal)| signal);
            let since = signal.is_some_and(|s| matches!(s.kind, bharosa::signal::SignalKind::Since(_)));
            let clock = since || name.fact.about().update == Update::Clock;
            if clock {
                self.clocks.push(slot);
            }
            self.engine.add_slot(if clock { Open::Clocks } else { Open::Nothing }, clock);
        }
        for rule in config.rules {
            self.engine.add_rule(rule.when);
        }
        for (slot, (_, value)) in self.tracker.facts().into_iter().enumerate() {
            self.engine.set(slot, value);
        }
        for slot in &self.clocks {
            self.engine.set(*slot, Value::Number(INTO as f64 / 1000.0));
        }
        self.millis = INTO as i64;
        while self.engine.changed().is_some() {}
    }

    /// Handles an event now. Answers how many effects it had.
    pub fn send(&mut self, event: Event) -> usize {
        let wall = 1_790_000_000_000 + self.mono;
        let effects = self.tracker.handle(Moment { mono: self.mono, wall, dice: 1 }, event);
        self.shown += effects.iter().filter(|effect| matches!(effect, Effect::Show(..))).count();
        effects.len()
    }

    /// Every comparison and every rule anew. Answers how many rules hold.
    pub fn sweep(&mut self) -> usize {
        self.engine.sweep()
    }

    /// The visitor does something a millisecond later: every clock moves, none crosses a threshold.
    pub fn tick(&mut self) -> usize {
        self.mono += 1;
        self.send(Event::Activity)
    }

    /// The same in the engine alone.
    pub fn engine_tick(&mut self) -> usize {
        self.millis += 1;
        for slot in &self.clocks {
            self.engine.tick(*slot, self.millis);
        }
        usize::from(self.engine.changed().is_some())
    }

    /// The visitor goes to the next of `tour`; `push` is a new view, else only the address changes.
    pub fn go(&mut self, tour: &[&str], push: bool) -> usize {
        self.went += 1;
        self.mono += 1;
        let path = tour[self.went % tour.len()].to_string();
        self.send(Event::Moved { to: Arrival { path, ..Arrival::default() }, push })
    }

    pub fn clocks(&self) -> usize {
        self.clocks.len()
    }

    /// The engine's facts as `{name: value}` in JSON.
    pub fn facts(&self) -> String {
        let mut facts = Vec::new();
        for (slot, (name, _)) in self.tracker.facts().into_iter().enumerate() {
            facts.push((name.into(), self.engine.value(slot).clone()));
        }
        json::write(&Value::Map(facts))
    }

    /// How many comparisons there are in all rules.
    pub fn comparisons(text: &str) -> usize {
        let mut count = 0;
        for rule in config(text).map_or(Vec::new(), |config| config.rules) {
            let when: &Condition = &rule.when;
            when.walk(true, &mut |_, _, _| count += 1);
        }
        count
    }
}
