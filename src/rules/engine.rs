//! Which conditions hold now, kept up to date with as little work as a change needs.
//!
//! There is one visitor, so nothing is ever joined: what is left of a rule network is its first half. Tests that
//! several rules share are evaluated once, when their fact changes; a rule is looked at when one of its tests flips;
//! a fact that grows with time keeps its thresholds sorted, so that a tick costs what it crosses.

use super::clock::{Clock, seconds};
use super::truth::{Open, Truth};
use crate::condition::{Condition, Test};
use crate::text::Marks;
use crate::value::Value;

#[derive(Debug)]
struct Slot {
    value: Value,
    open: Open,
    predicates: Vec<usize>,
    clock: Option<Clock>,
}

#[derive(Debug)]
pub struct Predicate {
    pub slot: usize,
    pub test: Test,
    truth: Truth,
    rules: Vec<usize>,
}

/// A condition over predicates.
#[derive(Debug)]
pub enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Test(usize),
    Never,
}

#[derive(Debug)]
struct Entry {
    node: Node,
    holds: bool,
    dirty: bool,
}

/// All conditions with the facts they ask about.
#[derive(Debug, Default)]
pub struct Engine {
    slots: Vec<Slot>,
    predicates: Vec<Predicate>,
    /// The predicates again, by the marks of their tests: of a thousand few need be compared with a new one.
    known: Marks,
    rules: Vec<Entry>,
    dirty: Vec<usize>,
    /// Grows with every flip: whatever was worked out before may be out of date.
    version: u32,
}

impl Engine {
    /// Adds a fact; its slot is the number of slots before. Every fact starts as null.
    pub fn add_slot(&mut self, open: Open, grows: bool) {
        let clock = grows.then(Clock::default);
        self.slots.push(Slot { value: Value::Null, open, predicates: Vec::new(), clock });
    }

    /// Adds a rule; its number is the number of rules before.
    pub fn add_rule(&mut self, condition: Condition) {
        let rule = self.rules.len();
        let node = self.compile(condition, rule);
        self.rules.push(Entry { node, holds: false, dirty: true });
        self.dirty.push(rule);
    }

    fn compile(&mut self, condition: Condition, rule: usize) -> Node {
        match condition {
            Condition::All(parts) => Node::All(self.compile_all(parts, rule)),
            Condition::Any(parts) => Node::Any(self.compile_all(parts, rule)),
            Condition::Not(part) => Node::Not(Box::new(self.compile(*part, rule))),
            Condition::Test(slot, test) => Node::Test(self.predicate(slot, test, rule)),
            Condition::Never => Node::Never,
        }
    }

    fn compile_all(&mut self, parts: Vec<Condition>, rule: usize) -> Vec<Node> {
        let mut nodes = Vec::with_capacity(parts.len());
        for part in parts {
            nodes.push(self.compile(part, rule));
        }
        nodes
    }

    /// The predicate for `test`, shared with every rule that asks the same.
    fn predicate(&mut self, slot: usize, test: Test, rule: usize) -> usize {
        let mark = test.mark(slot);
        let known = self.known.find(mark, &mut |index| {
            let other = &self.predicates[index];
            other.slot == slot && other.test == test
        });
        let index = known.unwrap_or(self.predicates.len());
        if known.is_none() {
            self.known.add(mark);
            let place = &mut self.slots[slot];
            place.predicates.push(index);
            if let Some(clock) = &mut place.clock {
                clock.add(index, &test);
            }
            self.predicates.push(Predicate { slot, test, truth: Truth::UNKNOWN, rules: Vec::new() });
            self.check(index);
        }
        let rules = &mut self.predicates[index].rules;
        if rules.last() != Some(&rule) {
            rules.push(rule);
        }
        index
    }

    /// A fact is now `value`.
    pub fn set(&mut self, slot: usize, value: Value) {
        let place = &mut self.slots[slot];
        if place.value == value {
            return;
        }
        if let (Some(clock), Value::Number(number)) = (&mut place.clock, &value) {
            clock.place((number * 1000.0) as i64);
        }
        place.value = value;
        for index in 0..self.slots[slot].predicates.len() {
            self.check(self.slots[slot].predicates[index]);
        }
    }

    /// A fact that changes with time is now so many milliseconds. Nothing is allocated, and only what is crossed is
    /// evaluated.
    pub fn tick(&mut self, slot: usize, millis: i64) {
        let place = &mut self.slots[slot];
        let Some(clock) = place.clock.as_mut().filter(|_| place.value != Value::Null) else {
            return self.set(slot, seconds(millis));
        };
        if !clock.moves(millis) {
            return;
        }
        place.value = seconds(millis);
        while let Some(crossed) = self.slots[slot].clock.as_mut().and_then(|clock| clock.step(millis)) {
            self.check(crossed);
        }
    }

    fn evaluate(&self, index: usize) -> Truth {
        let predicate = &self.predicates[index];
        decide(&predicate.test, &self.slots[predicate.slot].value)
    }

    fn check(&mut self, index: usize) {
        let truth = self.evaluate(index);
        let predicate = &mut self.predicates[index];
        if predicate.truth != truth {
            predicate.truth = truth;
            self.version += 1;
            for rule in &predicate.rules {
                let entry = &mut self.rules[*rule];
                if !entry.dirty {
                    entry.dirty = true;
                    self.dirty.push(*rule);
                }
            }
        }
    }

