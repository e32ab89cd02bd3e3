//! Putting texts together. The library's `concat` and `join` are made anew for every length and cost 1 KB of code.

mod marks;
mod number;
mod piece;

pub use marks::{Marks, mark, mixed};
pub use number::{SPACES, decimal, number, to_number};
pub use piece::Piece;

/// The parts one after the other.
pub fn glue(parts: &[&str]) -> String {
    list(parts, "")
}

/// The parts with `between` between them.
pub fn list<T: AsRef<str>>(parts: &[T], between: &str) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(between);
        }
        text.push_str(part.as_ref());
    }
    text
}

/// A whole number in decimal.
pub fn digits(number: u64) -> String {
    let mut text = String::new();
    let mut place = 1;
    while number / place >= 10 {
        place *= 10;
    }
    while place > 0 {
        text.push(char::from(b'0' + (number / place % 10) as u8));
        place /= 10;
    }
    text
}

/// A number as people write it: whole, or with one decimal, rounded down.
pub fn plain(number: f64) -> String {
    self::number((number * 10.0).trunc() / 10.0)
}

/// What stands before and after the first `mark`, an ASCII character.
pub fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    let mut at = 0;
    while *text.as_bytes().get(at)? != mark {
        at += 1;
    }
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What of `text` follows the first `part` in it. The library's search costs more than it saves on short texts.
pub fn after<'t>(text: &'t str, part: &str) -> Option<&'t str> {
    let mut at = 0;
    while at <= text.len() {
        if let Some(rest) = text.get(at..).and_then(|tail| tail.strip_prefix(part)) {
            return Some(rest);
        }
        at += 1;
    }
    None
}

/// Whether `text` fits a pattern in which `*` stands for any run of characters.
///
/// Only the last `*` is ever tried again, so the time is bounded by the product of both lengths.
pub fn fits(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.as_bytes(), text.as_bytes());
    // What to go back to: the pattern after the last `*`, and the text that this `*` has not swallowed yet.
    let mut again: Option<(&[u8], &[u8])> = None;
    loop {
        match (pattern, text) {
            ([], []) => return true,
            ([b'*', rest @ ..], _) => {
                again = Some((rest, text));
                pattern = rest;
            }
            ([a, rest @ ..], [b, tail @ ..]) if a == b => (pattern, text) = (rest, tail),
            _ => match again {
                Some((rest, [_, tail @ ..])) => {
                    again = Some((rest, tail));
                    (pattern, text) = (rest, tail);
                }
                _ => return false,
            },
        }
    }
}

/// The number itself, or the end of the range that it lies beyond; `from` for what is no number.
///
/// The library's `clamp` can fail, and what it then says costs 7 KB over the wire: the formatting of numbers.
pub fn within(number: f64, from: f64, to: f64) -> f64 {
    if number > to {
        to
    } else if number > from {
        number
    } else {
        from
    }
}
