//! The small written forms of the config: names, durations, hours, dates, addresses.

use super::describe::Key;
use crate::calendar;
use crate::report::Report;
use crate::text::cut;
use crate::time::digits;

/// What a name must be, in words.
pub const A_NAME: &str = "must be 1 to 64 of a-z, 0-9, - and _";
pub const A_WORD: &str = "must be 1 to 64 of a-z, A-Z, 0-9, - and _";
pub const A_DURATION: &str = "must be seconds, or a text like 40s, 5m, 2h or 1d";
pub const A_COLOR: &str = "must be a colour like #0b5d4b";
pub const A_ZONE: &str = "must be a time zone like Asia/Karachi";
pub const SOME_HOURS: &str = "must be hours like 09:00-17:30";
pub const A_DATE: &str = "must be a date like 2026-12-25";

/// 1 to 64 of a-z, 0-9, `-` and `_`; A-Z too if `upper`.
pub fn name(text: &str, upper: bool) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|byte| {
            byte.is_ascii_lowercase()
                || byte.is_ascii_digit()
                || byte == b'-'
                || byte == b'_'
                || upper && byte.is_ascii_uppercase()
        })
}

/// Whether `text` may be a key of this sort.
pub fn fits(sort: Key, text: &str) -> bool {
    let mut report = Report::default();
    key(sort, text, &mut report);
    report.is_empty()
}

/// Reports why `text` may not be a key of this sort.
pub fn key(sort: Key, text: &str, report: &mut Report) {
    match sort {
        Key::Any => {}
        Key::Name if !name(text, false) => report.add(A_NAME),
        Key::Word if !name(text, true) => report.add(A_WORD),
        Key::Date => date(text, report),
        Key::Name | Key::Word => {}
    }
}

/// `2026-12-25`. A day that its month does not have is reported as a mistake of meaning.
pub fn date(text: &str, report: &mut Report) {
    if calendar::date(text).is_some() {
        return;
    }
    if cfg!(feature = "sentences") && looks_like_date(text) {
        report.meaning(&["there is no such day"]);
    } else {
        report.add(A_DATE);
    }
}

/// Whether a schema takes `text` for a date.
fn looks_like_date(text: &str) -> bool {
    let Some((year, rest)) = cut(text, b'-') else { return false };
    let Some((month, day)) = cut(rest, b'-') else { return false };
    let fits = year.len() == 4 && month.len() == 2 && day.len() == 2 && digits(year, 4).is_some();
    fits && matches!((digits(month, 2), digits(day, 2)), (Some(1..=12), Some(1..=31)))
}

/// `Asia/Karachi`, `UTC`, `Etc/GMT+5`. Whether there is such a zone, only the browser knows.
pub fn zone(text: &str) -> bool {
    text.len() <= 64
        && text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || byte == b'/' || byte == b'_' || byte == b'+' || byte == b'-'
        })
}

pub fn color(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() == 7 && bytes.next() == Some(b'#') && bytes.all(|byte| byte.is_ascii_hexdigit())
}

/// Whether `text` begins with one of these; what begins with two slashes is an address of another site.
pub fn starts(text: &str, with: &[&str]) -> bool {
    with.iter().any(|prefix| text.starts_with(prefix)) && !text.starts_with("//")
}
