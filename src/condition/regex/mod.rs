//! Regular expressions in JavaScript's syntax whose time grows only with the length of the text: all ways through
//! the expression are followed at once, so there are no look-around and no back-references. The library for it
//! would be four times the whole budget of the rules.

mod class;
mod parse;
mod repeat;

use std::cell::RefCell;

/// Steps an expression may take up once repetitions are written out.
const MAX_STEPS: usize = 2_000;

/// A regular expression, as steps for a machine.
#[derive(Debug)]
pub struct Regex {
    steps: Vec<Step>,
    /// Ranges of UTF-16 units; each step that reads names its own by place.
    ranges: Vec<Range>,
    scratch: RefCell<Scratch>,
}

/// What a search writes on, kept for the next one: conditions search a thousand times, and allocate nothing then.
#[derive(Debug, Default)]
struct Scratch {
    /// The last round in whose list each step was put. Lists of odd rounds have their own marks.
    marks: Vec<Step>,
    now: Vec<Step>,
    next: Vec<Step>,
    /// Rounds are never numbered twice.
    round: u32,
}

/// The first and the last unit. Steps have the same form, so that their lists share their code.
type Range = (u32, u32);

/// What to do, and whither, relative to the step, so that a piece of an expression can be repeated as it is.
type Step = (u32, u32);

/// One unit in the ranges between two places, or in none of them; the places are the halves of the second number.
const READ: u32 = 0;
const READ_OTHER: u32 = 1;
/// Go on in two places, the halves of the second number.
const SPLIT: u32 = 2;
const START: u32 = 3;
const END: u32 = 4;
/// Between a letter of a word and something else, or not.
const EDGE: u32 = 5;
const NO_EDGE: u32 = 6;
const DONE: u32 = 7;

/// Two numbers below 2^16 in one; what is below zero comes back modulo 2^16.
fn pair(first: usize, second: usize) -> u32 {
    (first as u32 & 0xffff) << 16 | second as u32 & 0xffff
}

impl Regex {
    /// `None` when `pattern` is none, is too long or asks for what takes more than linear time.
    pub fn new(pattern: Option<&str>, any_case: bool) -> Option<Regex> {
        parse::parse(pattern?, any_case)
    }

    /// Whether it matches anywhere in `text`, which is read in UTF-16 units as JavaScript does.
    pub fn is_in(&self, text: &str) -> bool {
        let mut scratch = self.scratch.take();
        if scratch.round > u32::MAX / 2 {
            scratch = Scratch::default();
        }
        scratch.marks.resize(self.steps.len(), (0, 0));
        let found = self.search(text, &mut scratch);
        scratch.round += 2;
        self.scratch.replace(scratch);
        found
    }

    fn search(&self, text: &str, scratch: &mut Scratch) -> bool {
        let Scratch { marks, now, next, round } = scratch;
        // What must begin at the beginning need not be looked for anywhere else.
        let anchored = matches!(self.steps.first(), Some((START, _)));
        let mut units = text.encode_utf16();
        let mut before = None;
        now.clear();
        next.clear();
        loop {
            *round += 1;
            let unit = units.next().map(u32::from);
            if !anchored || before.is_none() {
                put(now, marks, *round, 0);
            }
            let mut index = 0;
            while let Some((at, _)) = now.get(index).copied() {
                index += 1;
                let Some((what, operand)) = self.steps.get(at as usize).copied() else { return true };
                let (first, second) = (operand >> 16, operand & 0xffff);
                let passes = match what {
                    READ | READ_OTHER => {
                        let set = self.ranges.get(first as usize..second as usize).unwrap_or_default();
                        if unit.is_some_and(|unit| class::has(set, unit) == (what == READ)) {
                            put(next, marks, *round + 1, at + 1);
                        }
                        continue;
                    }
                    SPLIT => {
                        put(now, marks, *round, (at + first) & 0xffff);
                        put(now, marks, *round, (at + second) & 0xffff);
                        continue;
                    }
                    START => before.is_none(),
                    END => unit.is_none(),
                    EDGE | NO_EDGE => (in_word(before) != in_word(unit)) == (what == EDGE),
                    _ => return true,
                };
                if passes {
                    put(now, marks, *round, at + 1);
                }
            }
            if unit.is_none() || anchored && next.is_empty() {
                return false;
            }
            std::mem::swap(now, next);
            next.clear();
            before = unit;
        }
    }
}

/// Puts a step into the list of a round unless it is there already.
fn put(list: &mut Vec<Step>, marks: &mut [Step], round: u32, at: u32) {
    if let Some((even, odd)) = marks.get_mut(at as usize) {
        let mark = if round.is_multiple_of(2) { even } else { odd };
        if *mark != round {
            *mark = round;
            list.push((at, 0));
        }
    }
}

fn in_word(unit: Option<u32>) -> bool {
    unit.is_some_and(|unit| class::has(&class::WORD, unit))
}
