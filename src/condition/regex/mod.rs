//! Regular expressions in JavaScript's syntax whose time grows only with the length of the text: all ways through
//! the expression are followed at once, so there are no look-around and no back-references. The library for it
//! would be four times the whole budget of the rules.

mod class;
mod parse;

/// Steps an expression may take up once repetitions are written out.
const MAX_STEPS: usize = 2_000;

/// A regular expression, as steps for a machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Regex {
    steps: Vec<Step>,
    /// Ranges of UTF-16 units; each [`Step::Unit`] names its own by place.
    ranges: Vec<(u16, u16)>,
}

/// Jumps are relative, so that a piece of an expression can be repeated as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    /// One unit in the ranges from the first to before the second place, or in none of them.
    Unit(u16, u16, bool),
    /// Both ways.
    Split(i16, i16),
    Start,
    End,
    /// Between a letter of a word and something else, or not.
    Edge(bool),
    Done,
}

impl Regex {
    /// `None` when `pattern` is none, is too long or asks for what takes more than linear time.
    pub fn new(pattern: &str, any_case: bool) -> Option<Regex> {
        parse::parse(pattern, any_case)
    }

    /// Whether it matches anywhere in `text`, which is read in UTF-16 units as JavaScript does.
    pub fn is_in(&self, text: &str) -> bool {
        // For every step, whether it is in the list of this round (1) and of the next (2).
        let mut marks = vec![0u8; self.steps.len()];
        let (mut now, mut next) = (Vec::new(), Vec::new());
        let mut units = text.encode_utf16();
        let mut before = None;
        let mut bit = 1;
        loop {
            let unit = units.next();
            // A match may begin anywhere.
            put(&mut now, &mut marks, bit, 0);
            let mut index = 0;
            while let Some(at) = now.get(index).copied() {
                index += 1;
                let goes_on = match self.steps.get(at) {
                    None | Some(Step::Done) => return true,
                    Some(Step::Unit(from, to, inside)) => {
                        let set = self.ranges.get(usize::from(*from)..usize::from(*to)).unwrap_or_default();
                        if unit.is_some_and(|unit| class::has(set, unit) == *inside) {
                            put(&mut next, &mut marks, bit ^ 3, at + 1);
                        }
                        false
                    }
                    Some(Step::Split(first, second)) => {
                        put(&mut now, &mut marks, bit, at.wrapping_add_signed(isize::from(*first)));
                        put(&mut now, &mut marks, bit, at.wrapping_add_signed(isize::from(*second)));
                        false
                    }
                    Some(Step::Start) => before.is_none(),
                    Some(Step::End) => unit.is_none(),
                    Some(Step::Edge(edge)) => (in_word(before) != in_word(unit)) == *edge,
                };
                if goes_on {
                    put(&mut now, &mut marks, bit, at + 1);
                }
            }
            if unit.is_none() {
                return false;
            }
            for at in now.drain(..) {
                if let Some(mark) = marks.get_mut(at) {
                    *mark &= !bit;
                }
            }
            std::mem::swap(&mut now, &mut next);
            bit ^= 3;
            before = unit;
        }
    }
}

/// Puts a step into a list unless it is there already.
fn put(list: &mut Vec<usize>, marks: &mut [u8], bit: u8, at: usize) {
    if let Some(mark) = marks.get_mut(at)
        && *mark & bit == 0
    {
        *mark |= bit;
        list.push(at);
    }
}

fn in_word(unit: Option<u16>) -> bool {
    unit.is_some_and(|unit| class::has(&class::WORD, unit))
}
