//! JSON text to plain data and back: the one form in which the tracker talks with its shell.
//!
//! By hand for the tracker's sake: a library's reader and its exact formatting of numbers cost more than the whole
//! shell does. Positions are bytes of the text.

use crate::text::{self, Piece};
use crate::value::{MAX_DEPTH, Value};
use std::rc::Rc;

/// Why a text is not JSON, and at which byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistake {
    pub at: usize,
    /// Without a full stop; empty without the feature `sentences`.
    pub problem: &'static str,
}

/// Reads JSON as RFC 8259 has it. Of two members of the same name the later one counts, at the place of the first.
/// Half of a surrogate pair, which only JavaScript can write, is read as U+FFFD.
///
/// # Errors
/// Whatever is not JSON, a number too large for an `f64`, and what is nested deeper than [`MAX_DEPTH`].
pub fn parse(text: &str) -> Result<Value, Mistake> {
    let mut reader = Reader {
        text,
        shared: Rc::new(text.to_string()),
        at: 0,
        problem: "",
        items: Vec::new(),
        entries: Vec::new(),
    };
    reader.peek();
    if let Some(value) = reader.value(0) {
        reader.peek();
        if reader.at == text.len() {
            return Ok(value);
        }
        reader.no::<()>("something follows the end");
    }
    Err(Mistake { at: reader.at, problem: reader.problem })
}

struct Reader<'t> {
    text: &'t str,
    /// The same text, of which whatever is read from it keeps parts.
    shared: Rc<String>,
    at: usize,
    /// What is wrong at the place at hand.
    problem: &'static str,
    /// What has been read of the lists and objects around that place: each takes its own with it when it ends, and
    /// so needs memory once and no more than it fills.
    items: Vec<Value>,
    entries: Vec<(Piece, Value)>,
}

