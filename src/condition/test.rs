//! One comparison of one fact.

use super::Condition;
use super::coerce::{alike, is, number, order, same, text, truthy};
use super::fold::same_folded;
use super::operator::{Op, Operator, Takes};
use super::path::at_path;
use super::regex::Regex;
use crate::text::{after, fits, mark, mixed};
use crate::value::Value;
use std::cmp::Ordering::{Equal, Greater, Less};
use std::rc::Rc;

/// A comparison. Two that are equal always come out the same, so that rules can share them.
#[derive(Debug, Clone)]
pub struct Test {
    pub(super) operator: &'static Operator,
    /// The operand, as far as it is compared as it is: versions are in the form that [`version`] gives them.
    pub(super) value: Value,
    /// What the operand is made into otherwise.
    pub(super) made: Option<Rc<Made>>,
}

#[derive(Debug)]
pub(super) enum Made {
    Regex(Regex),
    /// Conditions on an item, or on the length. Their slots are places in the paths into an item; without paths
    /// every slot is the item itself.
    Items(Vec<Condition>, Vec<String>),
}

impl PartialEq for Test {
    fn eq(&self, other: &Test) -> bool {
        std::ptr::eq(self.operator, other.operator) && self.value == other.value
    }
}

impl Test {
    /// A number that equal tests of the fact in one slot share, and others rarely do.
    pub fn mark(&self, slot: usize) -> u64 {
        marked(slot as u64, &self.value)
    }

    /// Whether it holds for a fact that is `fact` now.
    pub fn holds(&self, fact: &Value) -> bool {
        let Some(made) = &self.made else {
            let comparable;
            let mut fact = fact;
            if self.operator.takes == Takes::Version {
                comparable = Value::Text(version(fact).into());
                fact = &comparable;
            }
            return compare(self.operator, fact, &self.value);
        };
        match (made.as_ref(), fact) {
            (Made::Regex(regex), _) => regex.is_in(&text(fact)),
            (Made::Items(parts, paths), Value::List(items)) => {
                let length = [Value::Number(items.len() as f64)];
                let items = if self.operator.op == Op::Size { &length } else { items.as_slice() };
                // Every part needs an item it holds for. GrowthBook does not look at empty items in $elemMatch.
                parts.iter().all(|part| {
                    items.iter().any(|item| {
                        let read = |slot: usize| paths.get(slot).map_or(item, |path| at_path(item, path));
                        (self.operator.op != Op::ElemMatch || truthy(item)) && part.holds(&read)
                    })
                })
            }
            _ => false,
        }
    }

    /// Whether it is about the fact being there at all: it can hold for null on purpose.
    pub fn asks_presence(&self) -> bool {
        match (self.operator.op, &self.value) {
            (Op::Exists | Op::Type, _) => true,
            (Op::Is | Op::Eq | Op::Ne, value) => matches!(value, Value::Null),
            (Op::In | Op::Nin, values) => values.list().contains(&Value::Null),
            _ => false,
        }
    }

    /// Calls `each` with the numbers at which a changing number may change the answer.
    pub fn thresholds(&self, each: &mut dyn FnMut(f64)) {
        if self.made.is_some() || matches!(self.operator.op, Op::Exists | Op::Type) {
            return;
        }
        let values = match &self.value {
            Value::List(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in values {
            let threshold = number(value);
            if !threshold.is_nan() {
                each(threshold);
            }
        }
    }
}

fn marked(mut sum: u64, value: &Value) -> u64 {
    match value {
        // The two zeros are equal.
        Value::Number(number) => sum = mixed(sum, (number + 0.0).to_bits()),
        Value::Text(text) => sum = mark(sum, text),
        Value::List(items) => {
            for item in items {
                sum = marked(sum, item);
            }
        }
        _ => {}
    }
    sum
}

fn compare(operator: &Operator, fact: &Value, value: &Value) -> bool {
    let equal = if operator.folds { alike } else { same };
    let op = operator.op;
    match op {
        Op::Is if operator.folds => same_folded(&text(fact), &text(value)),
        Op::Is => is(fact, value),
        Op::Eq | Op::Ne => same(fact, value) == (op == Op::Eq),
        Op::Lt | Op::Lte | Op::Gt | Op::Gte => match order(fact, value) {
            Some(Less) => matches!(op, Op::Lt | Op::Lte),
            Some(Equal) => matches!(op, Op::Lte | Op::Gte),
            Some(Greater) => matches!(op, Op::Gt | Op::Gte),
            None => false,
        },
        Op::In | Op::Nin => is_in(fact, value, equal) == (op == Op::In),
        Op::Exists => matches!(fact, Value::Null) != truthy(value),
        Op::Type => value.text() == Some(kind(fact)),
        _ => match (fact, value) {
            (Value::Text(fact), Value::Text(value)) => within(op, fact, value),
            _ => false,
        },
    }
}

/// Whether the fact, or any of its items, is one of the values.
fn is_in(fact: &Value, values: &Value, same: fn(&Value, &Value) -> bool) -> bool {
    let facts = match fact {
        Value::List(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    facts.iter().any(|fact| values.list().iter().any(|value| same(fact, value)))
}

/// What `$type` calls a fact's type.
fn kind(fact: &Value) -> &'static str {
    match fact {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::Text(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
    }
}

/// Whether the text has the part where the operator looks for it.
fn within(op: Op, text: &str, part: &str) -> bool {
    match op {
        Op::Glob => fits(part, text),
        Op::StartsWith => text.starts_with(part),
        Op::EndsWith => text.ends_with(part),
        _ => after(text, part).is_some(),
    }
}

/// A version in a form in which texts compare as versions do: `v1.2.3-rc.1+build` is `    1-    2-    3-rc-    1`.
/// A release gets a part that comes after every name of a pre-release.
pub(super) fn version(value: &Value) -> String {
    let given = text(value);
    let given = match value {
        Value::Text(_) | Value::Number(_) if !given.is_empty() => given.as_ref(),
        _ => "0",
    };
    let given = given.strip_prefix('v').unwrap_or(given);
    let mut comparable = String::new();
    let (mut parts, mut start) = (0, 0);
    for at in 0..=given.len() {
        let byte = given.as_bytes().get(at);
        if !matches!(byte, None | Some(b'-' | b'.' | b'+')) {
            continue;
        }
        let part = given.get(start..at).unwrap_or_default();
        if parts > 0 {
            comparable.push('-');
        }
        if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) {
            for _ in part.len()..5 {
                comparable.push(' ');
            }
        }
        comparable.push_str(part);
        parts += 1;
        start = at + 1;
        if byte == Some(&b'+') {
            break;
        }
    }
    if parts == 3 {
        comparable.push_str("-~");
    }
    comparable
}
