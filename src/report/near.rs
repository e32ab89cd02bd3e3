//! Which known word was probably meant.

use super::elsewhere::elsewhere;

/// Letters of the longest word that anybody mistypes.
const LONG: usize = 80;
/// Words that are tried.
const MANY: usize = 1000;

/// The known word that `word` differs from by a slip only, that begins it or that it begins, or that says the same
/// in another system's words.
pub fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > LONG {
        return None;
    }
    let known = known.get(..MANY).unwrap_or(known);
    let same = |candidate: &&&str| bare(candidate).eq(bare(word)) && bare(word).next().is_some();
    if let Some(same) = known.iter().find(same) {
        return Some(same);
    }
    let letters: String = bare(word).collect();
    for meant in elsewhere(word, &letters) {
        if let Some(meant) = known.iter().find(|candidate| **candidate == meant) {
            return Some(meant);
        }
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        if let Some(slips) = slips(word, candidate)
            && best.is_none_or(|(least, _)| slips < least)
        {
            best = Some((slips, candidate));
        }
    }
    best.map(|(_, candidate)| candidate).or_else(|| begun(&letters, known))
}

/// Letters and digits alone: `page.dwell_s`, `pageDwellS` and `page-dwell-s` are one.
fn bare(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The one known word that begins with these letters; or else the one that they begin with.
fn begun<'a>(letters: &str, known: &[&'a str]) -> Option<&'a str> {
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut fitting = known.iter().filter(|candidate| fits(candidate));
        fitting.next().filter(|_| fitting.next().is_none()).copied()
    };
    if letters.len() < 3 {
        return None;
    }
    let longer = |candidate: &str| begins(bare(candidate), letters.chars());
    let shorter =
        |candidate: &str| bare(candidate).nth(2).is_some() && begins(letters.chars(), bare(candidate));
    only(&longer).or_else(|| only(&shorter))
}

fn begins(mut whole: impl Iterator<Item = char>, mut part: impl Iterator<Item = char>) -> bool {
    part.all(|letter| whole.next() == Some(letter))
}

/// How many letters differ, if they are few enough for a slip. Names of facts are compared part by part; one that
/// is empty may be any.
fn slips(word: &str, candidate: &str) -> Option<usize> {
    bare(word).nth(1)?;
    let mut parts = word.split('.');
    let mut sum = 0;
    for there in candidate.split('.') {
        let here = parts.next()?;
        sum += if here.is_empty() { 1 } else { edits(here, there)? };
    }
    (parts.next().is_none() && sum <= 3).then_some(sum)
}

/// Letters to change, add, leave out or exchange with the next one; `None` if they are more than slip in a word of
/// this length.
fn edits(a: &str, b: &str) -> Option<usize> {
    let most = match bare(a).count() {
        0..=1 => return (a == b).then_some(0),
        2..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    // A character has four bytes at most.
    if a.len().abs_diff(b.len()) > most * 4 {
        return None;
    }
    let b: Vec<char> = b.chars().collect();
    if a.chars().count().abs_diff(b.len()) > most {
        return None;
    }
    // The rows of the table two above and one above the one being filled, and the letter of the one above.
    let (mut above, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    let mut before = None;
    for (i, x) in a.chars().enumerate() {
        let mut row = vec![i + 1];
        let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
        let mut left = None;
        for (j, y) in b.iter().copied().enumerate() {
            let mut least =
                (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            if before == Some(y) && left == Some(x) {
                least = least.min(at(&above, j - 1) + 1);
            }
            row.push(least);
            left = Some(y);
        }
        if row.iter().min() > Some(&most) {
            return None;
        }
        above = std::mem::replace(&mut last, row);
        before = Some(x);
    }
    last.last().copied().filter(|edits| *edits <= most)
}