impl Reader<'_> {
    #[inline]
    fn no<T>(&mut self, problem: &'static str) -> Option<T> {
        if cfg!(feature = "sentences") {
            self.problem = problem;
        }
        None
    }

    /// The byte at hand; at the end 0, which stands nowhere in JSON.
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// Steps over any spaces; the byte behind them.
    fn peek(&mut self) -> u8 {
        loop {
            let byte = self.byte();
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return byte;
            }
            self.at += 1;
        }
    }

    /// Steps over the byte at hand and any spaces; the byte behind them.
    fn next(&mut self) -> u8 {
        self.at += 1;
        self.peek()
    }

    /// Steps over `byte` if it is at hand.
    fn eat(&mut self, byte: u8) -> bool {
        let there = self.byte() == byte;
        self.at += usize::from(there);
        there
    }

    /// The value that begins at hand.
    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return self.no("nested too deep");
        }
        let (word, value) = match self.byte() {
            b'{' | b'[' => return self.members(depth + 1),
            b'"' => return Some(Value::Text(self.string()?)),
            b'n' => ("null", Value::Null),
            b't' => ("true", Value::Bool(true)),
            b'f' => ("false", Value::Bool(false)),
            b'-' | b'0'..=b'9' => return self.number(),
            _ => return self.no("expected a value"),
        };
        let start = self.at;
        for byte in word.bytes() {
            if !self.eat(byte) {
                self.at = start;
                return self.no("expected a value");
            }
        }
        Some(value)
    }

    /// A list or an object.
    fn members(&mut self, depth: usize) -> Option<Value> {
        let named = self.byte() == b'{';
        let end = if named { b'}' } else { b']' };
        let (items, entries) = (self.items.len(), self.entries.len());
        let mut byte = self.next();
        let mut more = byte != end;
        while more {
            if named {
                if byte != b'"' {
                    return self.no("expected a name in quotes");
                }
                let key = self.string()?;
                if self.peek() != b':' {
                    return self.no("expected :");
                }
                self.next();
                let value = self.value(depth)?;
                self.set(entries, key, value);
            } else {
                let value = self.value(depth)?;
                self.items.push(value);
            }
            byte = self.peek();
            more = byte == b',';
            if more {
                byte = self.next();
            } else if byte != end {
                return self.no(if named { "expected , or }" } else { "expected , or ]" });
            }
        }
        self.at += 1;
        Some(if named {
            Value::Map(self.entries.split_off(entries))
        } else {
            Value::List(self.items.split_off(items))
        })
    }

    /// Adds a member to the object whose members begin at `from`.
    fn set(&mut self, from: usize, key: Piece, value: Value) {
        for entry in self.entries.get_mut(from..).unwrap_or_default() {
            if entry.0 == key {
                entry.1 = value;
                return;
            }
        }
        self.entries.push((key, value));
    }

    fn string(&mut self) -> Option<Piece> {
        let from = self.at + 1;
        let mut string = String::new();
        loop {
            let start = self.at + 1;
            let byte = self.plain(start);
            if byte == b'"' && start == from {
                self.at += 1;
                return Some(Piece::of(&self.shared, from, self.at - 1));
            }
            // Cut at ASCII characters only, so there is always a piece.
            string.push_str(self.text.get(start..self.at).unwrap_or_default());
            match byte {
                b'"' => {
                    self.at += 1;
                    return Some(string.into());
                }
                b'\\' => {
                    self.at += 1;
                    string.push(self.escape()?);
                    self.at -= 1;
                }
                _ => return self.no("a text without an end, or with a control character"),
            }
        }
    }

    /// Steps to the first byte from `at` on that does not stand for itself in a text, and says which; 0 at the end.
    fn plain(&mut self, mut at: usize) -> u8 {
        let bytes = self.text.as_bytes();
        loop {
            let byte = bytes.get(at).copied().unwrap_or(0);
            if byte < b' ' || byte == b'"' || byte == b'\\' {
                self.at = at;
                return byte;
            }
            at += 1;
        }
    }

    /// What stands after a backslash.
    fn escape(&mut self) -> Option<char> {
        let byte = self.byte();
        self.at += 1;
        let code = match byte {
            b'"' | b'\\' | b'/' => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => return self.unicode(),
            _ => {
                self.at -= 1;
                return self.no("unknown escape");
            }
        };
        Some(char::from(code))
    }

    /// What stands after `\u`, and the other half of its pair.
    fn unicode(&mut self) -> Option<char> {
        let mut code = self.hex()?;
        let mark = self.at;
        if code & 0xfc00 == 0xd800 && self.eat(b'\\') && self.eat(b'u') {
            let low = self.hex()?;
            if low & 0xfc00 == 0xdc00 {
                code = 0x1_0000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
                return char::from_u32(code);
            }
        }
        if code & 0xfc00 == 0xd800 {
            self.at = mark;
        }
        Some(char::from_u32(code).unwrap_or('\u{fffd}'))
    }

    fn hex(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.byte()).to_digit(16) else {
                return self.no("expected four hexadecimal digits");
            };
            code = code << 4 | digit;
            self.at += 1;
        }
        Some(code)
    }

    fn number(&mut self) -> Option<Value> {
        let negative = self.eat(b'-');
        let start = self.at;
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.byte() | 0x20 == b'e' {
            self.at += 1;
            if !self.eat(b'-') {
                self.eat(b'+');
            }
            self.digits()?;
        }
        let size = text::decimal(self.text.as_bytes().get(start..self.at).unwrap_or_default());
        if !size.is_finite() {
            return self.no("this number is too large");
        }
        Some(Value::Number(if negative { -size } else { size }))
    }

    /// At least one digit.
    fn digits(&mut self) -> Option<()> {
        if !self.byte().is_ascii_digit() {
            return self.no("expected a digit");
        }
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        Some(())
    }
}

/// Writes `value` without spaces. A number that is none becomes null; of numbers 15 digits are kept.
pub fn write(value: &Value) -> String {
    let mut text = String::new();
    put(value, &mut text);
    text
}

fn put(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) if number.is_finite() => text.push_str(&crate::text::number(*number)),
        Value::Null | Value::Number(_) => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
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
