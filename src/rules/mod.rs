//! Which rules fire now.
//!
//! A rule fires when its condition begins to hold, once: it is armed again when the condition ceases to hold, or
//! with the next page view. What holds it back may pass while the condition still holds; then it fires late.

mod because;
mod clock;
mod engine;
mod explain;
mod limits;
mod truth;

pub use because::Because;
pub use engine::Engine;
pub use explain::{Explanation, State};
pub use limits::{Counts, Messages, Why};
pub use truth::{Open, Truth};

use crate::condition::Condition;
use crate::config::{Action, Rule};
use crate::journey::NEVER;
use crate::time::Millis;
use crate::value::Value;

/// The rules with what has become of each.
#[derive(Debug)]
pub struct Rules {
    pub engine: Engine,
    /// Higher priority first, then the order of the file.
    rules: Vec<Armed>,
    /// Rules whose condition holds and that have not fired since it began to: in order.
    ready: Vec<usize>,
    /// Grows when a rule becomes done or is armed again.
    version: u32,
}

#[derive(Debug)]
struct Armed {
    rule: Rule,
    counts: Counts,
    fired: bool,
    /// When a delay ends, in milliseconds of the session.
    due: Option<Millis>,
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
    pub fn new(rules: Vec<Rule>, engine: Engine) -> Rules {
        let mut sorted: Vec<Armed> = Vec::with_capacity(rules.len());
        for rule in rules {
            // Nearly always the end. The library's sort costs 2 KB over the wire.
            let place = sorted.iter().rposition(|above| above.rule.priority >= rule.priority);
            let armed = Armed { rule, counts: Counts::default(), fired: false, due: None };
            sorted.insert(place.map_or(0, |index| index + 1), armed);
        }
        let mut rules = Rules { engine, rules: sorted, ready: Vec::new(), version: 0 };
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
        self.ready.clear();
        for index in 0..self.rules.len() {
            let armed = &mut self.rules[index];
            (armed.counts.page, armed.fired, armed.due) = (0, false, None);
            if self.engine.holds(index) {
                self.ready.push(index);
            }
        }
    }

    /// Takes notice of every condition that began or ceased to hold.
    pub fn settle(&mut self) {
        while let Some((index, holds)) = self.engine.changed() {
            let place = self.ready.binary_search(&index);
            let armed = &mut self.rules[index];
            match (place, holds) {
                (Err(place), true) => self.ready.insert(place, index),
                (place, false) => {
                    (armed.fired, armed.due) = (false, None);
                    self.version += 1;
                    if let Ok(place) = place {
                        self.ready.remove(place);
                    }
                }
                _ => {}
            }
        }
    }

    /// The first rule that is ready and that nothing holds back; it counts as fired.
    pub fn fire(&mut self, now: &Now) -> Option<usize> {
        self.settle();
        let mut place = 0;
        while let Some(index) = self.ready.get(place).copied() {
            if self.may_fire(index, now) {
                self.ready.remove(place);
                let armed = &mut self.rules[index];
                armed.counts.add(now.wall);
                (armed.fired, armed.due) = (true, None);
                self.version += 1;
                return Some(index);
            }
            place += 1;
        }
        None
    }

    fn may_fire(&mut self, index: usize, now: &Now) -> bool {
        let armed = &mut self.rules[index];
        if armed.held(now).is_some() {
            return false;
        }
        // The delay begins when nothing else stands in the way, and everything is asked again when it ends.
        armed.rule.delay == 0 || *armed.due.get_or_insert(now.lived + armed.rule.delay) <= now.lived
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

    /// When a ready rule's delay or cool-down ends, in milliseconds of the session; [`NEVER`] if none does.
    pub fn due(&self, lived: Millis, wall: Millis) -> Millis {
        let mut next = NEVER;
        for index in &self.ready {
            let armed = &self.rules[*index];
            if let Some(due) = armed.due.filter(|due| *due > lived) {
                next = next.min(due);
            }
            if let Some(until) = armed.counts.pause(armed.rule.cooldown, wall) {
                next = next.min(lived + (until - wall));
            }
        }
        next
    }

    /// Whether something waits for what holds back messages to pass.
    pub fn waits(&self) -> bool {
        !self.ready.is_empty()
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
                saved.push((armed.rule.id.clone(), armed.counts.save()));
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
        if now.all.is_some() || !shows(&self.rule) { now.all } else { now.messages }
    }
}

/// Whether the rule shows the visitor something.
pub fn shows(rule: &Rule) -> bool {
    rule.then.iter().any(|action| !matches!(action, Action::Set(_) | Action::Emit { .. }))
}
