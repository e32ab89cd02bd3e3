//! Holds a value against the description and reports everything that does not fit, with its path.

use super::describe::{Field, Key, Kind};
use super::form;
use crate::calendar::hours;
use crate::condition::{self, Paths};
use crate::report::Report;
use crate::text::{Piece, digits, glue, list};
use crate::time::duration;
use crate::value::Value;

/// What an address of a page, and one of a conversation, begins with.
pub const LINKS: &[&str] = &["/", "https://", "mailto:", "tel:"];
pub const SOCKETS: &[&str] = &["/", "wss://", "ws://", "https://", "http://"];
/// Characters of an address, of a text for visitors, of a short form, and of a scalar.
pub const MAX_LINK: usize = 500;
pub const MAX_TEXT: usize = 2000;
pub const MAX_SHORT: usize = 200;
pub const MAX_SCALAR: usize = 500;

/// `value` if it fits `kind`; nothing is reported.
pub fn fitting<'v>(value: Option<&'v Value>, kind: &Kind) -> Option<&'v Value> {
    let mut report = Report::default();
    check(value?, kind, &mut report);
    value.filter(|_| report.is_empty())
}

/// Reports whatever in `value` does not fit `kind`. What is to be decoded on its own is not looked into.
pub fn check(value: &Value, kind: &Kind, report: &mut Report) {
    match (kind, value) {
        (Kind::Item(_) | Kind::Condition, _) => {}
        (Kind::Scalar, Value::Bool(_) | Value::Number(_)) => {}
        (Kind::Number { min, max }, Value::Number(n)) => within(*n, "", *min, *max, report),
        (Kind::Whole { min, max }, Value::Number(n)) => {
            // A fraction is outside of any range of whole numbers.
            let whole = if *n == n.trunc() { *n } else { f64::NAN };
            within(whole, "a whole number ", *min, *max, report);
        }
        (Kind::Duration(max), Value::Number(n)) => within(*n, "", 0, *max as i32, report),
        (Kind::Where, _) => {
            condition::decode(value, &mut Paths::default(), report);
        }
        (_, Value::Text(text)) => written(kind, value, text, report),
        (Kind::Texts, Value::Map(languages)) => {
            for (language, text) in languages {
                below(language, text, &Kind::Text(MAX_TEXT), report);
            }
        }
        (Kind::Short(long), value) => check(value, long, report),
        (Kind::List { of, min, max }, Value::List(items)) => {
            if items.len() < *min {
                report.at_least(*min, "items");
            }
            if items.len() > *max {
                report.at_most(*max, items.len(), "items");
            }
            for (index, value) in items.iter().take(*max).enumerate() {
                let mark = report.enter_nth(index);
                check(value, of, report);
                report.leave(mark);
            }
        }
        (Kind::Map(key, item), Value::Map(entries)) => {
            for (name, value) in entries {
                let mark = report.enter(name);
                if *key != Key::Any {
                    form::key(*key, name, report);
                }
                check(value, item, report);
                report.leave(mark);
            }
        }
        (Kind::Object(fields), Value::Map(entries)) => object(fields, entries, report),
        (Kind::Choice(forms), Value::Map(entries)) => choice(forms, entries, report),
        _ => unlike(kind, value, report),
    }
}

