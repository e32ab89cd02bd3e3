//! From the text of a regular expression to steps.

use super::class::{DIGIT, LINE_END, WORD, add, has};
use super::{DONE, EDGE, END, MAX_STEPS, NO_EDGE, READ, READ_OTHER, Regex, SPLIT, START, Step, pair};
use crate::condition::fold::widen;
use crate::text::SPACES;

/// UTF-16 units a pattern may have.
const MAX_LENGTH: usize = 200;

/// What stands for several units in place of one.
const SET: u32 = u32::MAX;

pub fn parse(pattern: &str, any_case: bool) -> Option<Regex> {
    // Every unit with a nothing beside it, which makes the list one of a kind that is there anyway.
    let mut units = Vec::new();
    for unit in pattern.encode_utf16() {
        units.push((u32::from(unit), 0));
    }
    let regex = Regex { steps: Vec::new(), ranges: Vec::new(), scratch: Default::default() };
    let mut parser = Parser { rest: &units, regex, any_case };
    if units.len() > MAX_LENGTH {
        return None;
    }
    parser.choice()?;
    parser.regex.steps.push((DONE, 0));
    // What is left begins with a bracket that was never opened.
    if parser.rest.is_empty() { Some(parser.regex) } else { None }
}

pub struct Parser<'p> {
    pub rest: &'p [(u32, u32)],
    pub regex: Regex,
    any_case: bool,
}

impl Parser<'_> {
    pub fn next(&mut self) -> Option<u32> {
        let ((first, _), rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// The next character; 0 when there is none or it is no ASCII.
    pub fn peek(&self) -> u8 {
        self.rest.first().map_or(0, |(unit, _)| ascii(*unit))
    }

    pub fn next_ascii(&mut self) -> u8 {
        self.next().map_or(0, ascii)
    }

    pub fn eat(&mut self, wanted: u8) -> bool {
        let found = self.peek() == wanted;
        if found {
            self.next();
        }
        found
    }

    /// `a|b|c`, up to a closing bracket or the end.
    fn choice(&mut self) -> Option<()> {
        let start = self.regex.steps.len();
        self.sequence()?;
        if self.eat(b'|') {
            // In front of what was read stands the choice between that and what follows; behind it the way out.
            let steps = &mut self.regex.steps;
            let length = steps.len() - start;
            steps.insert(start, (SPLIT, pair(1, length + 2)));
            let end = steps.len();
            steps.push((DONE, 0));
            self.choice()?;
            let out = self.regex.steps.len() - end;
            if let Some(step) = self.regex.steps.get_mut(end) {
                *step = (SPLIT, pair(out, out));
            }
        }
        Some(())
    }

    fn sequence(&mut self) -> Option<()> {
        while !self.rest.is_empty() && !matches!(self.peek(), b'|' | b')') {
            let start = self.regex.steps.len();
            let repeats = self.atom()?;
            self.repetition(start, repeats)?;
            if self.regex.steps.len() > MAX_STEPS {
                return None;
            }
        }
        Some(())
    }

    /// One thing that may be repeated, or a place, which may not: whether it may.
    fn atom(&mut self) -> Option<bool> {
        let unit = self.next()?;
        let ranges = self.regex.ranges.len();
        let mut read = READ;
        let place = match ascii(unit) {
            b'(' => {
                self.group()?;
                return Some(true);
            }
            b'^' => START,
            b'$' => END,
            b'\\' if self.eat(b'b') => EDGE,
            b'\\' if self.eat(b'B') => NO_EDGE,
            b'*' | b'+' | b'?' => return None,
            b'{' if self.counts().is_some() => return None,
            letter => {
                if letter == b'[' {
                    if self.eat(b'^') {
                        read = READ_OTHER;
                    }
                    self.class()?;
                } else if letter == b'.' {
                    add(&mut self.regex.ranges, &LINE_END, true);
                } else {
                    let single = self.member(unit)?;
                    self.add(single);
                }
                if self.any_case {
                    widen(&mut self.regex.ranges, ranges);
                }
                self.regex.steps.push((read, pair(ranges, self.regex.ranges.len())));
                return Some(true);
            }
        };
        self.regex.steps.push((place, 0));
        Some(false)
    }

    /// What follows an opening bracket.
    fn group(&mut self) -> Option<()> {
        if self.eat(b'?') && !self.eat(b':') {
            // A name; `(?<=` and `(?<!` would look behind, anything else ahead.
            if !self.eat(b'<') || self.peek() == b'>' {
                return None;
            }
            while !self.eat(b'>') {
                if !has(&WORD, self.next()?) {
                    return None;
                }
            }
        }
        self.choice()?;
        if self.eat(b')') { Some(()) } else { None }
    }

    /// What follows `[` or `[^`, up to the closing bracket.
    fn class(&mut self) -> Option<()> {
        loop {
            let unit = self.next()?;
            if unit == u32::from(b']') {
                return Some(());
            }
            let low = self.member(unit)?;
            let rest = self.rest;
            if !self.eat(b'-') || self.peek() == b']' {
                self.rest = rest;
                self.add(low);
                continue;
            }
            let next = self.next()?;
            let high = self.member(next)?;
            if low == SET || high == SET {
                // No range but, as in `[\d-x]`, both and the hyphen.
                self.add(low);
                self.add(high);
                self.add(u32::from(b'-'));
            } else if low > high {
                return None;
            } else {
                self.regex.ranges.push((low, high));
            }
        }
    }

    fn add(&mut self, unit: u32) {
        if unit != SET {
            self.regex.ranges.push((unit, unit));
        }
    }

    /// A unit, or what a backslash and more stands for. Sets are added to the ranges: then it is [`SET`].
    fn member(&mut self, unit: u32) -> Option<u32> {
        if unit != u32::from(b'\\') {
            return Some(unit);
        }
        let unit = self.next()?;
        let letter = ascii(unit);
        let set: &[Step] = match letter | 32 {
            b'd' => &DIGIT,
            b'w' => &WORD,
            b's' => &SPACES,
            _ => &[],
        };
        if !set.is_empty() {
            add(&mut self.regex.ranges, set, letter < b'a');
            return Some(SET);
        }
        Some(match letter {
            b'b' => 8,
            b't' => 9,
            b'n' => 10,
            b'v' => 11,
            b'f' => 12,
            b'r' => 13,
            b'0' if !self.peek().is_ascii_digit() => 0,
            b'c' => match self.next_ascii() {
                letter if letter.is_ascii_alphabetic() => u32::from(letter & 31),
                _ => return None,
            },
            b'x' => self.hex(2)?,
            b'u' => self.hex(4)?,
            // A letter or digit that means nothing here would mean something elsewhere, a back-reference for one.
            _ if letter.is_ascii_alphanumeric() => return None,
            _ => unit,
        })
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..digits {
            unit = unit * 16 + char::from(self.next_ascii()).to_digit(16)?;
        }
        Some(unit)
    }
}

/// The unit as a character; 0 when it is no ASCII.
fn ascii(unit: u32) -> u8 {
    if unit < 128 { unit as u8 } else { 0 }
}
