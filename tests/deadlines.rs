//! A thousand rules with delays, cool-downs and caps fire at their moments and in their order, whatever happens to
//! the visitor and to the clock on the wall: as a model says that looks at every rule with every event.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/dice.rs"]
mod dice;

use bharosa::config::Config;
use bharosa::effect::Effect;
use bharosa::event::Event;
use bharosa::time::Moment;
use bharosa::tracker::Tracker;
use common::json;
use dice::Dice;

const RULES: usize = 1000;
const FLAGS: usize = 40;
/// The pause between messages, in milliseconds.
const GAP: u64 = 7_000;
const NEVER: u64 = u64::MAX;

/// One rule, and what has become of it.
#[derive(Default)]
struct Rule {
    id: String,
    /// It holds when the first flag is up and the second is not.
    flags: [usize; 2],
    delay: u64,
    cooldown: u64,
    page_cap: u64,
    session_cap: u64,
    priority: usize,
    says: bool,
    holds: bool,
    fired: bool,
    due: Option<u64>,
    page: u64,
    session: u64,
    last: Option<u64>,
}

/// What should happen, found by looking at everything.
struct Model {
    rules: Vec<Rule>,
    flags: [bool; FLAGS],
    visible: bool,
    shown: bool,
    message: Option<u64>,
    /// When a message was dismissed, and for how long it is quiet then.
    dismissed: Option<u64>,
    quiet: u64,
    mono: u64,
    wall: u64,
    lived: u64,
}

fn rules(dice: &mut Dice) -> Vec<Rule> {
    (0..RULES)
        .map(|index| Rule {
            id: format!("r{index}"),
            flags: [dice.below(FLAGS), dice.below(FLAGS)],
            delay: *dice.pick(&[0, 0, 1, 500, 2_000, 3_700, 10_000, 60_000, 3_600_000]),
            cooldown: *dice.pick(&[0, 0, 1_000, 5_000, 30_000, 3_600_000]),
            page_cap: *dice.pick(&[1, 2, 50]),
            session_cap: *dice.pick(&[2, 5, 500]),
            priority: dice.below(4),
            says: dice.one_in(8),
            ..Rule::default()
        })
        .collect()
}

fn config(rules: &[Rule], quiet: u64) -> String {
    let flags: Vec<String> = (0..FLAGS).map(|flag| format!(r#""f{flag}": "boolean""#)).collect();
    let rules: Vec<String> = rules
        .iter()
        .map(|rule| {
            let then = if rule.says { r#"{"say": {"text": "Help?"}}"# } else { r#"{"emit": {"name": "x"}}"# };
            let ([on, off], seconds) = (rule.flags, |millis: u64| millis as f64 / 1000.0);
            format!(
                r#"{{"id": "{}", "when": {{"attributes.f{on}": true, "$not": {{"attributes.f{off}": true}}}},
                "then": [{then}], "cap": {{"page": {}, "session": {}}}, "delay": {}, "cooldown": {}, "priority": {}}}"#,
                rule.id,
                rule.page_cap,
                rule.session_cap,
                seconds(rule.delay),
                seconds(rule.cooldown),
                rule.priority
            )
        })
        .collect();
    format!(
        r#"{{"version": 1, "backend": "/ws", "attributes": {{{}}}, "limits": {{"gap": {}, "quiet_after_dismiss_s": {}}},
            "rules": [{}]}}"#,
        flags.join(","),
        GAP / 1000,
        quiet / 1000,
        rules.join(",")
    )
}

/// When a pause of so long ends, if it lasts at `wall`.
fn pause(last: Option<u64>, length: u64, wall: u64) -> Option<u64> {
    last.filter(|last| *last <= wall).map(|last| last + length).filter(|until| *until > wall)
}

impl Model {
    fn pass(&mut self, mono: u64, wall: u64) {
        let (ran, went) = (mono - self.mono, wall.saturating_sub(self.wall));
        self.lived += if went > ran + 5_000 { went } else { ran };
        (self.mono, self.wall) = (mono, wall);
    }

    fn view(&mut self) {
        self.shown = false;
        for rule in &mut self.rules {
            (rule.page, rule.fired, rule.due) = (0, false, None);
        }
    }

    fn raise(&mut self, flag: usize, up: bool) {
        self.flags[flag] = up;
        for rule in &mut self.rules {
            let [on, off] = rule.flags;
            let holds = self.flags[on] && !self.flags[off];
            if rule.holds && !holds {
                (rule.fired, rule.due) = (false, None);
            }
            rule.holds = holds;
        }
    }

