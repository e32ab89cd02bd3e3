//! Rules that say opposite things of the same visitor.

use super::domain::Domains;
use super::formula::Formula;
use crate::config::{Report, Rule, action};
use crate::text::glue;
use crate::value::Value;

/// A rule and its condition.
pub type Side<'c> = (&'c Rule, &'c Formula<'c>);

/// Warns at `later` when it sets an attribute to another value than `earlier`, which holds exactly when it does.
/// Whether it is so is not known of conditions with alternatives.
pub fn check(earlier: Side, later: Side, domains: &Domains, report: &mut Report) {
    for (name, value) in sets(later.0) {
        let other = sets(earlier.0).into_iter().find(|(known, other)| *known == name && *other != value);
        if other.is_some() && follows(earlier.1, later.1, domains) && follows(later.1, earlier.1, domains) {
            let mark = report.enter("then");
            let id = glue(&["\"", &earlier.0.id, "\""]);
            let same = ", which sets it to another value on the same condition";
            report.meaning(&["sets `attributes.", name, "` against the rule ", &id, same]);
            report.leave(mark);
            return;
        }
    }
}

/// What a rule sets by itself.
fn sets(rule: &Rule) -> Vec<(&str, &Value)> {
    let mut sets = Vec::new();
    for item in rule.then.list() {
        if let ("set", given) = action(item) {
            sets.extend(given.entries().iter().map(|(name, value)| (name.as_str(), value)));
        }
    }
    sets
}

/// Whether one condition surely holds where the other does.
fn follows(one: &Formula, other: &Formula, domains: &Domains) -> bool {
    let (mut atoms, mut choices) = (Vec::new(), Vec::new());
    other.parts(&mut atoms, &mut choices);
    one.implied(&atoms, domains)
}
