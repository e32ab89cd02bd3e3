//! What was probably done where a text is not JSON, and what to do about it. The parser knows the place; whoever
//! wrote the text has brought the habits of another language.

mod scan;

use super::line::Lines;
use crate::json::Mistake;
use crate::text::{digits, glue};
use crate::value::MAX_DEPTH;
use scan::{Scan, Want};

/// The byte to point at, and a sentence without a full stop.
pub fn told(text: &str, mistake: &Mistake) -> (usize, String) {
    let scan = Scan::new(text, mistake.at);
    let rest = text.get(mistake.at..).unwrap_or_default();
    let is = |sentence: &str| (mistake.at, sentence.to_string());
    let bracket = scan.open.last();
    if text.trim().is_empty() {
        return is("there is nothing in it");
    }
    if let Some(start) = scan.text {
        return in_text(text, mistake.at, start);
    }
    let Some(at_hand) = rest.chars().next() else {
        let Some((open, at)) = bracket else { return is(mistake.problem) };
        let (line, column) = Lines::new(text).position(*at);
        let place = glue(&[&digits(line as u64), ":", &digits(column as u64)]);
        let (open, close) = if *open == b'{' { ("{", "}") } else { ("[", "]") };
        return is(&glue(&["the file ends before the ", open, " of ", &place, " is closed; add ", close]));
    };
    if rest.starts_with("//") || rest.starts_with("/*") || at_hand == '#' {
        return is("JSON has no comments; remove this one");
    }
    if at_hand == '<' && scan.last.is_none() {
        return is("this looks like a page in HTML; name the JSON file itself");
    }
    if "'`‘’“”„«»".contains(at_hand) {
        return is("names and texts stand in double quotes; write \" instead");
    }
    if at_hand.is_whitespace()
        || at_hand.is_control()
        || matches!(at_hand, '\u{200b}'..='\u{200f}' | '\u{feff}')
    {
        let code = format!("{:04X}", u32::from(at_hand));
        return is(&glue(&["a character that is not seen, U+", &code, ", stands here; remove it"]));
    }
    if let (Some((b',', comma)), '}' | ']') = (scan.last, at_hand) {
        return (comma, "nothing follows this comma; remove it".to_string());
    }
    if let (Some((open, _)), '}' | ']') = (bracket, at_hand)
        && (*open == b'{') != (at_hand == '}')
    {
        let (open, close) = if *open == b'{' { ("{", "]") } else { ("[", "}") };
        return is(&glue(&["what was opened with ", open, " is closed with ", close]));
    }
    if let Some((start, token)) = scan.token(text, mistake.at) {
        // A word that began as another one is read to its end.
        let want = if start < mistake.at { Want::Value } else { scan.want };
        return (start, word(token, want, &scan, mistake));
    }
    match (scan.want, at_hand) {
        (Want::End, '}' | ']') => is("this closes what is closed already; remove it, or one before it"),
        (Want::End, _) => is("something follows the end; remove it"),
        (Want::Name | Want::Value | Want::More, ',') => is("a comma too many; remove it"),
        (Want::Colon, _) => is("between a name and its value stands a colon; write it here"),
        (Want::More, ':') => is("only an object has names; write it in { and }"),
        (Want::More, '"' | '{' | '[') => is("a comma is missing before this; add it"),
        (Want::Name, '{' | '[') => is("a name in double quotes is missing before this; add it"),
        (Want::Value, '}' | ']') => is("a value is missing before this; add it"),
        (Want::Value, '{' | '[') => {
            is(&glue(&["this is nested deeper than ", &digits(MAX_DEPTH as u64), " levels; make it flatter"]))
        }
        _ => is(mistake.problem),
    }
}

/// What is wrong inside of the text that begins at `start`.
fn in_text(text: &str, at: usize, start: usize) -> (usize, String) {
    let before = text.get(start..at).unwrap_or_default();
    let sentence = match text.as_bytes().get(at) {
        Some(b'\n' | b'\r') | None => {
            return (
                start,
                "this text has no end; close it with \" on its own line, a new line in it is written \\n"
                    .to_string(),
            );
        }
        Some(b'\t') => "a tab in a text is written \\t",
        Some(0..b' ') => "a control character stands in this text; remove it",
        _ if before.ends_with('\\') => {
            "a backslash itself is written \\\\; alone it stands only before \" \\ / b f n r t u"
        }
        _ => "\\u is followed by four of 0-9 and a-f",
    };
    (at, sentence.to_string())
}

/// What is wrong with a word without quotes.
fn word(token: &str, want: Want, scan: &Scan, mistake: &Mistake) -> String {
    let meant = match token.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => "true",
        "false" | "no" | "off" => "false",
        "null" | "none" | "nil" | "undefined" => "null",
        _ => "",
    };
    match want {
        Want::End => "something follows the end; remove it".to_string(),
        Want::Name => glue(&["names stand in double quotes; write \"", token, "\""]),
        Want::Colon => "between a name and its value stands a colon; write it here".to_string(),
        _ if token.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) => {
            match token.parse::<f64>() {
                Ok(number) if number.is_infinite() => mistake.problem.to_string(),
                _ => glue(&["\"", token, "\" is no number; numbers are written like 12, -3 or 0.5"]),
            }
        }
        Want::More => "a comma is missing before this; add it".to_string(),
        _ if scan.open.is_empty() => "the whole is one object; write it in { and }".to_string(),
        _ if ["nan", "infinity"].contains(&token.to_ascii_lowercase().as_str()) => {
            glue(&["there is no ", token, " in JSON; write a number, or leave it out"])
        }
        Want::Value if !meant.is_empty() => glue(&["there is no ", token, " in JSON; write ", meant]),
        Want::Value => glue(&["texts stand in double quotes; write \"", token, "\""]),
    }
}
