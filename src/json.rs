//! JSON text to plain data and back: the one form in which the tracker talks with its shell.
//!
//! By hand for the tracker's sake: a library's reader and its exact formatting of numbers cost more than the whole
//! shell does. Positions are bytes of the text.

use crate::text::digits;
use crate::value::{MAX_DEPTH, Value};

/// Why a text is not JSON, and at which byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistake {
    pub at: usize,
    /// Without a full stop.
    pub problem: &'static str,
}

/// Reads JSON as RFC 8259 has it. Of two members of the same name the later one counts, at the place of the first.
/// Half of a surrogate pair, which only JavaScript can write, is read as U+FFFD.
///
/// # Errors
/// Whatever is not JSON, a number too large for an `f64`, and what is nested deeper than [`MAX_DEPTH`].
pub fn parse(text: &str) -> Result<Value, Mistake> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => reader.no("something follows the end"),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn no<T>(&self, problem: &'static str) -> Result<T, Mistake> {
        Err(Mistake { at: self.at, problem })
    }

    /// The byte at hand; at the end 0, which stands nowhere in JSON.
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        while let b' ' | b'\n' | b'\r' | b'\t' = self.byte() {
            self.at += 1;
        }
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over `byte` if it comes next.
    fn takes(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn value(&mut self, depth: usize) -> Result<Value, Mistake> {
        if depth > MAX_DEPTH {
            return self.no("nested too deep");
        }
        match self.peek() {
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Value::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, value) in
                    [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))]
                {
                    if self
                        .text
                        .as_bytes()
                        .get(self.at..)
                        .is_some_and(|rest| rest.starts_with(word.as_bytes()))
                    {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                self.no("expected a value")
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Mistake> {
        self.at += 1;
        let mut items = Vec::new();
        if !self.takes(b']') {
            loop {
                items.push(self.value(depth + 1)?);
                if self.takes(b']') {
                    break;
                }
                if !self.takes(b',') {
                    return self.no("expected , or ]");
                }
            }
        }
        Ok(Value::List(items))
    }

    fn map(&mut self, depth: usize) -> Result<Value, Mistake> {
        self.at += 1;
        let mut entries: Vec<(String, Value)> = Vec::new();
        if !self.takes(b'}') {
            loop {
                if self.peek() != Some(b'"') {
                    return self.no("expected a name in quotes");
                }
                let key = self.string()?;
                if !self.takes(b':') {
                    return self.no("expected :");
                }
                let value = self.value(depth + 1)?;
                match entries.iter_mut().find(|(known, _)| *known == key) {
                    Some(entry) => entry.1 = value,
                    None => entries.push((key, value)),
                }
                if self.takes(b'}') {
                    break;
                }
                if !self.takes(b',') {
                    return self.no("expected , or }");
                }
            }
        }
        Ok(Value::Map(entries))
    }

    fn string(&mut self) -> Result<String, Mistake> {
        self.at += 1;
        let mut string = String::new();
        let mut from = self.at;
        loop {
            let byte = self.byte();
            if byte < b' ' {
                return self.no("a text without an end, or with a control character");
            }
            if byte == b'"' || byte == b'\\' {
                // Cut at ASCII characters only, so there is always a piece.
                string.push_str(self.text.get(from..self.at).unwrap_or_default());
                self.at += 1;
                if byte == b'"' {
                    return Ok(string);
                }
                let escaped = self.escape()?;
                string.push(escaped);
                from = self.at;
            } else {
                self.at += 1;
            }
        }
    }

    /// What stands after a backslash.
    fn escape(&mut self) -> Result<char, Mistake> {
        let byte = self.byte();
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.hex()?;
                let second = self.text.as_bytes().get(self.at..self.at + 2);
                if code & 0xfc00 == 0xd800 && second == Some(b"\\u") {
                    let mark = self.at;
                    self.at += 2;
                    let low = self.hex()?;
                    if low & 0xfc00 == 0xdc00 {
                        code = 0x1_0000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
                    } else {
                        self.at = mark;
                    }
                }
                char::from_u32(code).unwrap_or('\u{fffd}')
            }
            _ => {
                self.at -= 1;
                return self.no("unknown escape");
            }
        })
    }

    fn hex(&mut self) -> Result<u32, Mistake> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.byte()).to_digit(16) else {
                return self.no("expected four hexadecimal digits");
            };
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<Value, Mistake> {
        let negative = self.takes(b'-');
        // The first 19 digits, and how many places they are from the point.
        let (mut mantissa, mut places) = (0u64, 0i32);
        if self.byte() == b'0' {
            self.at += 1;
        } else {
            self.digits(&mut mantissa, &mut places, 0)?;
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits(&mut mantissa, &mut places, 1)?;
        }
        if self.byte() | 0x20 == b'e' {
            self.at += 1;
            let smaller = self.byte() == b'-';
            self.at += usize::from(smaller || self.byte() == b'+');
            let (mut exponent, mut rest) = (0u64, 0i32);
            self.digits(&mut exponent, &mut rest, 0)?;
            // Nothing has a thousand digits: beyond is zero, or too large.
            let exponent = exponent.min(10_000) as i32;
            places += if smaller { exponent } else { -exponent };
        }
        let number = scaled(mantissa as f64, -places);
        if !number.is_finite() {
            return self.no("this number is too large");
        }
        Ok(Value::Number(if negative { -number } else { number }))
    }

    /// At least one digit, added to `mantissa`; `after` is 1 behind the point.
    fn digits(&mut self, mantissa: &mut u64, places: &mut i32, after: i32) -> Result<(), Mistake> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            if *mantissa < 1_000_000_000_000_000_000 {
                *mantissa = *mantissa * 10 + u64::from(self.byte() - b'0');
                *places += after;
            } else {
                *places -= 1 - after;
            }
            self.at += 1;
        }
        if self.at == start { self.no("expected a digit") } else { Ok(()) }
    }
}