/// Reports what is wrong with a text.
fn written(kind: &Kind, value: &Value, text: &str, report: &mut Report) {
    let (fits, problem) = match kind {
        Kind::Name => (form::name(text, false), form::A_NAME),
        Kind::Word => (form::name(text, true), form::A_WORD),
        Kind::Color => (form::color(text), form::A_COLOR),
        Kind::Zone => (form::zone(text), form::A_ZONE),
        Kind::Hours => (hours(text).is_some(), form::SOME_HOURS),
        Kind::Filled(_) => (!text.is_empty(), "must not be empty"),
        Kind::Duration(_) => (duration(value).is_some(), form::A_DURATION),
        _ => (true, ""),
    };
    if !fits {
        report.add(problem);
    }
    let most = match kind {
        Kind::Text(max) | Kind::Filled(max) => *max,
        Kind::Texts => MAX_TEXT,
        Kind::Scalar => MAX_SCALAR,
        Kind::Short(_) => MAX_SHORT,
        Kind::Link | Kind::Socket => {
            let with = if matches!(kind, Kind::Link) { LINKS } else { SOCKETS };
            if !form::starts(text, with) {
                report.put(|| glue(&["must begin with one of: ", &list(with, " ")]));
            }
            MAX_LINK
        }
        // A schema cannot add up.
        Kind::Duration(max) => {
            if duration(value).is_some_and(|time| time > u64::from(*max) * 1000) {
                // The tracker does not say it.
                let most = if cfg!(feature = "sentences") { longest(*max) } else { String::new() };
                report.meaning(&["is too long; at most ", &most, " are allowed"]);
            }
            return;
        }
        Kind::OneOf(words) => {
            if !words.contains(&text) {
                report.unknown("word", text, words);
            }
            return;
        }
        Kind::Date => return form::date(text, report),
        Kind::Name | Kind::Word | Kind::Color | Kind::Zone | Kind::Hours => return,
        _ => return unlike(kind, value, report),
    };
    // No text has more characters than bytes.
    if text.len() <= most {
        return;
    }
    let mut characters = 0;
    for byte in text.bytes() {
        // Bytes that begin a character.
        characters += usize::from(byte & 0xc0 != 0x80);
    }
    if characters > most {
        report.at_most(most, characters, "characters");
    }
}

/// A duration as it would be written.
pub fn longest(seconds: u32) -> String {
    match seconds {
        0..86_400 => glue(&[&digits(u64::from(seconds / 60)), "m"]),
        _ => glue(&[&digits(u64::from(seconds / 86_400)), "d"]),
    }
}

fn unlike(kind: &Kind, value: &Value, report: &mut Report) {
    // The name is found only where it is said.
    report.put(|| match kind {
        Kind::OneOf(words) => glue(&["expected one of: ", &list(words, ", "), "; found ", value.kind()]),
        _ => glue(&["expected ", name(kind), ", found ", value.kind()]),
    });
}

fn object(fields: &[Field], entries: &[(Piece, Value)], report: &mut Report) {
    for (key, value) in entries {
        match fields.iter().find(|field| key == field.name) {
            Some(field) => below(key, value, &field.kind, report),
            None => {
                let mark = report.enter(key);
                report.unknown_among("field", key, || names(fields));
                report.leave(mark);
            }
        }
    }
    for field in fields {
        if field.required && !entries.iter().any(|(key, _)| key == field.name) {
            let mark = report.enter(field.name);
            report.add("is missing");
            report.leave(mark);
        }
    }
}

/// The form whose first field is there says what else may be.
fn choice(forms: &[&[Field]], entries: &[(Piece, Value)], report: &mut Report) {
    let mut chosen: Option<&[Field]> = None;
    let mut several = false;
    for form in forms {
        if form.first().is_some_and(|first| entries.iter().any(|(key, _)| key == first.name)) {
            several |= chosen.is_some();
            chosen = Some(form);
        }
    }
    match chosen {
        Some(form) if !several => object(form, entries, report),
        None if !entries.is_empty() => {
            for (key, _) in entries {
                let mark = report.enter(key);
                report.unknown_among("field", key, || firsts(forms));
                report.leave(mark);
            }
        }
        _ => {
            report.put(|| glue(&["must have exactly one of: ", &list(&firsts(forms), ", ")]));
        }
    }
}

fn names(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| field.name.to_string()).collect()
}

fn firsts(forms: &[&[Field]]) -> Vec<String> {
    forms.iter().filter_map(|form| Some(form.first()?.name.to_string())).collect()
}

fn below(key: &str, value: &Value, kind: &Kind, report: &mut Report) {
    let mark = report.enter(key);
    check(value, kind, report);
    report.leave(mark);
}

fn within(number: f64, what: &str, min: i32, max: i32, report: &mut Report) {
    let (min, max) = (f64::from(min), f64::from(max));
    if !(min <= number && number <= max) {
        report.outside(what, min, max);
    }
}

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number { .. } | Kind::Whole { .. } => "a number",
        Kind::Duration(_) => "seconds or a text like 5m",
        Kind::Scalar => "a text, a number, true or false",
        Kind::List { .. } => "a list",
        Kind::Texts => "a text or an object of texts by language",
        Kind::Map(..) | Kind::Object(_) | Kind::Choice(_) => "an object",
        Kind::Short(long) => name(long),
        _ => "a text",
    }
}
