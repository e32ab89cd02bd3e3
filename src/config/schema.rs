//! The config's JSON Schema (2020-12), made from the description. It accepts exactly what has no mistake of
//! structure; see [`super::Class`].

mod conditions;

use super::check::{LINKS, MAX_LINK, MAX_SCALAR, MAX_SHORT, MAX_TEXT, SOCKETS};
use super::describe::{Field, Key, Kind};
use super::file::CONFIG;
use crate::fact::FactType;
use crate::json;
use crate::text::{Piece, glue, list};
use crate::value::{Value, map};

const DURATION: &str = "^[0-9]{1,6}(\\.[0-9]{1,3})?[smhd]$";
const DATE: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
const HOURS: &str = "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
const NAME: &str = "^[a-z0-9_-]{1,64}$";
const WORD: &str = "^[A-Za-z0-9_-]{1,64}$";
const ZONE: &str = "^[A-Za-z][A-Za-z0-9_+/-]{0,63}$";

/// The whole schema.
pub fn schema() -> Value {
    let mut schema = vec![
        member("$schema", "https://json-schema.org/draft/2020-12/schema".into()),
        member("title", "Bharosa config".into()),
        member("description", "When a bank's site helps its visitors, and how.".into()),
    ];
    schema.extend(entries(of(&CONFIG)));
    let definitions = vec![
        member("texts", texts()),
        member("condition", conditions::facts()),
        member("where", conditions::properties()),
        member("text", conditions::fixed(FactType::Text)),
        member("number", conditions::fixed(FactType::Number)),
        member("boolean", conditions::fixed(FactType::Bool)),
        member("declared", conditions::declared()),
        member("any", conditions::any()),
        member("item", conditions::item()),
    ];
    schema.push(member("$defs", Value::Map(definitions)));
    Value::Map(schema)
}

fn member(key: &str, value: Value) -> (Piece, Value) {
    (key.into(), value)
}

fn entries(value: Value) -> Vec<(Piece, Value)> {
    match value {
        Value::Map(entries) => entries,
        _ => Vec::new(),
    }
}

fn typed(name: &str) -> Value {
    map([("type", name.into())])
}

fn reference_to(name: &str) -> Value {
    map([("$ref", glue(&["#/$defs/", name]).into())])
}

fn either(schemas: Vec<Value>) -> Value {
    map([("anyOf", Value::List(schemas))])
}

fn pattern(pattern: &str) -> Value {
    map([("type", "string".into()), ("pattern", pattern.into())])
}

fn text(min: usize, max: usize) -> Value {
    let min = if min > 0 { (min as u64).into() } else { Value::Null };
    map([("type", "string".into()), ("minLength", min), ("maxLength", (max as u64).into())])
}

fn number(name: &str, min: f64, max: f64) -> Value {
    map([("type", name.into()), ("minimum", Value::Number(min)), ("maximum", Value::Number(max))])
}

fn texts() -> Value {
    let by_language = map([("type", "object".into()), ("additionalProperties", text(0, MAX_TEXT))]);
    either(vec![text(0, MAX_TEXT), by_language])
}

/// The schema of one kind of value.
fn of(kind: &Kind) -> Value {
    match kind {
        Kind::Number { min, max } => number("number", f64::from(*min), f64::from(*max)),
        Kind::Whole { min, max } => number("integer", f64::from(*min), f64::from(*max)),
        Kind::Duration(max) => either(vec![number("number", 0.0, f64::from(*max)), pattern(DURATION)]),
        Kind::Text(max) => text(0, *max),
        Kind::Filled(max) => text(1, *max),
        Kind::Texts => reference_to("texts"),
        Kind::Name => pattern(NAME),
        Kind::Word => pattern(WORD),
        Kind::Link => address(LINKS),
        Kind::Socket => address(SOCKETS),
        Kind::Color => pattern("^#[0-9a-fA-F]{6}$"),
        Kind::Zone => pattern(ZONE),
        Kind::Hours => pattern(HOURS),
        Kind::Date => pattern(DATE),
        Kind::Scalar => either(vec![text(0, MAX_SCALAR), typed("number"), typed("boolean")]),
        Kind::OneOf(words) => map([("enum", words_of(words))]),
        Kind::List { of: item, min, max } => {
            let min = if *min > 0 { (*min as u64).into() } else { Value::Null };
            map([
                ("type", "array".into()),
                ("items", of(item)),
                ("minItems", min),
                ("maxItems", (*max as u64).into()),
            ])
        }
        Kind::Map(key, item) => map([
            ("type", "object".into()),
            ("propertyNames", keys(*key)),
            ("additionalProperties", of(item)),
        ]),
        Kind::Object(fields) => object(fields),
        Kind::Choice(forms) => map([("oneOf", Value::List(forms.iter().map(|form| object(form)).collect()))]),
        Kind::Short(long) => either(vec![text(0, MAX_SHORT), of(long)]),
        Kind::Condition => reference_to("condition"),
        Kind::Where => reference_to("where"),
        Kind::Item(kind) => of(kind),
    }
}

fn words_of(words: &[&str]) -> Value {
    Value::List(words.iter().map(|word| (*word).into()).collect())
}

fn keys(key: Key) -> Value {
    match key {
        Key::Any => Value::Null,
        Key::Name => map([("pattern", NAME.into())]),
        Key::Word => map([("pattern", WORD.into())]),
        Key::Date => map([("pattern", DATE.into())]),
    }
}

/// An address that begins with one of these. Two slashes begin the address of another site.
fn address(with: &[&str]) -> Value {
    let begins: Vec<&str> =
        with.iter().map(|begin| if *begin == "/" { "/([^/]|$)" } else { begin }).collect();
    map([
        ("type", "string".into()),
        ("pattern", glue(&["^(", &list(&begins, "|"), ")"]).into()),
        ("maxLength", (MAX_LINK as u64).into()),
    ])
}

fn object(fields: &[Field]) -> Value {
    let required: Vec<Value> =
        fields.iter().filter(|field| field.required).map(|field| field.name.into()).collect();
    map([
        ("type", "object".into()),
        ("properties", Value::Map(fields.iter().map(|field| member(field.name, described(field))).collect())),
        ("required", if required.is_empty() { Value::Null } else { Value::List(required) }),
        ("additionalProperties", false.into()),
    ])
}

fn described(field: &Field) -> Value {
    let mut schema = vec![member("description", field.words.about.into())];
    schema.extend(entries(of(&field.kind)));
    if let Ok(default) = json::parse(field.words.default) {
        schema.push(member("default", default));
    }
    if let Ok(example) = json::parse(field.words.example) {
        schema.push(member("examples", Value::List(vec![example])));
    }
    Value::Map(schema)
}
