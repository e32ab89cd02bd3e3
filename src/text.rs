//! Putting texts together. The library's `concat` and `join` are made anew for every length and cost 1 KB of code.

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
pub fn digits(mut number: u64) -> String {
    let mut reversed = Vec::new();
    loop {
        reversed.push(b'0' + (number % 10) as u8);
        number /= 10;
        if number == 0 {
            return reversed.iter().rev().map(|digit| char::from(*digit)).collect();
        }
    }
}

/// A number as people write it: whole, or with one decimal, rounded down.
///
/// The library's shortest-digits formatting of `f64` costs 4 KB over the wire in the tracker.
pub fn plain(number: f64) -> String {
    let tenths = (number.abs() * 10.0).min(1e15) as u64;
    let sign = if number < 0.0 && tenths > 0 { "-" } else { "" };
    match tenths % 10 {
        0 => glue(&[sign, &digits(tenths / 10)]),
        rest => glue(&[sign, &digits(tenths / 10), ".", &digits(rest)]),
    }
}

/// What stands before and after the first `mark`, an ASCII character.
pub fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == mark)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}
