//! Sets of UTF-16 units, as ranges.

pub type Range = (u16, u16);

pub const DIGIT: [Range; 1] = [(0x30, 0x39)];
pub const WORD: [Range; 4] = [(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
/// What `.` does not stand for.
pub const LINE_END: [Range; 3] = [(10, 10), (13, 13), (0x2028, 0x2029)];

pub fn has(set: &[Range], unit: u16) -> bool {
    set.iter().any(|(low, high)| *low <= unit && unit <= *high)
}

/// Adds all units that are not in `set`, whose ranges grow and are apart.
pub fn add_others(ranges: &mut Vec<Range>, set: &[Range]) {
    let mut next = 0;
    for (low, high) in set {
        // None of the sets here begins with the first unit or ends with the last.
        ranges.push((next, low.wrapping_sub(1)));
        next = high.wrapping_add(1);
    }
    ranges.push((next, u16::MAX));
}