    /// The next rule whose condition began or ceased to hold, with whether it holds now.
    pub fn changed(&mut self) -> Option<(usize, bool)> {
        while let Some(rule) = self.dirty.pop() {
            let holds = self.truth(rule, Open::Nothing) == Truth::TRUE;
            let entry = &mut self.rules[rule];
            entry.dirty = false;
            if entry.holds != holds {
                entry.holds = holds;
                return Some((rule, holds));
            }
        }
        None
    }

    /// Decides every rule from the facts alone and returns how many hold, as if nothing were remembered. What the
    /// changes leave behind comes to the same; this is what it would cost to do without them.
    pub fn sweep(&self) -> usize {
        let truth = |index: usize| self.evaluate(index);
        self.rules.iter().filter(|entry| judge(&entry.node, &truth) == Truth::TRUE).count()
    }

    pub fn holds(&self, rule: usize) -> bool {
        self.rules[rule].holds
    }

    /// What the rule's condition is, if the facts of kind `open` may be anything.
    pub fn truth(&self, rule: usize, open: Open) -> Truth {
        judge(&self.rules[rule].node, &|index| {
            let predicate = &self.predicates[index];
            match open {
                Open::Nothing => predicate.truth,
                open if self.slots[predicate.slot].open == open => Truth::MAYBE,
                _ => predicate.truth,
            }
        })
    }

    /// Whether each rule's condition holds when the facts are what `read` says, from nothing that is remembered: what
    /// all the remembering must come to.
    pub fn from_scratch(&self, read: &dyn Fn(usize) -> Value) -> Vec<bool> {
        let truth = |index: usize| {
            let predicate = &self.predicates[index];
            decide(&predicate.test, &read(predicate.slot))
        };
        self.rules.iter().map(|entry| judge(&entry.node, &truth) == Truth::TRUE).collect()
    }

    /// Calls `each` for every rule that asks about the slot.
    pub fn readers(&self, slot: usize, each: &mut dyn FnMut(usize)) {
        for index in &self.slots[slot].predicates {
            self.predicates[*index].rules.iter().for_each(|rule| each(*rule));
        }
    }

    pub fn value(&self, slot: usize) -> &Value {
        &self.slots[slot].value
    }

    /// Whether the fact changes with time alone.
    pub fn is_clock(&self, slot: usize) -> bool {
        self.slots[slot].clock.is_some()
    }

    pub fn slots(&self) -> usize {
        self.slots.len()
    }

    pub fn version(&self) -> u32 {
        self.version
    }

    /// Calls `each` for the tests that decide the rule's truth: those that make it hold when `holds`, else the first
    /// that stand in its way. `each` gets the slot, the test and whether the test must hold.
    pub fn reasons<'e>(&'e self, rule: usize, holds: bool, each: &mut dyn FnMut(usize, &'e Test, bool)) {
        self.decisive(&self.rules[rule].node, holds, true, each);
    }

    fn decisive<'e>(
        &'e self,
        node: &'e Node,
        holds: bool,
        positive: bool,
        each: &mut dyn FnMut(usize, &'e Test, bool),
    ) {
        // Turned around by every "not", All and Any change roles.
        match node {
            Node::Test(index) => {
                let predicate = &self.predicates[*index];
                each(predicate.slot, &predicate.test, positive);
            }
            Node::Not(part) => self.decisive(part, holds, !positive, each),
            Node::Never => {}
            Node::All(parts) | Node::Any(parts) => {
                let all_needed = matches!(node, Node::All(_)) == positive;
                for part in parts {
                    let truth = judge(part, &|index| self.predicates[index].truth);
                    let fits = truth == Truth::of(positive);
                    if fits == holds {
                        self.decisive(part, holds, positive, each);
                        if !(all_needed && holds) {
                            break;
                        }
                    }
                }
            }
        }
    }

    /// The next millisecond at which a growing (or, with `ahead` false, shrinking) fact changes a test of a rule that
    /// `matters`.
    pub fn next(&self, slot: usize, ahead: bool, matters: &dyn Fn(usize) -> bool) -> Option<i64> {
        let clock = self.slots[slot].clock.as_ref()?;
        clock.next(ahead, &|index| self.predicates[index].rules.iter().any(|rule| matters(*rule)))
    }
}

fn decide(test: &Test, value: &Value) -> Truth {
    match value {
        Value::Null if !test.asks_presence() => Truth::UNKNOWN,
        value => Truth::of(test.holds(value)),
    }
}

fn judge(node: &Node, truth: &dyn Fn(usize) -> Truth) -> Truth {
    match node {
        Node::All(parts) => {
            let mut all = Truth::TRUE;
            for part in parts {
                all = all.and(judge(part, truth));
                if all == Truth::FALSE {
                    break;
                }
            }
            all
        }
        // An empty one holds, as in GrowthBook.
        Node::Any(parts) if parts.is_empty() => Truth::TRUE,
        Node::Any(parts) => {
            let mut none = Truth::TRUE;
            for part in parts {
                none = none.and(!judge(part, truth));
                if none == Truth::FALSE {
                    break;
                }
            }
            !none
        }
        Node::Not(part) => !judge(part, truth),
        Node::Test(index) => truth(*index),
        Node::Never => Truth::FALSE,
    }
}