    /// What fires now, in order.
    fn fire(&mut self) -> Vec<String> {
        let mut fired = Vec::new();
        while fired.len() < 100 {
            let Some(index) = (0..RULES).find(|index| self.fires(*index)) else { break };
            let rule = &mut self.rules[index];
            (rule.fired, rule.due, rule.last) = (true, None, Some(self.wall).max(rule.last));
            (rule.page, rule.session) = (rule.page + 1, rule.session + 1);
            if rule.says {
                (self.shown, self.message) = (true, Some(self.wall).max(self.message));
            }
            fired.push(rule.id.clone());
        }
        fired
    }

    /// Until when nothing is said though nothing is shown.
    fn silence(&self) -> Option<u64> {
        pause(self.message, GAP, self.wall).max(pause(self.dismissed, self.quiet, self.wall))
    }

    fn fires(&mut self, index: usize) -> bool {
        let quiet = self.shown || self.silence().is_some();
        let (lived, wall, visible) = (self.lived, self.wall, self.visible);
        let rule = &mut self.rules[index];
        let may = rule.holds && !rule.fired && rule.page < rule.page_cap && rule.session < rule.session_cap;
        if !may || !visible || rule.says && quiet || pause(rule.last, rule.cooldown, wall).is_some() {
            return false;
        }
        *rule.due.get_or_insert(lived + rule.delay) <= lived
    }

    /// The first moment after this one at which something may fire or begin to wait, on the monotonic clock.
    fn next(&self) -> u64 {
        if !self.visible {
            return NEVER;
        }
        let mut next = NEVER;
        for rule in &self.rules {
            if !rule.holds
                || rule.fired
                || rule.page >= rule.page_cap
                || rule.session >= rule.session_cap
                || rule.says && self.shown
            {
                continue;
            }
            let gap = self.silence().filter(|_| rule.says);
            let until = gap.max(pause(rule.last, rule.cooldown, self.wall));
            let delay = rule.due.map_or(0, |due| due.saturating_sub(self.lived));
            let wait = until.map_or(0, |until| until - self.wall).max(delay);
            // What waits for nothing has been looked at: more than a hundred at once have to wait their turn.
            if wait > 0 {
                next = next.min(self.mono + wait);
            }
        }
        next
    }
}

struct Both {
    tracker: Tracker,
    model: Model,
    wake: Option<u64>,
    fired: usize,
    ticks: usize,
    needless: usize,
}

