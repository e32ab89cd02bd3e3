//! Conditions with their negations pushed down to single tests, and what can be known of them without a visitor.

use super::domain::Domains;
use crate::condition::{Condition, Test};

/// One test of the fact in a slot, or its negation.
#[derive(Debug, Clone, Copy)]
pub struct Atom<'c> {
    pub slot: usize,
    pub test: &'c Test,
    pub positive: bool,
}

impl Atom<'_> {
    /// Whether the fact must be one of a few values for it to pass.
    pub fn pins(&self) -> bool {
        self.positive && self.test.choices().is_some()
    }
}

/// A condition without negations but at its tests. An empty `Any` never holds.
#[derive(Debug)]
pub enum Formula<'c> {
    All(Vec<Formula<'c>>),
    Any(Vec<Formula<'c>>),
    Atom(Atom<'c>),
}

impl<'c> Formula<'c> {
    /// The formula that holds when `condition` does or, if not `positive`, when it does not.
    pub fn new(condition: &'c Condition, positive: bool) -> Formula<'c> {
        let each = |parts: &'c [Condition]| parts.iter().map(|part| Formula::new(part, positive)).collect();
        match condition {
            // An empty $or holds.
            Condition::Any(parts) if parts.is_empty() && positive => Formula::All(Vec::new()),
            Condition::Any(parts) if parts.is_empty() => Formula::Any(Vec::new()),
            Condition::All(parts) if positive => Formula::All(each(parts)),
            Condition::Any(parts) if !positive => Formula::All(each(parts)),
            Condition::All(parts) | Condition::Any(parts) => Formula::Any(each(parts)),
            Condition::Not(part) => Formula::new(part, !positive),
            Condition::Test(slot, test) => Formula::Atom(Atom { slot: *slot, test, positive }),
            Condition::Never if positive => Formula::Any(Vec::new()),
            Condition::Never => Formula::All(Vec::new()),
        }
    }

    /// The tests that must all pass, and the alternatives of which one must hold each.
    pub fn parts<'f>(&'f self, atoms: &mut Vec<Atom<'c>>, choices: &mut Vec<&'f [Formula<'c>]>) {
        match self {
            Formula::All(parts) => parts.iter().for_each(|part| part.parts(atoms, choices)),
            Formula::Any(parts) => choices.push(parts),
            Formula::Atom(atom) => atoms.push(*atom),
        }
    }

    /// Why it cannot hold beside the tests in `given`; `None` if it can or nobody knows.
    pub fn impossible(&self, given: &[Atom<'c>], domains: &Domains) -> Option<Why> {
        let (mut atoms, mut choices) = (given.to_vec(), Vec::new());
        self.parts(&mut atoms, &mut choices);
        for atom in &atoms {
            if !domains.satisfiable(atom.slot, &atoms) {
                return Some(Why::Fact(atom.slot));
            }
        }
        let dead =
            |choice: &&[Formula<'c>]| choice.iter().all(|part| part.impossible(&atoms, domains).is_some());
        choices.iter().any(dead).then_some(Why::Choice)
    }

    /// Whether it surely holds wherever all of `given` do.
    pub fn implied(&self, given: &[Atom<'c>], domains: &Domains) -> bool {
        match self {
            Formula::All(parts) => parts.iter().all(|part| part.implied(given, domains)),
            Formula::Any(parts) => parts.iter().any(|part| part.implied(given, domains)),
            Formula::Atom(atom) => domains.implied(*atom, given),
        }
    }
}

/// What cannot be: a fact, or all alternatives of an `$or`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Fact(usize),
    Choice,
}
