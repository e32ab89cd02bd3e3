//! `bharosa simulate`: a recorded visit happens again, with the tracker that runs in the page, and tells what came
//! of it and what held each rule back.

mod told;

use super::shown::shown;
use super::visit::{Recorded, Visit};
use super::{Outcome, Read, read};
use crate::config::Config;
use crate::effect::Effect;
use crate::event::Event;
use crate::json;
use crate::text::{digits, glue, list, plain};
use crate::time::{Millis, Moment};
use crate::tracker::Tracker;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// Wake-ups between two events. A tracker that asks for more has gone astray.
const MAX_WAKES: usize = 100_000;

/// Replays the visit in the file `trace` under the config in the file `config`.
pub fn run(config: &str, trace: &str, seed: u64, read: &Read) -> Outcome {
    match replay(config, trace, seed, read) {
        Ok(outcome) => outcome,
        Err(complained) => Outcome { complained, code: 1, ..Outcome::default() },
    }
}

fn replay(config: &str, trace: &str, seed: u64, read: &Read) -> Result<Outcome, String> {
    let open = |name: &str| read::text(name, read).map_err(|why| glue(&[name, ": ", &why, "\n"]));
    let text = open(config)?;
    let unusable = || glue(&[config, ": cannot be used; `cargo bharosa check ", config, "` says why\n"]);
    let value = json::parse(&text).map_err(|_| unusable())?;
    let (decoded, report) = Config::decode(&value);
    let decoded = decoded.map_err(|_| unusable())?;
    let visit = Visit::read(&open(trace)?).map_err(|problem| glue(&[trace, ": ", &problem, "\n"]))?;
    let mut outcome = Outcome::default();
    if !report.is_empty() {
        let count = match report.len() {
            1 => "1 mistake".to_string(),
            many => glue(&[&digits(many as u64), " mistakes"]),
        };
        outcome.complained =
            glue(&[config, ": ", &count, "; what has one is left out, see `cargo bharosa check`\n"]);
    }
    for sentence in &visit.strange {
        outcome.complained.push_str(&glue(&[trace, ": ", sentence, "\n"]));
    }
    let mut replay = Replay::new(decoded, &visit, seed);
    for recorded in &visit.events {
        replay.until(recorded.mono);
        replay.happen(recorded);
    }
    replay.ask();
    outcome.printed = replay.told();
    Ok(outcome)
}

/// A visit on its way.
struct Replay {
    tracker: Tracker,
    start: Millis,
    /// Both clocks as of the last event.
    now: Moment,
    wake: Option<Millis>,
    dice: u64,
    begun: bool,
    printed: String,
    rules: Vec<Fate>,
    /// Where each rule is among them.
    places: HashMap<String, usize>,
}

/// What became of a rule.
#[derive(Default)]
struct Fate {
    rule: String,
    fired: Vec<Millis>,
    /// What it waited for or what held it back: from when on, and the sentence as it was last.
    states: Vec<(Millis, String)>,
}

/// States of one rule that are told, the last ones.
const MAX_STATES: usize = 12;