/// `number` times ten to the power of `places`. Exact while both fit an `f64`, else as near as multiplying comes.
fn scaled(mut number: f64, mut places: i32) -> f64 {
    // Powers up to this are exact; each step rounds once.
    while places > 22 && number != 0.0 && number.is_finite() {
        number *= 1e22;
        places -= 22;
    }
    while places < -22 && number != 0.0 {
        number /= 1e22;
        places += 22;
    }
    let mut power = 1.0;
    for _ in 0..places.unsigned_abs().min(22) {
        power *= 10.0;
    }
    if places < 0 { number / power } else { number * power }
}

/// Writes `value` without spaces. A number that is none becomes null; of numbers 15 digits and more are kept.
pub fn write(value: &Value) -> String {
    let mut text = String::new();
    put(value, &mut text);
    text
}

fn put(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => put_number(*number, text),
        Value::Text(string) => put_string(string, text),
        Value::List(items) => {
            let mut before = '[';
            for item in items {
                text.push(before);
                put(item, text);
                before = ',';
            }
            text.push_str(if before == '[' { "[]" } else { "]" });
        }
        Value::Map(entries) => {
            let mut before = '{';
            for (key, value) in entries {
                text.push(before);
                put_string(key, text);
                text.push(':');
                put(value, text);
                before = ',';
            }
            text.push_str(if before == '{' { "{}" } else { "}" });
        }
    }
}

fn put_string(string: &str, text: &mut String) {
    text.push('"');
    let mut from = 0;
    for (at, byte) in string.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        text.push_str(string.get(from..at).unwrap_or_default());
        text.push('\\');
        if byte < b' ' {
            text.push_str(if byte < 16 { "u000" } else { "u001" });
            text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        } else {
            text.push(char::from(byte));
        }
        from = at + 1;
    }
    text.push_str(string.get(from..).unwrap_or_default());
    text.push('"');
}

/// The whole numbers an `f64` holds exactly end here.
const WHOLE: f64 = 9_007_199_254_740_992.0;

fn put_number(number: f64, text: &mut String) {
    if !number.is_finite() {
        return text.push_str("null");
    }
    if number < 0.0 {
        text.push('-');
    }
    let number = number.abs();
    let (mut decimals, mut whole) = (0, number);
    while whole >= WHOLE {
        decimals -= 1;
        whole = (scaled(number, decimals) + 0.5) as u64 as f64;
    }
    // The fewest decimals that read back as the same number, or as many as are exact.
    if number < WHOLE / 2.0 {
        loop {
            whole = (scaled(number, decimals) + 0.5) as u64 as f64;
            if scaled(whole, -decimals) == number || whole * 10.0 >= WHOLE / 2.0 || decimals > 300 {
                break;
            }
            decimals += 1;
        }
    }
    let shown = digits(whole as u64);
    if decimals <= 0 {
        text.push_str(&shown);
        for _ in decimals..0 {
            text.push('0');
        }
        return;
    }
    let decimals = decimals as usize;
    for _ in shown.len()..=decimals {
        text.push('0');
    }
    text.push_str(&shown);
    text.insert(text.len() - decimals, '.');
}
