//! Which known word was probably meant.

/// The known word that needs the fewest single-letter edits, if they are few enough to be a slip and leave
/// something of the word.
pub fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = 1 + word.len() / 4;
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let distance = edits(word, candidate);
        if distance <= limit && distance < word.len() && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Levenshtein distance.
fn edits(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().take(64).enumerate() {
        // What stands above and to the left, and to the left, of the cell that is being filled.
        let (mut diagonal, mut left) = (i, i + 1);
        let mut cells = row.iter_mut();
        cells.next().into_iter().for_each(|first| *first = left);
        for (cell, y) in cells.zip(b.bytes()) {
            left = (diagonal + usize::from(x != y)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, left);
        }
    }
    row.last().copied().unwrap_or(a.len())
}
