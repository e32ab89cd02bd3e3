//! JSON text to plain data and back: the one form in which the tracker talks with its shell.
//!
//! By hand for the tracker's sake: a library's reader and its exact formatting of numbers cost more than the whole
//! shell does. Positions are bytes of the text.

use crate::text::{number, to_number};
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
        let start = self.at;
        self.at += usize::from(self.byte() == b'-');
        match self.byte() {
            b'0' => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if self.byte() | 0x20 == b'e' {
            self.at += 1;
            self.at += usize::from(self.byte() == b'-' || self.byte() == b'+');
            self.digits()?;
        }
        let number = to_number(self.text.get(start..self.at).unwrap_or_default());
        if !number.is_finite() {
            return self.no("this number is too large");
        }
        Ok(Value::Number(number))
    }

    /// Steps over at least one digit.
    fn digits(&mut self) -> Result<(), Mistake> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { self.no("expected a digit") } else { Ok(()) }
    }
}

/// Writes `value` without spaces. A number that is none becomes null; of numbers 15 digits and more are kept.
pub fn write(value: &Value) -> String {
    let mut text = String::new();
    put(value, &mut text);
    text
}

fn put(value: &Value, text: &mut String) {
    match value {
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(value) if value.is_finite() => text.push_str(&number(*value)),
        Value::Null | Value::Number(_) => text.push_str("null"),
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
