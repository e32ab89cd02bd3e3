//! Holds a value against the description and reports everything that does not fit, with its path.

use super::describe::{Field, Kind};
use crate::report::Report;
use crate::rules::condition;
use crate::text::{digits, glue, list, plain};
use crate::value::Value;

/// Reports whatever in `value` does not fit `kind`.
pub fn check(value: &Value, kind: &Kind, report: &mut Report) {
    match (kind, value) {
        (Kind::Bool, Value::Bool(_)) => {}
        (Kind::Number { min, max }, Value::Number(n)) => {
            let (min, max) = (f64::from(*min), f64::from(*max));
            if !(min <= *n && *n <= max) {
                report.add(glue(&["must be from ", &plain(min), " to ", &plain(max)]));
            }
        }
        (Kind::Text(max), Value::Text(text)) => length(text, *max, report),
        (Kind::Texts, Value::Text(text)) => length(text, 2000, report),
        (Kind::Texts, Value::Map(languages)) => {
            for (language, text) in languages {
                below(language, text, &Kind::Text(2000), report);
            }
        }
        (Kind::Name, Value::Text(text)) => {
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
            if text.is_empty() || text.len() > 64 || !text.chars().all(fits) {
                report.add("must be 1 to 64 of a-z, 0-9, - and _");
            }
        }
        (Kind::Link, Value::Text(text)) => starts(text, &["/", "https://", "mailto:", "tel:"], report),
        (Kind::Socket, Value::Text(text)) => {
            starts(text, &["/", "wss://", "ws://", "https://", "http://"], report);
        }
        (Kind::Color, Value::Text(text)) => {
            let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6);
            if !hex.is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit())) {
                report.add("must be a colour like #0b5d4b");
            }
        }
        (Kind::OneOf(words), Value::Text(text)) => {
            if !words.contains(&text.as_str()) {
                report.unknown("word", text, words);
            }
        }
        (Kind::List(item, max), Value::List(items)) => {
            if items.len() > *max {
                report.add(glue(&["must have at most ", &digits(*max as u64), " items"]));
            }
            for (index, value) in items.iter().take(*max).enumerate() {
                let mark = report.enter_nth(index);
                check(value, item, report);
                report.leave(mark);
            }
        }
        (Kind::Map(item), Value::Map(entries)) => {
            for (key, value) in entries {
                below(key, value, item, report);
            }
        }
        (Kind::Object(fields), Value::Map(entries)) => object(fields, entries, report),
        (Kind::Choice(fields), Value::Map(entries)) => {
            if entries.len() != 1 {
                let names: Vec<&str> = fields.iter().map(|f| f.name).collect();
                report.add(glue(&["must have exactly one of: ", &list(&names, ", ")]));
            }
            object(fields, entries, report);
        }
        (Kind::Short(_), Value::Text(text)) => length(text, 200, report),
        (Kind::Short(long), value) => check(value, long, report),
        (Kind::Condition, value) => {
            condition::decode(value, report);
        }
        (kind, value) => report.expected(name(kind), value.kind()),
    }
}

fn object(fields: &[Field], entries: &[(String, Value)], report: &mut Report) {
    for (key, value) in entries {
        match fields.iter().find(|field| field.name == key) {
            Some(field) => below(key, value, &field.kind, report),
            None => {
                let mark = report.enter(key);
                report.unknown("field", key, &fields.iter().map(|field| field.name).collect::<Vec<_>>());
                report.leave(mark);
            }
        }
    }
    for field in fields.iter().filter(|field| field.required) {
        if !entries.iter().any(|(key, _)| key == field.name) {
            let mark = report.enter(field.name);
            report.add("is missing");
            report.leave(mark);
        }
    }
}

fn below(key: &str, value: &Value, kind: &Kind, report: &mut Report) {
    let mark = report.enter(key);
    check(value, kind, report);
    report.leave(mark);
}

fn length(text: &str, max: usize, report: &mut Report) {
    // Bytes that begin a character.
    if text.bytes().filter(|byte| byte & 0xc0 != 0x80).count() > max {
        report.add(glue(&["must have at most ", &digits(max as u64), " characters"]));
    }
}

fn starts(text: &str, with: &[&str], report: &mut Report) {
    let fits = with.iter().any(|prefix| text.starts_with(prefix)) && !text.starts_with("//");
    if !fits || text.len() > 500 {
        report.add(glue(&["must begin with one of: ", &list(with, " ")]));
    }
}

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Bool => "true or false",
        Kind::Number { .. } => "a number",
        Kind::List(..) => "a list",
        Kind::Texts => "a text or an object of texts by language",
        Kind::Map(_) | Kind::Object(_) | Kind::Choice(_) | Kind::Condition => "an object",
        _ => "a text",
    }
}
