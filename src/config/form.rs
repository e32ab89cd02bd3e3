//! The small written forms of the config: names, durations, hours, dates, addresses.

use super::describe::Key;
use crate::report::Report;
use crate::text::cut;

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
    match parts(text) {
        Some((year, month @ 1..=12, day @ 1..=31)) => {
            let days = match month {
                2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            if day > days {
                report.meaning(&["there is no such day"]);
            }
        }
        _ => report.add(A_DATE),
    }
}

fn parts(date: &str) -> Option<(u64, u64, u64)> {
    let (year, rest) = cut(date, b'-')?;
    let (month, day) = cut(rest, b'-')?;
    let fits = year.len() == 4 && month.len() == 2 && day.len() == 2;
    fits.then_some((whole(year.as_bytes(), 4)?, whole(month.as_bytes(), 2)?, whole(day.as_bytes(), 2)?))
}

/// `09:00-17:30`, from 00:00 to 24:00.
pub fn hours(text: &str) -> bool {
    let ends = cut(text, b'-').and_then(|(open, close)| Some((minutes(open)?, minutes(close)?)));
    // A day ends at 24:00 and never begins there.
    ends.is_some_and(|(open, close)| open < 1440 && close <= 1440)
}

fn minutes(text: &str) -> Option<u64> {
    let (hours, minutes) = cut(text, b':').filter(|_| text.len() == 5)?;
    let (hours, minutes) = (whole(hours.as_bytes(), 2)?, whole(minutes.as_bytes(), 2)?);
    (minutes < 60).then_some(hours * 60 + minutes)
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

/// A number of one to `most` digits.
fn whole(digits: &[u8], most: usize) -> Option<u64> {
    if digits.is_empty() || digits.len() > most {
        return None;
    }
    let mut number = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u64::from(digit - b'0');
    }
    Some(number)
}
