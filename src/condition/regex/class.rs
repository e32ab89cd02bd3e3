//! Sets of UTF-16 units, as ranges.

use super::Range;

pub const DIGIT: [Range; 1] = [(0x30, 0x39)];
pub const WORD: [Range; 4] = [(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
/// What `.` does not stand for.
pub const LINE_END: [Range; 3] = [(10, 10), (13, 13), (0x2028, 0x2029)];

pub fn has(set: &[Range], unit: u32) -> bool {
    set.iter().any(|(low, high)| *low <= unit && unit <= *high)
}

/// Adds a set, or all units that are not in it. Its ranges grow and are apart.
pub fn add(ranges: &mut Vec<Range>, set: &[Range], others: bool) {
    // None of the sets here begins with the first unit.
    let mut next = 0;
    for (low, high) in set {
        ranges.push(if others { (next, low - 1) } else { (*low, *high) });
        next = high + 1;
    }
    if others {
        ranges.push((next, 0xffff));
    }
}
