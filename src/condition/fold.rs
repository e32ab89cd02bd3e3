//! Capital and small letters of the scripts that have them and that banks write in. The library's tables of all
//! scripts would cost more than this whole module.

/// First and last capital of a run, and how far its small letters are away; 1 stands for pairs, in which every
/// second letter from the first on is a capital.
const CAPITALS: [(u16, u16, u8); 28] = [
    (0x41, 0x5a, 32),
    (0xc0, 0xd6, 32),
    (0xd8, 0xde, 32),
    (0x100, 0x12e, 1),
    (0x132, 0x136, 1),
    (0x139, 0x147, 1),
    (0x14a, 0x176, 1),
    (0x179, 0x17d, 1),
    (0x1cd, 0x1db, 1),
    (0x1de, 0x1ee, 1),
    (0x1f8, 0x21e, 1),
    (0x222, 0x232, 1),
    (0x386, 0x386, 38),
    (0x388, 0x38a, 37),
    (0x38c, 0x38c, 64),
    (0x38e, 0x38f, 63),
    (0x391, 0x3a1, 32),
    (0x3a3, 0x3ab, 32),
    (0x400, 0x40f, 80),
    (0x410, 0x42f, 32),
    (0x460, 0x480, 1),
    (0x48a, 0x4be, 1),
    (0x4c1, 0x4cd, 1),
    (0x4d0, 0x52e, 1),
    (0x531, 0x556, 48),
    (0x1e00, 0x1e94, 1),
    (0x1ea0, 0x1efe, 1),
    (0xff21, 0xff3a, 32),
];

/// The small letter of a capital; anything else as it is.
fn small(letter: char) -> u32 {
    let code = letter as u32;
    for (first, last, away) in CAPITALS {
        let (first, away) = (u32::from(first), u32::from(away));
        if first <= code && code <= u32::from(last) && (away != 1 || (code - first).is_multiple_of(2)) {
            return code + away;
        }
    }
    code
}

/// Whether two texts are the same but for capitals.
pub fn same_folded(a: &str, b: &str) -> bool {
    let mut rest = b.chars();
    for letter in a.chars() {
        if rest.next().is_none_or(|other| other != letter && small(other) != small(letter)) {
            return false;
        }
    }
    rest.next().is_none()
}

/// Adds, to a set of UTF-16 units from `from` on, the capitals of its small letters and the small letters of its
/// capitals.
pub fn widen(set: &mut Vec<(u32, u32)>, from: usize) {
    for index in from..set.len() {
        let Some((low, high)) = set.get(index).copied() else { return };
        for (first, last, away) in CAPITALS {
            let (first, last, away) = (u32::from(first), u32::from(last), u32::from(away));
            if away == 1 {
                // A pair is wholly in the set when half of it is.
                let even = |unit: u32| unit - (unit - first) % 2;
                let (low, high) = (low.max(first), high.min(last + 1));
                if low <= high {
                    set.push((even(low), even(high) + 1));
                }
                continue;
            }
            for (from, to, up) in [(first, last, true), (first + away, last + away, false)] {
                let (low, high) = (low.max(from), high.min(to));
                if low <= high {
                    set.push(if up { (low + away, high + away) } else { (low - away, high - away) });
                }
            }
        }
    }
}
