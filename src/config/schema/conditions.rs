//! The schema of conditions: facts by name, and what each may be compared with.

use super::{either, entries, member, reference_to, words_of};
use crate::condition::{OPERATORS, Operator, TYPES, Takes};
use crate::config::{operators, reference};
use crate::fact::{Fact, FactType, Ids};
use crate::text::{Piece, glue};
use crate::value::{Value, map};

/// Items of a list in a condition.
const MAX_ITEMS: f64 = 256.0;

/// A condition over facts: each fact by its name.
pub fn facts() -> Value {
    let (mut fixed, mut patterns) = (groups("condition"), Vec::new());
    for fact in Fact::ALL {
        let about = fact.about();
        let kind = match about.kind {
            FactType::Text => "text",
            FactType::Number => "number",
            FactType::Bool => "boolean",
            FactType::List | FactType::Any => "declared",
        };
        let schema =
            map([("description", reference::fact(about).into()), ("$ref", glue(&["#/$defs/", kind]).into())]);
        match about.ids {
            Ids::None => fixed.push(member(about.name, schema)),
            _ => {
                let pattern = about.name.replace('.', "\\.").replace('*', "[\\s\\S]+");
                patterns.push(member(&glue(&["^", &pattern, "$"]), schema));
            }
        }
    }
    map([
        ("type", "object".into()),
        ("properties", Value::Map(fixed)),
        ("patternProperties", Value::Map(patterns)),
        ("additionalProperties", false.into()),
    ])
}

/// A condition over what an event or an item of a list has: any name is a path into it.
pub fn properties() -> Value {
    map([
        ("type", "object".into()),
        ("properties", Value::Map(groups("where"))),
        ("additionalProperties", reference_to("any")),
    ])
}

/// `$and`, `$or`, `$nor` and `$not` over conditions of this definition.
fn groups(of: &str) -> Vec<(Piece, Value)> {
    operators::GROUPS
        .iter()
        .map(|(name, about)| {
            let mut schema = vec![member("description", (*about).into())];
            schema.extend(match *name {
                "$not" => entries(reference_to(of)),
                _ => entries(many(reference_to(of))),
            });
            member(name, Value::Map(schema))
        })
        .collect()
}

fn many(item: Value) -> Value {
    map([("type", "array".into()), ("items", item), ("maxItems", Value::Number(MAX_ITEMS))])
}

/// Comparisons of a fact whose type is the same in every config.
pub fn fixed(kind: FactType) -> Value {
    let name = kind_name(kind);
    let plain = one_of_types(&[name, "null"]);
    let sorted = one_of_types(&[name]);
    let operators = with_operators(|operator| operator.suits(kind), definition(kind), &plain, &sorted);
    either(vec![plain.clone(), map([("minProperties", 1.into())]).and(operators)])
}

fn definition(kind: FactType) -> &'static str {
    match kind {
        FactType::Text => "text",
        FactType::Number => "number",
        _ => "boolean",
    }
}

fn kind_name(kind: FactType) -> &'static str {
    if kind == FactType::Text { "string" } else { definition(kind) }
}

fn one_of_types(names: &[&str]) -> Value {
    map([("type", words_of(names))])
}

/// Comparisons of a fact whose type the config declares: any operator, or a value that is no object.
pub fn declared() -> Value {
    either(vec![
        one_of_types(&["string", "number", "boolean", "array", "null"]),
        with_operators(|_| true, "declared", &true.into(), &true.into()),
    ])
}

/// Comparisons of what may be anything. An object is of operators when each of its keys begins with $; otherwise
/// it is a value to compare with.
pub fn any() -> Value {
    let operators = with_operators(|_| true, "any", &true.into(), &true.into());
    map([("if", map([("type", "object".into())]).and(of_operators())), ("then", operators)])
}

/// Comparisons of an item of a list, or a condition on what is in it.
pub fn item() -> Value {
    map([
        ("type", "object".into()),
        ("if", of_operators()),
        ("then", with_operators(|_| true, "any", &true.into(), &true.into())),
        ("else", reference_to("where")),
    ])
}

fn of_operators() -> Value {
    map([("minProperties", 1.into()), ("propertyNames", map([("pattern", "^\\$".into())]))])
}

/// An object of those operators that `has` says; `same` is what a fact is compared with, `sorted` what it may be more
/// or less than, `this` the definition.
fn with_operators(has: impl Fn(&Operator) -> bool, this: &str, same: &Value, sorted: &Value) -> Value {
    let typed = *same != Value::Bool(true);
    let mut properties = Vec::new();
    for operator in OPERATORS.iter().filter(|operator| has(operator)) {
        let operand = match operator.takes {
            Takes::Same | Takes::Version => same.clone(),
            Takes::Sortable => sorted.clone(),
            Takes::Values | Takes::Texts => many(same.clone()),
            Takes::Group | Takes::Regex => super::typed("string"),
            Takes::Flag if typed => one_of_types(&["boolean", "null"]),
            Takes::Flag => true.into(),
            Takes::Type => map([("enum", words_of(&TYPES))]),
            Takes::Tests | Takes::Length => reference_to(this),
            Takes::Item => reference_to("item"),
            Takes::Items => many(reference_to("any")),
            Takes::Text => one_of_types(&["string", "null"]),
        };
        let mut schema = vec![member("description", operators::about(operator.name).into())];
        schema.extend(entries(operand));
        properties.push(member(operator.name, Value::Map(schema)));
    }
    map([
        ("type", "object".into()),
        ("properties", Value::Map(properties)),
        ("additionalProperties", false.into()),
    ])
}

/// Both of two schemas that are objects.
trait And {
    fn and(self, other: Value) -> Value;
}

impl And for Value {
    fn and(self, other: Value) -> Value {
        let mut both = entries(self);
        both.extend(entries(other));
        Value::Map(both)
    }
}
