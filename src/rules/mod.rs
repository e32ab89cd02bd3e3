//! Which rules fire now.
//!
//! A rule fires when its condition begins to hold, once: it is armed again when the condition ceases to hold, or
//! with the next page view. What holds it back may pass while the condition still holds; then it fires late.

mod because;
mod clock;
mod engine;
mod explain;
mod heap;
mod limits;
mod truth;
mod wait;

pub use engine::Engine;
pub use explain::{Explanation, State};
pub use limits::{Counts, Messages, Why};
pub use truth::{Open, Truth};

use crate::condition::Condition;
use crate::config::{Rule, does};
use crate::journey::NEVER;
use crate::time::Millis;
use crate::value::Value;
use heap::Heap;

/// The rules with what has become of each.
#[derive(Debug)]
pub struct Rules {
    pub engine: Engine,
    /// Higher priority first, then the order of the file.
    rules: Vec<Armed>,
    /// By their order, rules that only what holds back all of them may hold back: those that show nothing, and
    /// those that do.
    ready: [Heap; 2],
    /// Rules that wait for a moment of their own, by that moment: in milliseconds of the session.
    deadlines: Heap,
    /// How far the clock on the wall is ahead of the session's.
    ahead: i64,
    /// Grows when a rule becomes done or is armed again.
    version: u32,
}

#[derive(Debug)]
struct Armed {
    rule: Rule,
    counts: Counts,
    shows: bool,
    fired: bool,
    /// When a delay ends, in milliseconds of the session.
    due: Option<Millis>,
    /// Whether it is among those that are ready, be it meant or not.
    ready: bool,
    /// The moment it waits for, in milliseconds of the session, and that under which it is among the deadlines,
    /// which may be an earlier one that is not meant any more; [`NEVER`] for none.
    waits: Millis,
    queued: Millis,
}

/// What the rules are asked to do, given the moment.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    pub lived: Millis,
    pub wall: Millis,
    /// What holds back every rule, and what only those that show something.
    pub all: Option<Why>,
    pub messages: Option<Why>,
}

impl Rules {
    pub fn new(mut rules: Vec<Rule>, engine: Engine) -> Rules {
        let mut sorted: Vec<Armed> = Vec::with_capacity(rules.len());
        for index in order(&rules) {
            let rule = std::mem::take(&mut rules[index]);
            let shows = shows(&rule);
            let counts = Counts::default();
            let armed = Armed {
                rule,
                counts,
                shows,
                fired: false,
                due: None,
                ready: false,
                waits: NEVER,
                queued: NEVER,
            };
            sorted.push(armed);
        }
        let (ready, deadlines) = Default::default();
        let mut rules = Rules { engine, rules: sorted, ready, deadlines, ahead: 0, version: 0 };
        for index in 0..rules.rules.len() {
            let when = std::mem::replace(&mut rules.rules[index].rule.when, Condition::Never);
            rules.engine.add_rule(when);
        }
        rules
    }

    /// A new page view re-arms every rule, and whatever waited for its delay spoke of the page before.
    pub fn new_view(&mut self) {
        self.settle();
        self.version += 1;
        for armed in &mut self.rules {
            (armed.counts.page, armed.fired, armed.due) = (0, false, None);
        }
        self.gather();
    }

    pub fn rule(&self, index: usize) -> &Rule {
        &self.rules[index].rule
    }

    /// The rule called `id`.
    pub fn named(&mut self, id: &str) -> Option<&mut Counts> {
        self.version += 1;
        Some(&mut self.rules.iter_mut().find(|armed| armed.rule.id == id)?.counts)
    }

    /// Whether a change of facts could make the rule fire, were every clock somewhere else.
    pub fn matters(&self, index: usize) -> bool {
        let armed = &self.rules[index];
        !armed.fired && armed.over().is_none() && self.engine.truth(index, Open::Clocks).possible()
    }

    /// Changes whenever what [`Self::matters`] says may have changed.
    pub fn version(&self) -> (u32, u32) {
        (self.version, self.engine.version())
    }

    /// Every rule that has ever fired, with its counts.
    pub fn save(&self) -> Value {
        let mut saved = Vec::new();
        for armed in &self.rules {
            if armed.counts.visitor > 0 {
                saved.push((armed.rule.id.as_str().into(), armed.counts.save()));
            }
        }
        Value::Map(saved)
    }

    /// Takes back what [`Self::save`] gave. Counts of the session come from the tab, those of the visitor from all.
    pub fn restore(&mut self, saved: &Value, session: bool) {
        for armed in &mut self.rules {
            if let Some(saved) = saved.get(&armed.rule.id) {
                let mut counts = Counts::default();
                counts.restore(saved);
                let of_session = if session { counts.session } else { 0 };
                armed.counts.merge(of_session, counts.visitor, counts.last);
            }
        }
        self.version += 1;
    }

    /// Consent was withdrawn: what was counted beyond this page is forgotten.
    pub fn forget(&mut self) {
        for armed in &mut self.rules {
            let page = armed.counts.page;
            armed.counts = Counts { page, session: page, visitor: page, last: armed.counts.last };
        }
        self.gather();
        self.version += 1;
    }
}

impl Armed {
    /// Which cap is reached, if one is.
    fn over(&self) -> Option<Why> {
        self.counts.over(&self.rule.cap, "it has fired as often as its cap allows: ")
    }

    /// Why the rule may not fire now, though its condition holds: by the clock on the wall.
    fn held(&self, now: &Now) -> Option<Why> {
        let over = self.over();
        if over.is_some() {
            return over;
        }
        if let Some(until) = self.counts.pause(self.rule.cooldown, now.wall) {
            return Some(Why::lasts("it cools down for ", until));
        }
        if now.all.is_some() || !self.shows { now.all } else { now.messages }
    }
}

/// Where the rules stand in the file, in the order in which they are tried. The library's sort costs 2 KB over the wire.
fn order(rules: &[Rule]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(rules.len());
    for (index, rule) in rules.iter().enumerate() {
        let (mut from, mut to) = (0, index);
        while from < to {
            let middle = (from + to) / 2;
            if rules[order[middle]].priority >= rule.priority {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        order.insert(from, index);
    }
    order
}

/// Whether the rule shows the visitor something.
pub fn shows(rule: &Rule) -> bool {
    does(rule.then.list(), &["set", "emit"], true)
}
