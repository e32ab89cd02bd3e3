//! What facts can be at all, tried out with a few values that stand for all others.

use super::World;
use super::formula::Atom;
use crate::fact::{Fact, FactName, FactType};
use crate::signal::SignalKind;
use crate::value::Value;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// What the fact in each slot can be.
#[derive(Debug)]
pub struct Domains {
    facts: Vec<Domain>,
    /// What may still be tried out. Lists of hundreds, each held against each, would take hours.
    left: Cell<usize>,
    /// Tests by their address, and whether they pass come what may.
    always: RefCell<HashMap<(usize, bool), bool>>,
}

/// What a count counts to.
const COUNTED: f64 = 1000.0;
/// Comparisons that are tried out in all, some seconds' worth.
const EFFORT: usize = 20_000_000;

/// What one fact can be, besides not known.
#[derive(Debug)]
enum Domain {
    /// One of these.
    Words(Vec<Value>),
    /// Any number from 0 up to this.
    UpTo(f64),
    Number,
    Text,
    Bool,
    /// Who knows.
    Anything,
}

impl Domains {
    /// The domains of the config's slots. Unless `quiet`, pages on which no rule fires are none.
    pub fn new(world: &World, quiet: bool) -> Domains {
        let facts = world.config.facts.iter().map(|name| domain(name, world, quiet)).collect();
        Domains { facts, left: Cell::new(EFFORT), always: RefCell::default() }
    }

    /// Whether some value of the slot's fact passes all tests of it. Tests that nothing is known of count as passed.
    pub fn satisfiable(&self, slot: usize, atoms: &[Atom]) -> bool {
        let atoms = &of(slot, atoms);
        let Some(candidates) = self.candidates(slot, atoms, &[]) else { return true };
        let whole = self.whole(slot);
        candidates.iter().any(|candidate| passes(candidate, atoms, whole))
    }

    /// Whether `atom` surely passes whenever all of `given` do.
    pub fn implied(&self, atom: Atom, given: &[Atom]) -> bool {
        let same = |other: &Atom| {
            other.slot == atom.slot && other.positive == atom.positive && other.test == atom.test
        };
        if given.iter().any(same) {
            return true;
        }
        let given = of(atom.slot, given);
        if !given.is_empty() {
            return self.follows(atom, &given);
        }
        let key = (std::ptr::from_ref(atom.test).addr(), atom.positive);
        if let Some(always) = self.always.borrow().get(&key) {
            return *always;
        }
        let always = self.follows(atom, &given);
        self.always.borrow_mut().insert(key, always);
        always
    }

    /// Whether every value that passes what is `given` of the same fact passes `atom`.
    fn follows(&self, atom: Atom, given: &[Atom]) -> bool {
        // Of a fact that no test pins down, only tests of order and equality can be told for all values.
        let whole = self.whole(atom.slot);
        let known = whole || given.iter().any(Atom::pins) || atom.test.constants().is_some();
        if !known {
            return false;
        }
        let Some(candidates) = self.candidates(atom.slot, given, &[atom]) else { return false };
        let holds = |candidate: &Value| atom.test.holds(candidate) == atom.positive;
        candidates.iter().all(|value| !passes(value, given, whole) || holds(value))
    }

    /// Whether the candidates are all there is, and stand for nothing else.
    fn whole(&self, slot: usize) -> bool {
        matches!(self.facts.get(slot), Some(Domain::Words(_) | Domain::Bool))
    }

    /// Values such that every other one passes the same tests of order and equality as one of these; null is always
    /// among them. `None` when there are no such values, or too many to try. All atoms are of the slot.
    fn candidates(&self, slot: usize, atoms: &[Atom], more: &[Atom]) -> Option<Vec<Value>> {
        let domain = self.facts.get(slot)?;
        let mut candidates = vec![Value::Null];
        match domain {
            Domain::Words(words) => candidates.extend_from_slice(words),
            Domain::Bool => candidates.extend([Value::Bool(false), Value::Bool(true)]),
            Domain::Anything => return None,
            _ => {
                let mut constants: Vec<&Value> = Vec::new();
                for atom in atoms.iter().chain(more) {
                    constants.extend(atom.test.constants().unwrap_or_default());
                }
                // Each is about to be held against each.
                let effort = constants.len() * constants.len();
                self.left.set(self.left.get().checked_sub(effort)?);
                match domain {
                    Domain::Text => texts(&constants, &mut candidates),
                    Domain::UpTo(max) => numbers(&constants, 0.0, *max, &mut candidates),
                    _ => numbers(&constants, f64::MIN, f64::MAX, &mut candidates),
                }
            }
        }
        Some(candidates)
    }
}

