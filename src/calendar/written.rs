//! Hours and dates as the config writes them.

use crate::text::cut;
use crate::time::digits;

/// Minutes after midnight at which `09:00-17:30` opens and closes.
///
/// It may close at `24:00`, or at or before the hour it opens: then it is open past midnight.
pub fn hours(text: &str) -> Option<(u16, u16)> {
    let (opens, closes) = cut(text, b'-')?;
    let closes = if closes == "24:00" { 24 * 60 } else { minute(closes)? };
    Some((minute(opens)?, closes))
}

/// Minutes from midnight to `17:30`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = cut(text, b':')?;
    Some((number(hour, 2, 23)? * 60 + number(minute, 2, 59)?) as u16)
}

/// Days from 1970-01-01 to a date such as `2026-12-31`, which must be in the calendar.
pub fn date(text: &str) -> Option<i32> {
    let (year, rest) = cut(text, b'-')?;
    let (month, day) = cut(rest, b'-')?;
    let (year, month) = (number(year, 4, 9999)?, number(month, 2, 12)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = if month == 2 { 28 + i32::from(leap) } else { 30 + (month + month / 8) % 2 };
    let day = number(day, 2, last).filter(|day| *day > 0 && month > 0)?;
    // Counted in years that begin in March, so that the leap day is the last of its year and months have lengths by
    // a simple sum; and from 400 years early, the length of the calendar's cycle, so that nothing is negative.
    let (year, month) = if month < 3 { (year + 399, month + 9) } else { (year + 400, month - 3) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
    Some(days - CYCLE - BEFORE_1970)
}

/// Days in 400 years.
const CYCLE: i32 = 146_097;
/// Days from the last of February of the year 0 to 1970-01-01.
const BEFORE_1970: i32 = 719_469;

/// A number of exactly `length` digits, up to `most`.
fn number(text: &str, length: usize, most: i32) -> Option<i32> {
    let number = digits(text, length)? as i32;
    (text.len() == length && number <= most).then_some(number)
}
