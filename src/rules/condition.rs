//! Conditions over facts, in the words of GrowthBook's condition language (a subset of MongoDB's queries).
//!
//! `{"page.id": "auto-loans", "page.dwell_s": {"$gte": 40}}`: all lines must hold.
//! Comparisons are strict: values of different types are never equal and never ordered, and an unknown fact is
//! an error at load, so that "missing counts as 0" cannot arise.

use crate::config::Report;
use crate::journey::{Fact, FactType, FactValue};
use crate::text::{digits, glue};
use crate::value::Value;

/// Levels, nodes and list items accepted in one condition.
const MAX_DEPTH: usize = 8;
const MAX_NODES: usize = 64;
const MAX_ITEMS: usize = 256;

/// A decoded condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    All(Vec<Condition>),
    /// Holds when empty, as in GrowthBook.
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Test(Fact, Test),
    /// Something unknown: never holds.
    Never,
}

impl Default for Condition {
    fn default() -> Self {
        Condition::All(Vec::new())
    }
}

/// One comparison of one fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    Equal(Value),
    NotEqual(Value),
    Less(Value),
    LessOrEqual(Value),
    Greater(Value),
    GreaterOrEqual(Value),
    In(Vec<Value>),
    NotIn(Vec<Value>),
}

/// The operators, for decoding and for suggestions.
pub const OPERATORS: [&str; 9] = ["$eq", "$ne", "$lt", "$lte", "$gt", "$gte", "$in", "$nin", "$not"];
const GROUPS: [&str; 4] = ["$and", "$or", "$nor", "$not"];

impl Condition {
    /// Whether it holds, given what each fact is now.
    pub fn holds<'a>(&self, read: &impl Fn(Fact) -> FactValue<'a>) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|part| part.holds(read)),
            Condition::Any(parts) => parts.is_empty() || parts.iter().any(|part| part.holds(read)),
            Condition::Not(part) => !part.holds(read),
            Condition::Test(fact, test) => test.holds(read(*fact)),
            Condition::Never => false,
        }
    }

    /// Calls `each` for every comparison in it, with whether it stands un-negated.
    pub fn walk<'c>(&'c self, positive: bool, each: &mut dyn FnMut(Fact, &'c Test, bool)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.walk(positive, each));
            }
            Condition::Not(part) => part.walk(!positive, each),
            Condition::Test(fact, test) => each(*fact, test, positive),
            Condition::Never => {}
        }
    }
}

impl Test {
    pub fn holds(&self, fact: FactValue) -> bool {
        use std::cmp::Ordering::{Greater, Less};
        match self {
            Test::Equal(value) => same(fact, value),
            Test::NotEqual(value) => !same(fact, value),
            Test::Less(value) => order(fact, value) == Some(Less),
            Test::LessOrEqual(value) => order(fact, value).is_some_and(|o| o != Greater),
            Test::Greater(value) => order(fact, value) == Some(Greater),
            Test::GreaterOrEqual(value) => order(fact, value).is_some_and(|o| o != Less),
            Test::In(values) => values.iter().any(|value| same(fact, value)),
            Test::NotIn(values) => !values.iter().any(|value| same(fact, value)),
        }
    }

    /// The values it compares with.
    pub fn operands(&self) -> &[Value] {
        match self {
            Test::Equal(value) | Test::NotEqual(value) | Test::Less(value) => std::slice::from_ref(value),
            Test::LessOrEqual(value) | Test::Greater(value) => std::slice::from_ref(value),
            Test::GreaterOrEqual(value) => std::slice::from_ref(value),
            Test::In(values) | Test::NotIn(values) => values,
        }
    }
}

fn same(fact: FactValue, value: &Value) -> bool {
    match (fact, value) {
        (FactValue::Text(a), Value::Text(b)) => a == b,
        (FactValue::Number(a), Value::Number(b)) => a == *b,
        _ => false,
    }
}

fn order(fact: FactValue, value: &Value) -> Option<std::cmp::Ordering> {
    match (fact, value) {
        (FactValue::Text(a), Value::Text(b)) => Some(a.cmp(b.as_str())),
        (FactValue::Number(a), Value::Number(b)) => a.partial_cmp(b),
        _ => None,
    }
}

/// Decodes a condition and reports every unknown fact, unknown operator, wrong type and exceeded limit. What is
/// wrong never holds.
pub fn decode(value: &Value, report: &mut Report) -> Condition {
    let mut decoder = Decoder { report, nodes: 0 };
    let condition = decoder.group(value, 0);
    if decoder.nodes > MAX_NODES {
        decoder.report.add(glue(&["must have at most ", &digits(MAX_NODES as u64), " parts"]));
        return Condition::Never;
    }
    condition
}