/// Whether a value passes the tests of the slot's fact. It stands for others unless it is the `whole` of what it
/// is, or a test asks for it by name; then tests of more than order and equality count as passed.
fn passes(value: &Value, atoms: &[Atom], whole: bool) -> bool {
    let named = atoms
        .iter()
        .any(|atom| atom.pins() && atom.test.choices().is_some_and(|choices| choices.contains(value)));
    atoms.iter().all(|atom| match atom.test.constants() {
        None if !named && !whole => true,
        _ => atom.test.holds(value) == atom.positive,
    })
}

/// Those of the slot.
fn of<'c>(slot: usize, atoms: &[Atom<'c>]) -> Vec<Atom<'c>> {
    atoms.iter().filter(|atom| atom.slot == slot).copied().collect()
}

/// Each text, the one right after it, and the first of all.
fn texts(constants: &[&Value], candidates: &mut Vec<Value>) {
    candidates.push("".into());
    for text in constants.iter().filter_map(|value| value.text()) {
        candidates.push(text.into());
        candidates.push([text, "\0"].concat().into());
    }
}

/// Each number, one between each two, and one beyond either end, as far as they lie between `min` and `max`.
fn numbers(constants: &[&Value], min: f64, max: f64, candidates: &mut Vec<Value>) {
    let mut numbers: Vec<f64> = constants.iter().filter_map(|value| value.number()).collect();
    numbers.extend([min, max]);
    numbers.sort_by(f64::total_cmp);
    let between: Vec<f64> =
        numbers.windows(2).map(|pair| pair.iter().map(|number| number / 2.0).sum()).collect();
    numbers.extend(between);
    numbers.retain(|number| (min..=max).contains(number));
    candidates.extend(numbers.into_iter().map(Value::Number));
}

/// The words a fact is one of, if it has only some. For pages, those on which rules fire unless `quiet`.
pub fn words(name: &FactName, world: &World, quiet: bool) -> Option<Vec<String>> {
    let fixed = |words: &[&str]| Some(words.iter().map(|word| word.to_string()).collect());
    match name.fact {
        Fact::PageId => {
            let fires = |id: &&String| quiet || !world.config.limits.quiet_pages.contains(id);
            let mut words: Vec<String> = world.pages.iter().filter(fires).cloned().collect();
            words.push(String::new());
            Some(words)
        }
        Fact::VisitorDirection => fixed(&["ltr", "rtl"]),
        Fact::VisitorDevice => fixed(&["phone", "tablet", "desktop"]),
        Fact::TimeWeekday => fixed(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
        Fact::ChatState => fixed(&["never", "open", "closed", "live", "ended"]),
        Fact::EngagementState => fixed(&["never", "dismissed", "open", "closed", "live", "ended"]),
        Fact::Experiment => {
            let experiment = world.config.experiments.iter().find(|experiment| experiment.id == name.id)?;
            Some(experiment.variants.clone())
        }
        _ => None,
    }
}

fn domain(name: &FactName, world: &World, quiet: bool) -> Domain {
    if let Some(words) = words(name, world, quiet) {
        return Domain::Words(words.into_iter().map(Value::from).collect());
    }
    let declared = |kind: Option<FactType>| match kind {
        Some(FactType::Text) => Domain::Text,
        Some(FactType::Number) => Domain::Number,
        Some(FactType::Bool) => Domain::Bool,
        _ => Domain::Anything,
    };
    match (name.fact, name.fact.about().kind) {
        (Fact::PageScroll, _) => Domain::UpTo(100.0),
        (Fact::TimeHour, _) => Domain::UpTo(23.0),
        (Fact::Attribute, _) => {
            declared(world.config.attributes.iter().find(|(id, _)| *id == name.id).map(|(_, kind)| *kind))
        }
        (Fact::Signal, _) => {
            let signal = world.config.signals.iter().find(|(id, _)| *id == name.id);
            match signal.map(|(_, signal)| &signal.kind) {
                Some(SignalKind::Sequence(_)) => Domain::Bool,
                Some(SignalKind::Count(_)) => Domain::UpTo(COUNTED),
                Some(_) => Domain::UpTo(f64::MAX),
                None => Domain::Anything,
            }
        }
        // Counts and times.
        (_, FactType::Number) => Domain::UpTo(f64::MAX),
        (_, kind) => declared(Some(kind)),
    }
}
