//! Moments as they come in from the shell, and durations as the config writes them. Nothing here reads a clock.

use crate::text::cut;
use crate::value::Value;

/// Milliseconds: since the page's time origin on the monotonic clock, since 1970 on the wall clock.
pub type Millis = u64;

/// When an event happened, and one random number for whatever it may need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment {
    /// Monotonic clock. Durations are measured with it; it may stand still while the machine sleeps.
    pub mono: Millis,
    /// Wall clock, UTC. For time stamps and for what must outlive the page.
    pub wall: Millis,
    /// Uniform random bits, fresh for every event.
    pub dice: u64,
}

impl Moment {
    /// A moment with both clocks at `mono`, as tests want it.
    pub fn at(mono: Millis) -> Self {
        Moment { mono, wall: mono, dice: 0 }
    }
}

/// The longest duration that is accepted as a number of seconds: some thirty years.
pub const MAX_SECONDS: f64 = 1e9;

/// A duration as the config writes it: a number of seconds, or a number with its unit, `40s`, `1.5h`.
///
/// Units are `s m h d`. The text has up to six digits, and up to three after a decimal point.
pub fn duration(value: &Value) -> Option<Millis> {
    let text = match value {
        Value::Number(seconds) => {
            return (0.0..=MAX_SECONDS).contains(seconds).then_some((seconds * 1000.0 + 0.5) as Millis);
        }
        Value::Text(text) => text,
        _ => return None,
    };
    let seconds = match text.as_bytes().last()? {
        b's' => 1,
        b'm' => 60,
        b'h' => 60 * 60,
        b'd' => 24 * 60 * 60,
        _ => return None,
    };
    let number = text.get(..text.len() - 1)?;
    let (whole, part) = cut(number, b'.').unwrap_or((number, "0"));
    // `1.5` is 1 thousand and 5 hundred thousandths.
    let mut scale = 1000;
    for _ in part.bytes() {
        scale /= 10;
    }
    Some((digits(whole, 6)? * 1000 + digits(part, 3)? * scale) * seconds)
}

/// A number of 1 to `most` digits.
pub(crate) fn digits(text: &str, most: usize) -> Option<u64> {
    if text.is_empty() || text.len() > most {
        return None;
    }
    let mut number = 0;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u64::from(byte - b'0');
    }
    Some(number)
}