struct Decoder<'r> {
    report: &'r mut Report,
    nodes: usize,
}

impl Decoder<'_> {
    /// Facts and groups: `{"page.id": …, "$or": […]}`.
    fn group(&mut self, value: &Value, depth: usize) -> Condition {
        self.lines(value, depth, &mut |decoder, key, operand| match (key, operand) {
            ("$not", _) => Condition::Not(Box::new(decoder.group(operand, depth + 1))),
            ("$and" | "$or" | "$nor", _) => {
                let parts = decoder.items(operand, &mut |decoder, part| decoder.group(part, depth + 1));
                match key {
                    "$and" => Condition::All(parts),
                    "$or" => Condition::Any(parts),
                    // An empty $nor is false, since an empty $or is true.
                    _ => Condition::Not(Box::new(Condition::Any(parts))),
                }
            }
            _ => match Fact::named(key) {
                Some(fact) => decoder.tests(fact, operand, depth + 1),
                None if key.starts_with('$') => decoder.unknown("operator", key, &GROUPS),
                None => decoder.unknown("fact", key, &Fact::ALL.map(|fact| fact.about().name)),
            },
        })
    }

    /// One fact's comparisons: a plain value, or `{"$gte": …, "$lt": …}`.
    fn tests(&mut self, fact: Fact, operand: &Value, depth: usize) -> Condition {
        if !matches!(operand, Value::Map(_)) {
            self.fits(fact, operand);
            return Condition::Test(fact, Test::Equal(operand.clone()));
        }
        self.lines(operand, depth, &mut |decoder, key, operand| {
            let make = match key {
                "$not" => return Condition::Not(Box::new(decoder.tests(fact, operand, depth + 1))),
                "$in" | "$nin" => {
                    let values = decoder.items(operand, &mut |decoder, value| {
                        decoder.fits(fact, value);
                        value.clone()
                    });
                    let test = if key == "$in" { Test::In(values) } else { Test::NotIn(values) };
                    return Condition::Test(fact, test);
                }
                "$eq" => Test::Equal,
                "$ne" => Test::NotEqual,
                "$lt" => Test::Less,
                "$lte" => Test::LessOrEqual,
                "$gt" => Test::Greater,
                "$gte" => Test::GreaterOrEqual,
                _ => return decoder.unknown("operator", key, &OPERATORS),
            };
            decoder.fits(fact, operand);
            Condition::Test(fact, make(operand.clone()))
        })
    }

    /// All lines of an object must hold.
    fn lines(
        &mut self,
        value: &Value,
        depth: usize,
        line: &mut dyn FnMut(&mut Self, &str, &Value) -> Condition,
    ) -> Condition {
        if !matches!(value, Value::Map(_)) {
            self.report.expected("an object", value.kind());
            return Condition::Never;
        }
        if depth > MAX_DEPTH {
            self.report.add(glue(&["must be at most ", &digits(MAX_DEPTH as u64), " levels deep"]));
            return Condition::Never;
        }
        let mut parts = Vec::new();
        for (key, operand) in value.entries() {
            self.nodes += 1;
            let mark = self.report.enter(key);
            parts.push(line(self, key, operand));
            self.report.leave(mark);
        }
        if parts.len() == 1 { parts.swap_remove(0) } else { Condition::All(parts) }
    }

    fn items<T>(&mut self, list: &Value, item: &mut dyn FnMut(&mut Self, &Value) -> T) -> Vec<T> {
        if !matches!(list, Value::List(_)) {
            self.report.expected("a list", list.kind());
        }
        if list.list().len() > MAX_ITEMS {
            self.report.add(glue(&["must have at most ", &digits(MAX_ITEMS as u64), " items"]));
        }
        let mut items = Vec::new();
        for (index, value) in list.list().iter().take(MAX_ITEMS).enumerate() {
            let mark = self.report.enter_nth(index);
            items.push(item(self, value));
            self.report.leave(mark);
        }
        items
    }

    fn fits(&mut self, fact: Fact, operand: &Value) {
        match (fact.about().kind, operand) {
            (FactType::Text, Value::Text(_)) | (FactType::Number, Value::Number(_)) => {}
            (FactType::Text, other) => self.report.expected("a text", other.kind()),
            (FactType::Number, other) => self.report.expected("a number", other.kind()),
        }
    }

    fn unknown(&mut self, noun: &str, word: &str, known: &[&str]) -> Condition {
        self.report.unknown(noun, word, known);
        Condition::Never
    }
}