impl Both {
    fn new(seed: u64) -> Both {
        let mut rules = rules(&mut Dice::new(seed));
        let quiet = seed % 2 * 9_000;
        let (config, mistakes) = Config::decode(&json(&config(&rules, quiet)));
        assert!(mistakes.is_empty());
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.priority));
        let model = Model {
            rules,
            flags: [false; FLAGS],
            visible: true,
            shown: false,
            message: None,
            dismissed: None,
            quiet,
            mono: 0,
            wall: 1_790_000_000_000,
            lived: 0,
        };
        let tracker = Tracker::new(config.unwrap(), common::about(), common::utc());
        Both { tracker, model, wake: None, fired: 0, ticks: 0, needless: 0 }
    }

    fn send(&mut self, name: &str, argument: &str) {
        let event = Event::decode(name, json(argument)).unwrap();
        let moment = Moment { mono: self.model.mono, wall: self.model.wall, dice: 1 };
        let mut fired = Vec::new();
        for effect in self.tracker.handle(moment, event) {
            match effect {
                Effect::Emit(name, detail, ..) if name == "fired" => {
                    fired.push(detail.text_at("rule").unwrap().to_string());
                }
                Effect::Wake(at) => self.wake = at,
                _ => {}
            }
        }
        let expected = self.model.fire();
        assert_eq!(fired, expected, "{name} {argument} at {} ms", self.model.mono);
        self.fired += fired.len();
        let (wake, next) = (self.wake.unwrap_or(NEVER), self.model.next());
        assert!(wake <= next, "{name} at {}: woken at {wake}, too late for {next}", self.model.mono);
        assert!(wake > self.model.mono, "asked for at once, again and again");
        assert!(self.model.visible || wake == NEVER, "a hidden page is woken");
    }

    /// Goes on for so long, by the clocks, with every wake-up exactly at its moment.
    fn until(&mut self, mono: u64) {
        while let Some(at) = self.wake.filter(|at| *at <= mono) {
            let ran = at - self.model.mono;
            let wanted = self.model.next() == at;
            self.model.pass(at, self.model.wall + ran);
            self.wake = None;
            self.ticks += 1;
            self.needless += usize::from(!wanted);
            self.send("tick", "null");
        }
        let ran = mono - self.model.mono;
        self.model.pass(mono, self.model.wall + ran);
    }

    fn visible(&mut self, visible: bool) {
        self.model.visible = visible;
        self.send("visible", if visible { "true" } else { "false" });
    }

    fn step(&mut self, dice: &mut Dice) {
        let mono = self.model.mono + [0, 1, 40, 250, 999, 1000, 2500, 11_000][dice.below(8)];
        self.until(mono);
        match dice.below(40) {
            0 => {
                self.model.view();
                self.send("moved", &format!(r#"{{"path": "/{}", "push": true}}"#, self.model.mono));
            }
            // Away for hours, while the machine runs or sleeps.
            1 => {
                self.visible(false);
                let away = 1_000 * dice.below(20_000) as u64;
                let ran = if dice.one_in(2) { away } else { 0 };
                self.model.pass(mono + ran, self.model.wall + away);
                self.visible(true);
            }
            // Somebody sets the clock.
            2 => {
                let by = [40, 999, 4_000, 60_000, 3_600_000, 86_400_000][dice.below(6)];
                let wall = if dice.one_in(3) { self.model.wall + by } else { self.model.wall - by };
                self.model.pass(mono, wall);
                self.send("activity", "null");
            }
            3..9 => {
                if std::mem::replace(&mut self.model.shown, false) {
                    self.model.dismissed = Some(self.model.wall);
                }
                self.send("dismissed", "null");
            }
            9 => self.send("activity", "null"),
            _ => {
                let (flag, up) = (dice.below(FLAGS), dice.one_in(3));
                self.model.raise(flag, up);
                self.send("set", &format!(r#"{{"f{flag}": {up}}}"#));
            }
        }
    }
}

#[test]
fn every_rule_fires_at_its_moment_and_in_its_order() {
    let (mut fired, mut ticks, mut needless) = (0, 0, 0);
    for seed in 0..6 {
        let mut both = Both::new(seed);
        both.send("visible", "true");
        both.send("view", r#"{"path": "/"}"#);
        for flag in 0..FLAGS {
            both.send("set", &format!(r#"{{"f{flag}": false}}"#));
        }
        let mut dice = Dice::new(seed + 1_000);
        for _ in 0..300 {
            both.step(&mut dice);
        }
        fired += both.fired;
        ticks += both.ticks;
        needless += both.needless;
    }
    assert!(fired > 3_000, "{fired} fired");
    // Moments of rules that would show something, passed behind a message.
    assert!(ticks > 1_000 && needless < ticks / 10, "{needless} of {ticks} wake-ups were for nothing");
}

#[test]
fn nobody_is_woken_for_what_has_ceased_to_hold() {
    let config = r#"{"version": 1, "backend": "/ws", "attributes": {"on": "boolean"}, "rules": [
        {"id": "a", "when": {"attributes.on": true}, "then": [{"emit": {"name": "x"}}], "delay": "1m"}]}"#;
    let mut visit = common::Visit::new(config);
    visit.run(r#"0s view / | 1s send set {"on": true}"#);
    assert!(!visit.asleep(), "the delay will end");
    visit.run(r#"2s send set {"on": false}"#);
    assert!(visit.asleep());
    // A later delay is not cut short by the one that was given up.
    visit.run(r#"30s send set {"on": true} | 89.9s use"#);
    assert_eq!(visit.told("fired", "rule"), [""; 0]);
    assert_eq!(visit.ticks, 0, "not even to find out that it is too early");
    visit.run("90s use");
    assert_eq!(visit.told("fired", "rule"), ["a"]);
}

#[test]
fn a_nearer_moment_is_not_missed_for_one_that_was_given_up() {
    let config = r#"{"version": 1, "backend": "/ws", "attributes": {"on": "boolean"}, "rules": [
        {"id": "a", "when": {"attributes.on": true}, "then": [{"emit": {"name": "x"}}], "delay": "1m", "cooldown": "5s",
         "cap": {"session": 9}}]}"#;
    let mut visit = common::Visit::new(config);
    visit.run(r#"0s view / | 1s send set {"on": true} | 2s send set {"on": false}"#);
    // It fires in another tab, so that here it cools down first: until the eighth second.
    visit.run(r#"3s send shared {"fired": "a", "at": 3000} | 4s send set {"on": true} | 67.9s tick"#);
    assert_eq!(visit.told("fired", "rule"), [""; 0]);
    visit.until(68_000);
    assert_eq!(visit.told("fired", "rule"), ["a"]);
}

#[test]
fn what_begins_to_hold_again_and_again_while_nothing_may_fire_fires_once() {
    let config = r#"{"version": 1, "backend": "/ws", "attributes": {"on": "boolean"}, "rules": [
        {"id": "a", "when": {"attributes.on": true}, "then": [{"emit": {"name": "x"}}], "cap": {"page": 9, "session": 9}}]}"#;
    let mut visit = common::Visit::new(config);
    visit.run(r#"0s view / | 1s hide | 2s send set {"on": true} | 3s send set {"on": false} | 4s send set {"on": true}"#);
    visit.run("5s show | 6s use");
    assert_eq!(visit.told("fired", "rule"), ["a"]);
}