impl Replay {
    fn new(config: Config, visit: &Visit, seed: u64) -> Replay {
        let zone = visit.zone.clone();
        let zones = move |name: &str, wall| offset(if name.is_empty() { &zone } else { name }, wall);
        let start = visit.events.first().map_or(0, |first| first.mono);
        Replay {
            tracker: Tracker::new(config, visit.about.clone(), Box::new(zones)),
            start,
            now: Moment { mono: start, wall: visit.events.first().map_or(0, |first| first.wall), dice: 0 },
            wake: None,
            dice: seed,
            begun: false,
            printed: String::new(),
            rules: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// Wakes the tracker whenever it asked for it before `mono`.
    fn until(&mut self, mono: Millis) {
        for _ in 0..MAX_WAKES {
            let Some(due) = self.wake.take_if(|due| *due < mono) else { return };
            let due = due.max(self.now.mono);
            self.now.wall += due - self.now.mono;
            self.now.mono = due;
            self.send("", Event::Tick);
        }
    }

    fn happen(&mut self, recorded: &Recorded) {
        let Some(event) = recorded.event() else { return };
        // The wake-ups of that time were for the config of that time.
        if event == Event::Tick {
            return;
        }
        (self.now.mono, self.now.wall) = (recorded.mono, recorded.wall);
        let line = told::event(&recorded.name, &recorded.argument);
        self.send(&line, event);
    }

    fn send(&mut self, line: &str, event: Event) {
        // The same on every run: the next number of a counting generator, its bits mixed.
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.dice ^ (self.dice >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        self.now.dice = mixed ^ (mixed >> 31);
        let mut told = !line.is_empty();
        if told {
            self.line(line);
        }
        // A wake-up, or something that comes at its very millisecond and takes its place.
        told |= event == Event::Tick || self.wake.is_some_and(|due| due <= self.now.mono);
        // Before the first page there is nothing that a rule could be about.
        self.begun |= matches!(event, Event::View(_));
        for effect in self.tracker.handle(self.now, event) {
            if let Effect::Wake(at) = effect {
                self.wake = at;
            }
            for line in told::effect(&effect) {
                told = true;
                self.line(&glue(&["  ", &line]));
            }
            if let Effect::Emit(name, detail, _) = &effect
                && name == "fired"
                && let Some(rule) = detail.text_at("rule")
            {
                let at = self.now.mono - self.start;
                self.fate(rule).fired.push(at);
            }
        }
        // Asking a thousand rules at every move of the pointer takes its time.
        if self.begun && told {
            self.ask();
        }
    }

    /// Notes what each rule waits for now, or what holds it back.
    fn ask(&mut self) {
        let at = self.now.mono - self.start;
        for explanation in self.tracker.explain(self.now) {
            let fate = self.fate(&explanation.rule);
            let sentence = glue(&[explanation.state.name(), ": ", &explanation.reason]);
            match fate.states.last_mut() {
                // Other numbers are not another reason.
                Some((_, last)) if letters(last).eq(letters(&sentence)) => *last = sentence,
                _ => fate.states.push((at, sentence)),
            }
        }
    }

    fn fate(&mut self, rule: &str) -> &mut Fate {
        let place = self.places.get(rule).copied().unwrap_or_else(|| {
            self.rules.push(Fate { rule: rule.to_string(), ..Fate::default() });
            self.places.insert(rule.to_string(), self.rules.len() - 1);
            self.rules.len() - 1
        });
        &mut self.rules[place]
    }

    fn line(&mut self, line: &str) {
        let time = seconds(self.now.mono - self.start);
        let line = shown(line);
        self.printed.push_str(&format!("{time:>10}  {line}\n"));
    }

    /// The timeline, and what became of each rule.
    fn told(mut self) -> String {
        for fate in &self.rules {
            let times: Vec<String> = fate.fired.iter().map(|at| seconds(*at)).collect();
            let fired = match times.len() {
                0 => "never fired".to_string(),
                _ => glue(&["fired at ", &list(&times, ", ")]),
            };
            self.printed.push_str(&glue(&["\n", &fate.rule, ": ", &fired, "\n"]));
            for (at, sentence) in fate.states.iter().skip(fate.states.len().saturating_sub(MAX_STATES)) {
                let at = seconds(*at);
                self.printed.push_str(&format!("{at:>10}  {sentence}\n"));
            }
        }
        self.printed
    }
}

fn seconds(time: Millis) -> String {
    let whole = plain(time as f64 / 1000.0);
    glue(&[&whole, if whole.contains('.') { " s" } else { ".0 s" }])
}

/// A sentence without its numbers.
fn letters(sentence: &str) -> impl Iterator<Item = char> {
    sentence.chars().filter(|letter| !letter.is_ascii_digit() && *letter != '.')
}

/// Minutes east of UTC in a zone; `None` where there is no such zone.
fn offset(zone: &str, wall: Millis) -> Option<i32> {
    let moment = Timestamp::from_millisecond(i64::try_from(wall).ok()?).ok()?;
    let zone = TimeZone::get(if zone.is_empty() { "UTC" } else { zone }).ok()?;
    Some(zone.to_offset(moment).seconds().div_euclid(60))
}
