//! From JSON to conditions, with every mistake named.

use super::coerce::truthy;
use super::operator::{NAMES, OPERATORS, Operator, PLAIN, PLAIN_FOLDED, TYPES, Takes, type_of};
use super::path::place;
use super::regex::Regex;
use super::test::{Made, Test, version};
use super::{Condition, Names};
use crate::fact::FactType;
use crate::report::Report;
use crate::text::Piece;
use crate::value::Value;
use std::rc::Rc;

/// Levels, lines and list items accepted in one condition.
const MAX_DEPTH: usize = 8;
const MAX_LINES: usize = 64;
const MAX_ITEMS: usize = 256;

/// Decodes a condition and reports every unknown fact, unknown operator, operand that does not fit its fact and
/// exceeded limit.
///
/// A mistake loses its own part of the condition only, and so that the whole holds less often for it: what is
/// mistaken never holds or, where that is negated, always.
pub fn decode(value: &Value, names: &mut dyn Names, report: &mut Report) -> Condition {
    let mut decoder = Decoder { names, report, paths: None, lines: 0, negated: false };
    let condition = decoder.group(value, 0);
    if decoder.lines > MAX_LINES {
        decoder.report.meaning(&["must have at most 64 parts"]);
        return Condition::Never;
    }
    condition
}

struct Decoder<'r> {
    names: &'r mut dyn Names,
    report: &'r mut Report,
    /// Inside an item of a list: the paths into it that are named.
    paths: Option<Vec<String>>,
    lines: usize,
    /// Whether what is decoded stands in an odd number of negations.
    negated: bool,
}

