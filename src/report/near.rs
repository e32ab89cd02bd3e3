//! Which known word was probably meant.

use super::elsewhere::elsewhere;

/// The known word that `word` differs from by a slip only, that begins or ends it, or that says the same in
/// another system's words.
pub fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let bare = bare(word);
    let same = |candidate: &&&str| self::bare(candidate) == bare && !bare.is_empty();
    if let Some(same) = known.iter().find(same) {
        return Some(same);
    }
    for meant in elsewhere(word, &bare) {
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
    best.map(|(_, candidate)| candidate).or_else(|| begun(&bare, known))
}

/// Letters and digits alone: `page.dwell_s`, `pageDwellS` and `page-dwell-s` are one.
fn bare(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The one known word that begins with this one; or else the one that this one begins with.
fn begun<'a>(bare: &str, known: &[&'a str]) -> Option<&'a str> {
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut fitting = known.iter().filter(|candidate| fits(&self::bare(candidate)));
        fitting.next().filter(|_| fitting.next().is_none()).copied()
    };
    if bare.len() < 3 {
        return None;
    }
    only(&|candidate| candidate.starts_with(bare))
        .or_else(|| only(&|candidate| candidate.len() >= 3 && bare.starts_with(candidate)))
}

/// How many letters differ, if they are few enough for a slip. Names of facts are compared part by part; what
/// stands between two dots may be missing.
fn slips(word: &str, candidate: &str) -> Option<usize> {
    let mut parts = word.split('.');
    let mut sum = 0;
    for there in candidate.split('.') {
        let here = parts.next()?;
        let edits = if here.is_empty() { 1 } else { edits(here, there)? };
        sum += edits;
    }
    (parts.next().is_none() && sum <= 3).then_some(sum)
}

/// Letters to change, add, leave out or exchange with the next one; `None` if they are more than slip in a word of
/// this length.
fn edits(a: &str, b: &str) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let letters = a.iter().filter(|letter| letter.is_alphanumeric()).count();
    let most = match letters {
        0..=1 => return (a == b).then_some(0),
        2..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    if a.len().abs_diff(b.len()) > most || a.len() > 64 {
        return None;
    }
    // The rows of the table two above and one above the one being filled.
    let (mut above, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut least =
                (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let exchanged = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if exchanged {
                least = least.min(at(&above, j - 1) + 1);
            }
            row.push(least);
        }
        above = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|edits| *edits <= most)
}
