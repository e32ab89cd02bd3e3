//! From the text of a regular expression to steps.

use super::class::{DIGIT, LINE_END, Range, WORD, add_others, has};
use super::{MAX_STEPS, Regex, Step};
use crate::condition::fold::widen;
use crate::text::SPACES;

/// UTF-16 units a pattern may have.
const MAX_LENGTH: usize = 200;

/// How often a repetition without an upper end may come.
const ENDLESS: usize = usize::MAX;

pub fn parse(pattern: &str, any_case: bool) -> Option<Regex> {
    let units: Vec<u16> = pattern.encode_utf16().collect();
    let regex = Regex { steps: Vec::new(), ranges: Vec::new() };
    let mut parser = Parser { rest: &units, regex, any_case };
    if units.len() > MAX_LENGTH {
        return None;
    }
    parser.choice()?;
    parser.regex.steps.push(Step::Done);
    // What is left begins with a bracket that was never opened.
    parser.rest.is_empty().then_some(parser.regex)
}

struct Parser<'p> {
    rest: &'p [u16],
    regex: Regex,
    any_case: bool,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<u16> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn peek(&self) -> Option<u8> {
        self.rest.first().and_then(|unit| u8::try_from(*unit).ok())
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.next();
        }
        found
    }

    /// `a|b|c`, up to a closing bracket or the end.
    fn choice(&mut self) -> Option<()> {
        let mut ends = Vec::new();
        loop {
            let start = self.regex.steps.len();
            self.sequence()?;
            let length = self.regex.steps.len() - start;
            if !self.eat(b'|') {
                break;
            }
            self.regex.steps.insert(start, split(1, length + 2));
            ends.push(start + length + 1);
            self.regex.steps.push(Step::Done);
        }
        let end = self.regex.steps.len();
        for at in ends {
            if let Some(step) = self.regex.steps.get_mut(at) {
                *step = split(end - at, end - at);
            }
        }
        Some(())
    }

    fn sequence(&mut self) -> Option<()> {
        while !matches!(self.rest.first(), None | Some(0x7c | 0x29)) {
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
        let from = self.regex.ranges.len();
        let mut inside = true;
        let place = match u8::try_from(unit).unwrap_or_default() {
            b'(' => {
                self.group()?;
                return Some(true);
            }
            b'^' => Some(Step::Start),
            b'$' => Some(Step::End),
            b'\\' if self.eat(b'b') => Some(Step::Edge(true)),
            b'\\' if self.eat(b'B') => Some(Step::Edge(false)),
            b'*' | b'+' | b'?' => return None,
            b'{' if self.counts().is_some() => return None,
            b'[' => {
                inside = !self.eat(b'^');
                self.class()?;
                None
            }
            b'.' => {
                self.regex.ranges.extend_from_slice(&LINE_END);
                inside = false;
                None
            }
            _ => {
                let single = self.member(unit)?;
                self.add(single);
                None
            }
        };
        if let Some(place) = place {
            self.regex.steps.push(place);
            return Some(false);
        }
        if self.any_case {
            widen(&mut self.regex.ranges, from);
        }
        self.regex.steps.push(Step::Unit(from as u16, self.regex.ranges.len() as u16, inside));
        Some(true)
    }

    /// What follows an opening bracket.
    fn group(&mut self) -> Option<()> {
        if self.eat(b'?') && !self.eat(b':') {
            // A name; `(?<=` and `(?<!` would look behind, anything else ahead.
            if !self.eat(b'<') {
                return None;
            }
            while !self.eat(b'>') {
                self.next().filter(|unit| has(&WORD, *unit))?;
            }
        }
        self.choice()?;
        self.eat(b')').then_some(())
    }

    /// How often what begins at `start` comes.
    fn repetition(&mut self, start: usize, repeats: bool) -> Option<()> {
        let before = self.rest;
        let counts = match self.next().and_then(|unit| u8::try_from(unit).ok()) {
            Some(b'*') => Some((0, ENDLESS)),
            Some(b'+') => Some((1, ENDLESS)),
            Some(b'?') => Some((0, 1)),
            Some(b'{') => self.counts(),
            _ => None,
        };
        let Some((least, most)) = counts else {
            self.rest = before;
            return Some(());
        };
        // Which of several matches is found does not matter, so neither does a `?` for the shortest.
        self.eat(b'?');
        let steps = &mut self.regex.steps;
        let piece = steps.split_off(start);
        let length = piece.len();
        let copies = if most == ENDLESS { least } else { most };
        if !repeats || least > most || copies.saturating_mul(length + 1) > MAX_STEPS {
            return None;
        }
        for _ in 0..least {
            steps.extend_from_slice(&piece);
        }
        match most {
            ENDLESS if least > 0 => steps.push(Step::Split(-(length as i16), 1)),
            ENDLESS => {
                steps.push(split(1, length + 2));
                steps.extend_from_slice(&piece);
                steps.push(Step::Split(-(length as i16 + 1), -(length as i16 + 1)));
            }
            _ => {
                for _ in least..most {
                    steps.push(split(1, length + 1));
                    steps.extend_from_slice(&piece);
                }
            }
        }
        Some(())
    }

    /// What follows an opening brace: `2}`, `2,}` or `2,3}`. Anything else is left as it is; then the brace is
    /// a brace.
    fn counts(&mut self) -> Option<(usize, usize)> {
        let before = self.rest;
        let counts = self.bounds();
        if counts.is_none() {
            self.rest = before;
        }
        counts
    }

    fn bounds(&mut self) -> Option<(usize, usize)> {
        let least = self.count()?;
        let most = match self.eat(b',') {
            true if self.peek() == Some(b'}') => ENDLESS,
            true => self.count()?,
            false => least,
        };
        self.eat(b'}').then_some((least, most))
    }

    fn count(&mut self) -> Option<usize> {
        let mut count = None;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.next();
            // More than the steps there may be is too many, however many it is.
            count = Some((count.unwrap_or(0) * 10 + usize::from(digit - b'0')).min(MAX_STEPS + 1));
        }
        count
    }

    /// What follows `[` or `[^`, up to the closing bracket.
    fn class(&mut self) -> Option<()> {
        loop {
            let unit = self.next()?;
            if unit == u16::from(b']') {
                return Some(());
            }
            let low = self.member(unit)?;
            match self.rest {
                [0x2d, high, rest @ ..] if *high != u16::from(b']') => {
                    self.rest = rest;
                    let high = self.member(*high)?;
                    let (Some(low), Some(high)) = (low, high) else {
                        // No range but, as in `[\d-x]`, both and the hyphen.
                        for single in [low, high, Some(0x2d)] {
                            self.add(single);
                        }
                        continue;
                    };
                    if low > high {
                        return None;
                    }
                    self.regex.ranges.push((low, high));
                }
                _ => self.add(low),
            }
        }
    }

    fn add(&mut self, single: Option<u16>) {
        if let Some(unit) = single {
            self.regex.ranges.push((unit, unit));
        }
    }

    /// A unit, or what a backslash and more stands for. Sets are added to the ranges and give no unit back.
    fn member(&mut self, unit: u16) -> Option<Option<u16>> {
        if unit != u16::from(b'\\') {
            return Some(Some(unit));
        }
        let unit = self.next()?;
        let letter = u8::try_from(unit).unwrap_or_default();
        let set: &[Range] = match letter {
            b'd' | b'D' => &DIGIT,
            b'w' | b'W' => &WORD,
            b's' | b'S' => &SPACES,
            _ => &[],
        };
        let ranges = &mut self.regex.ranges;
        Some(Some(match letter {
            b'd' | b'w' | b's' => {
                ranges.extend_from_slice(set);
                return Some(None);
            }
            b'D' | b'W' | b'S' => {
                add_others(ranges, set);
                return Some(None);
            }
            b'b' => 8,
            b't' => 9,
            b'n' => 10,
            b'v' => 11,
            b'f' => 12,
            b'r' => 13,
            b'0' if !matches!(self.peek(), Some(b'0'..=b'9')) => 0,
            b'c' => self.next().filter(|unit| *unit < 128 && (*unit as u8).is_ascii_alphabetic())? & 31,
            b'x' => self.hex(2)?,
            b'u' => self.hex(4)?,
            // A letter or digit that means nothing here would mean something elsewhere, a back-reference for one.
            _ if letter.is_ascii_alphanumeric() => return None,
            _ => unit,
        }))
    }

    fn hex(&mut self, digits: usize) -> Option<u16> {
        let mut unit = 0;
        for _ in 0..digits {
            let digit = char::from(self.peek()?).to_digit(16)?;
            self.next();
            unit = unit * 16 + digit as u16;
        }
        Some(unit)
    }
}

fn split(first: usize, second: usize) -> Step {
    Step::Split(first as i16, second as i16)
}
