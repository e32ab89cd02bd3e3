//! Holds a value against the description and reports everything that does not fit, with its path.

use super::describe::{Field, Key, Kind};
use super::form;
use crate::calendar::hours;
use crate::condition::{self, Paths};
use crate::report::Report;
use crate::text::{glue, list};
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
        (Kind::Duration(max), Value::Text(_)) => match duration(value) {
            None => report.add(form::A_DURATION),
            // A schema cannot add up.
            Some(time) if time > u64::from(*max) * 1000 => report.meaning(&["is too long"]),
            Some(_) => {}
        },
        (Kind::Text(max), Value::Text(text)) => length(text, *max, report),
        (Kind::Filled(max), Value::Text(text)) => {
            if text.is_empty() {
                report.add("must not be empty");
            }
            length(text, *max, report);
        }
        (Kind::Texts, Value::Text(text)) => length(text, MAX_TEXT, report),
        (Kind::Texts, Value::Map(languages)) => {
            for (language, text) in languages {
                below(language, text, &Kind::Text(MAX_TEXT), report);
            }
        }
        (Kind::Scalar, Value::Text(text)) => length(text, MAX_SCALAR, report),
        (Kind::Short(_), Value::Text(text)) => length(text, MAX_SHORT, report),
        (Kind::Short(long), value) => check(value, long, report),
        (Kind::Name, Value::Text(text)) => must(form::name(text, false), form::A_NAME, report),
        (Kind::Word, Value::Text(text)) => must(form::name(text, true), form::A_WORD, report),
        (Kind::Color, Value::Text(text)) => must(form::color(text), form::A_COLOR, report),
        (Kind::Zone, Value::Text(text)) => must(form::zone(text), form::A_ZONE, report),
        (Kind::Hours, Value::Text(text)) => must(hours(text).is_some(), form::SOME_HOURS, report),
        (Kind::Date, Value::Text(text)) => form::date(text, report),
        (Kind::Link, Value::Text(text)) => address(text, LINKS, report),
        (Kind::Socket, Value::Text(text)) => address(text, SOCKETS, report),
        (Kind::OneOf(words), Value::Text(text)) => {
            if !words.contains(&text.as_str()) {
                report.unknown("word", text, words);
            }
        }
        (Kind::List { of, min, max }, Value::List(items)) => {
            if items.len() < *min {
                report.at_least(*min, "items");
            }
            if items.len() > *max {
                report.at_most(*max, "items");
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
        (Kind::Where, value) => {
            condition::decode(value, &mut Paths::default(), report);
        }
        // The name is found only where it is said.
        (kind, value) => report.put(|| glue(&["expected ", name(kind), ", found ", value.kind()])),
    }
}

fn object(fields: &[Field], entries: &[(String, Value)], report: &mut Report) {
    for (key, value) in entries {
        match fields.iter().find(|field| field.name == key) {
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
fn choice(forms: &[&[Field]], entries: &[(String, Value)], report: &mut Report) {
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

fn must(fits: bool, problem: &str, report: &mut Report) {
    if !fits {
        report.wrong(&[problem]);
    }
}

fn within(number: f64, what: &str, min: i32, max: i32, report: &mut Report) {
    let (min, max) = (f64::from(min), f64::from(max));
    if !(min <= number && number <= max) {
        report.outside(what, min, max);
    }
}

fn length(text: &str, max: usize, report: &mut Report) {
    let mut characters = 0;
    for byte in text.bytes() {
        // Bytes that begin a character.
        characters += usize::from(byte & 0xc0 != 0x80);
    }
    if characters > max {
        report.at_most(max, "characters");
    }
}

fn address(text: &str, with: &[&str], report: &mut Report) {
    if !form::starts(text, with) {
        report.put(|| glue(&["must begin with one of: ", &list(with, " ")]));
    }
    length(text, MAX_LINK, report);
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
