//! Texts that say nothing, and slots in them that nobody fills.

use crate::config::Report;
use crate::text::glue;
use crate::value::Value;

/// What is filled into messages, their buttons and the reasons agents read.
const SLOTS: [&str; 2] = ["page.name", "page.dwell_s"];
/// Characters of what may be meant for a slot.
const LONG: usize = 40;

/// Where a text stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Whether slots are filled in there.
    pub filled: bool,
    /// Whether it must be there.
    pub required: bool,
}

/// Warns about one text, or one in several languages.
pub fn check(texts: &Value, place: Place, report: &mut Report) {
    match texts {
        Value::Text(text) => one(text, place, report),
        Value::Map(languages) if languages.is_empty() => empty(place, report),
        Value::Map(languages) => {
            for (language, text) in languages {
                let mark = report.enter(language);
                if let Value::Text(text) = text {
                    one(text, place, report);
                }
                report.leave(mark);
            }
        }
        _ => {}
    }
}

fn one(text: &str, place: Place, report: &mut Report) {
    if text.trim().is_empty() {
        empty(place, report);
    }
    for (before, slot) in slots(text) {
        let known = SLOTS.contains(&slot);
        let written = glue(&["`{", slot, "}`"]);
        if !place.filled {
            let elsewhere = " is not filled in here; it is in messages, their replies and reasons";
            report.meaning(&[&written, elsewhere]);
        } else if !known {
            let known = SLOTS.map(str::to_string);
            report.near_meaning(&[&written, " is not filled in"], slot.trim(), &known);
        } else if before.ends_with(['{', '$']) {
            report.meaning(&["one pair of braces is enough: ", &written]);
        }
    }
}

fn empty(place: Place, report: &mut Report) {
    let or = if place.required { "" } else { ", or leave it out" };
    report.meaning(&["is empty; write a text", or]);
}

/// Whatever looks like a slot, with what stands before its brace.
fn slots(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('{') {
        let (Some(before), Some(rest)) = (text.get(..at), text.get(at + 1..)) else { continue };
        let Some((slot, _)) = rest.split_once('}') else { continue };
        let part = |letter: char| letter.is_alphanumeric() || "._- ".contains(letter);
        if slot.len() <= LONG && slot.chars().all(part) && !slot.trim().is_empty() {
            found.push((before, slot));
        }
    }
    found
}