impl Decoder<'_> {
    /// Facts and groups: `{"page.id": …, "$or": […]}`.
    fn group(&mut self, value: &Value, depth: usize) -> Condition {
        self.lines(value, depth, &mut |decoder, key, operand| match key {
            "$and" | "$or" => decoder.groups(operand, depth, key == "$or"),
            "$nor" => decoder.not(&mut |decoder| decoder.groups(operand, depth, true)),
            "$not" => decoder.not(&mut |decoder| decoder.group(operand, depth + 1)),
            _ => match decoder.slot(key) {
                Some((slot, kind)) => decoder.tests(slot, kind, operand, depth + 1),
                None => decoder.mistaken(),
            },
        })
    }

    fn groups(&mut self, operand: &Value, depth: usize, any: bool) -> Condition {
        match self.items(operand, &mut |decoder, part| decoder.group(part, depth + 1)) {
            Some(parts) if any => Condition::Any(parts),
            Some(parts) => Condition::All(parts),
            None => self.mistaken(),
        }
    }

    fn slot(&mut self, name: &str) -> Option<(usize, FactType)> {
        if let Some(paths) = &mut self.paths {
            return Some((place(paths, name), FactType::Any));
        }
        if name.starts_with('$') && !self.names.any_name() {
            self.report.unknown("operator", name, &["$and", "$or", "$nor", "$not"]);
            return None;
        }
        self.names.slot(name, self.report)
    }

    /// One fact's tests: a plain value, or `{"$gte": …, "$lt": …}`.
    fn tests(&mut self, slot: usize, kind: FactType, operand: &Value, depth: usize) -> Condition {
        let of_operators = match operand {
            Value::Map(entries) if kind == FactType::Any => is_of_operators(entries),
            Value::Map(entries) => !entries.is_empty(),
            _ => false,
        };
        if !of_operators {
            self.fits(kind, operand);
            return Condition::Test(slot, Test { operator: &PLAIN, value: operand.clone(), made: None });
        }
        self.lines(operand, depth, &mut |decoder, key, operand| {
            for operator in &OPERATORS {
                if operator.name == key {
                    return decoder.test(slot, kind, operator, operand, depth);
                }
            }
            decoder.report.unknown("operator", key, &NAMES);
            decoder.mistaken()
        })
    }

    fn test(
        &mut self,
        slot: usize,
        kind: FactType,
        operator: &'static Operator,
        operand: &Value,
        depth: usize,
    ) -> Condition {
        if !operator.suits(kind) {
            self.report.unsuited();
            // What it is given is looked at all the same, as for a fact that it suits.
            let of_lists = matches!(operator.takes, Takes::Length | Takes::Item | Takes::Items);
            let kind = if of_lists { FactType::List } else { FactType::Any };
            self.test(slot, kind, operator, operand, depth);
            return self.mistaken();
        }
        // What the operand must be like is checked; what is kept of it is the operand itself or made of it.
        let any = kind == FactType::Any;
        let mut instead = None;
        match operator.takes {
            Takes::Tests => return self.not(&mut |decoder| decoder.tests(slot, kind, operand, depth + 1)),
            // Nothing is more or less than nothing: for facts of a known type that is a slip.
            Takes::Sortable if !any && *operand == Value::Null => {
                self.report.mistyped(kind.words(), operand.kind())
            }
            Takes::Same | Takes::Sortable => self.fits(kind, operand),
            Takes::Values | Takes::Texts => {
                let kind = if kind == FactType::List { FactType::Any } else { kind };
                let fits = &mut |decoder: &mut Self, value: &Value| {
                    decoder.fits(kind, value);
                    Condition::Never
                };
                if self.items(operand, fits).is_none() {
                    return self.mistaken();
                }
            }
            Takes::Group => {
                let Some(id) = operand.text() else {
                    return self.expected("a text", operand);
                };
                let Some(values) = self.names.group(id, self.report) else { return self.mistaken() };
                instead = Some(Value::List(values));
            }
            Takes::Flag => {
                self.fits(if any { kind } else { FactType::Bool }, operand);
                instead = Some(Value::Bool(truthy(operand)));
            }
            Takes::Type => {
                let name = operand.text().unwrap_or_default();
                if !TYPES.contains(&name) {
                    self.report.unknown("type", name, &TYPES);
                    return self.mistaken();
                }
            }
            Takes::Length => {
                let kind = if any { kind } else { FactType::Number };
                let length = self.tests(0, kind, operand, depth + 1);
                return made(slot, operator, operand, Made::Items(vec![length], Vec::new()));
            }
            Takes::Item => return made(slot, operator, operand, self.item(operand, depth + 1)),
            Takes::Items => {
                let parts = self.items(operand, &mut |decoder, part| {
                    let mut condition = decoder.tests(0, FactType::Any, part, depth + 1);
                    if let (Condition::Test(_, test), true, Value::Text(_)) =
                        (&mut condition, operator.folds, part)
                    {
                        test.operator = &PLAIN_FOLDED;
                    }
                    condition
                });
                let Some(parts) = parts else { return self.mistaken() };
                return made(slot, operator, operand, Made::Items(parts, Vec::new()));
            }
            Takes::Regex => {
                if operand.text().is_none() {
                    return self.expected("a text", operand);
                }
                let Some(regex) = Regex::new(operand.text(), operator.folds) else {
                    self.report.meaning(&["must be a regular expression without look-around, \
                         back-references, \\p{…} and flags, of at most 200 characters and not too large"]);
                    return self.mistaken();
                };
                return made(slot, operator, operand, Made::Regex(regex));
            }
            Takes::Text => {
                if !matches!(operand, Value::Text(_) | Value::Null) {
                    return self.expected("a text", operand);
                }
            }
            Takes::Version => {
                self.fits(kind, operand);
                instead = Some(Value::Text(version(operand).into()));
            }
        }
        let value = instead.unwrap_or_else(|| operand.clone());
        Condition::Test(slot, Test { operator, value, made: None })
    }

    /// Tests of an item, or a condition on what is in it.
    fn item(&mut self, operand: &Value, depth: usize) -> Made {
        if is_of_operators(operand.entries()) {
            return Made::Items(vec![self.tests(0, FactType::Any, operand, depth)], Vec::new());
        }
        let outer = self.paths.replace(Vec::new());
        let part = self.group(operand, depth);
        let paths = std::mem::replace(&mut self.paths, outer).unwrap_or_default();
        Made::Items(vec![part], paths)
    }

    fn not(&mut self, decode: &mut dyn FnMut(&mut Self) -> Condition) -> Condition {
        self.negated = !self.negated;
        let part = decode(self);
        self.negated = !self.negated;
        Condition::Not(Box::new(part))
    }

    /// All lines of an object must hold.
    fn lines(
        &mut self,
        value: &Value,
        depth: usize,
        line: &mut dyn FnMut(&mut Self, &str, &Value) -> Condition,
    ) -> Condition {
        let Value::Map(entries) = value else {
            return self.expected("an object", value);
        };
        if depth > MAX_DEPTH {
            self.report.meaning(&["must be at most 8 levels deep"]);
            return self.mistaken();
        }
        let mut parts = Vec::with_capacity(entries.len());
        for (key, operand) in entries {
            self.lines += 1;
            if self.lines > MAX_LINES {
                break;
            }
            let mark = self.report.enter(key);
            parts.push(line(self, key, operand));
            self.report.leave(mark);
        }
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => {
                parts.extend(last);
                Condition::All(parts)
            }
        }
    }

    /// The items of a list, or `None` after reporting why there are none.
    fn items(
        &mut self,
        list: &Value,
        item: &mut dyn FnMut(&mut Self, &Value) -> Condition,
    ) -> Option<Vec<Condition>> {
        let Value::List(values) = list else {
            self.report.expected("a list", list.kind());
            return None;
        };
        if values.len() > MAX_ITEMS {
            self.report.at_most(MAX_ITEMS, values.len(), "items");
            return None;
        }
        let mut items = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let mark = self.report.enter_nth(index);
            items.push(item(self, value));
            self.report.leave(mark);
        }
        Some(items)
    }

    /// Reports an operand that a fact of this type cannot be compared with. A fact that is not known is null.
    fn fits(&mut self, kind: FactType, operand: &Value) {
        if kind != FactType::Any && *operand != Value::Null && type_of(operand) != kind {
            self.report.mistyped(kind.words(), operand.kind());
        }
    }

    fn expected(&mut self, what: &str, found: &Value) -> Condition {
        self.report.expected(what, found.kind());
        self.mistaken()
    }

    /// What stands for a part with a mistake in it. Where every path is a fact, GrowthBook's rule stands: it does
    /// not hold, negated or not.
    fn mistaken(&self) -> Condition {
        let holds = self.negated && !self.names.any_name();
        if holds { Condition::All(Vec::new()) } else { Condition::Never }
    }
}

/// A test with what its operand is made into.
fn made(slot: usize, operator: &'static Operator, operand: &Value, made: Made) -> Condition {
    Condition::Test(slot, Test { operator, value: operand.clone(), made: Some(Rc::new(made)) })
}

/// GrowthBook's rule: an object is of operators when it has some and nothing else.
fn is_of_operators(entries: &[(Piece, Value)]) -> bool {
    !entries.is_empty() && entries.iter().all(|(key, _)| key.starts_with('$'))
}
