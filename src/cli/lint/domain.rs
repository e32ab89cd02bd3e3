//! What facts can be at all, tried out with a few values that stand for all others.

use super::World;
use super::formula::Atom;
use crate::fact::{Fact, FactName, FactType};
use crate::signal::SignalKind;
use crate::value::Value;

/// What the fact in each slot can be.
#[derive(Debug)]
pub struct Domains {
    facts: Vec<Domain>,
}

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
        Domains { facts: world.config.facts.iter().map(|name| domain(name, world, quiet)).collect() }
    }

    /// Whether some value of the slot's fact passes all tests of it. Tests that nothing is known of count as passed.
    pub fn satisfiable(&self, slot: usize, atoms: &[Atom]) -> bool {
        let Some(candidates) = self.candidates(slot, atoms, &[]) else { return true };
        let whole = self.whole(slot);
        candidates.iter().any(|candidate| passes(slot, candidate, atoms, whole))
    }

    /// Whether `atom` surely passes whenever all of `given` do.
    pub fn implied(&self, atom: Atom, given: &[Atom]) -> bool {
        let same = |other: &Atom| {
            other.slot == atom.slot && other.positive == atom.positive && other.test == atom.test
        };
        if given.iter().any(same) {
            return true;
        }
        let Some(candidates) = self.candidates(atom.slot, given, &[atom]) else { return false };
        // Of a fact that no test pins down, only tests of order and equality can be told for all values.
        let whole = self.whole(atom.slot);
        let pinned = given.iter().any(|given| given.slot == atom.slot && given.pins());
        let known = whole || pinned || atom.test.constants().is_some();
        let holds = |candidate: &Value| atom.test.holds(candidate) == atom.positive;
        known && candidates.iter().all(|value| !passes(atom.slot, value, given, whole) || holds(value))
    }

    /// Whether the candidates are all there is, and stand for nothing else.
    fn whole(&self, slot: usize) -> bool {
        matches!(self.facts.get(slot), Some(Domain::Words(_) | Domain::Bool))
    }

    /// Values such that every other one passes the same tests of order and equality as one of these; null is always
    /// among them. `None` when there are no such values.
    fn candidates(&self, slot: usize, atoms: &[Atom], more: &[Atom]) -> Option<Vec<Value>> {
        let domain = self.facts.get(slot)?;
        let mut candidates = vec![Value::Null];
        match domain {
            Domain::Words(words) => candidates.extend_from_slice(words),
            Domain::Bool => candidates.extend([Value::Bool(false), Value::Bool(true)]),
            Domain::Anything => return None,
            _ => {
                let mut constants: Vec<&Value> = Vec::new();
                for atom in atoms.iter().chain(more).filter(|atom| atom.slot == slot) {
                    constants.extend(atom.test.constants().unwrap_or_default());
                }
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
fn passes(slot: usize, value: &Value, atoms: &[Atom], whole: bool) -> bool {
    let mut of_slot = atoms.iter().filter(|atom| atom.slot == slot);
    let named = atoms.iter().any(|atom| {
        atom.slot == slot && atom.pins() && atom.test.choices().is_some_and(|choices| choices.contains(value))
    });
    of_slot.all(|atom| match atom.test.constants() {
        None if !named && !whole => true,
        _ => atom.test.holds(value) == atom.positive,
    })
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
                Some(_) => Domain::UpTo(f64::MAX),
                None => Domain::Anything,
            }
        }
        // Counts and times.
        (_, FactType::Number) => Domain::UpTo(f64::MAX),
        (_, kind) => declared(Some(kind)),
    }
}
