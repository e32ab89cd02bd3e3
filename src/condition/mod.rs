//! Conditions over facts, in GrowthBook's condition language (its own form of MongoDB's queries), with a few
//! operators on texts added: `{"page.id": "auto-loans", "page.dwell_s": {"$gte": 40}}`; all lines must hold.
//!
//! Comparisons convert as JavaScript does, because that is what the language says: a missing fact is `null`, and
//! `null` counts as 0 in `$lt`. For facts of a known type that cannot arise by mistake: their operands are checked
//! while decoding.

mod coerce;
#[cfg(feature = "sentences")]
mod constants;
mod decode;
pub(crate) mod fold;
mod operator;
mod path;
mod regex;
mod test;
mod wanted;

pub use decode::decode;
pub use operator::{OPERATORS, Op, Operator, TYPES, Takes, type_of};
pub use path::{Paths, at_path};
pub use test::Test;
pub use wanted::shown;

use crate::fact::FactType;
use crate::report::Report;
use crate::value::Value;

/// Names of facts, turned into numbers while a condition is decoded.
pub trait Names {
    /// The slot and type of `name`, or `None` after reporting into `report` why there is none.
    fn slot(&mut self, name: &str, report: &mut Report) -> Option<(usize, FactType)>;

    /// The values of a saved group, or `None` after reporting.
    fn group(&mut self, id: &str, report: &mut Report) -> Option<Vec<Value>>;

    /// Whether a name may begin with `$`; otherwise such a name is taken for a misspelt operator.
    fn any_name(&self) -> bool {
        false
    }
}

/// A decoded condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    All(Vec<Condition>),
    /// Holds when empty, as in GrowthBook.
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// A comparison of the fact in a slot.
    Test(usize, Test),
    /// Something mistaken: never holds.
    Never,
}

impl Default for Condition {
    fn default() -> Self {
        Condition::All(Vec::new())
    }
}

impl Condition {
    /// Whether it holds, given what the fact in each slot is now. Comparing numbers or texts allocates nothing.
    pub fn holds<'v>(&self, read: &dyn Fn(usize) -> &'v Value) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|part| part.holds(read)),
            Condition::Any(parts) => parts.is_empty() || parts.iter().any(|part| part.holds(read)),
            Condition::Not(part) => !part.holds(read),
            Condition::Test(slot, test) => test.holds(read(*slot)),
            Condition::Never => false,
        }
    }

    /// Calls `each` for every comparison in it, with its slot and whether it stands un-negated.
    pub fn walk<'c>(&'c self, positive: bool, each: &mut dyn FnMut(usize, &'c Test, bool)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    part.walk(positive, each);
                }
            }
            Condition::Not(part) => part.walk(!positive, each),
            Condition::Test(slot, test) => each(*slot, test, positive),
            Condition::Never => {}
        }
    }
}
