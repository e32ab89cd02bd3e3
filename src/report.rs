//! What is wrong with a config, where, and what was probably meant.

use crate::text::{digits, glue};
use std::fmt;

/// One mistake. Shown as `path: problem`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Where, as one would write it in JavaScript: `rules[2].when.page.dwell_s.$gtt`.
    pub path: String,
    /// What is wrong and what to do, without a full stop.
    pub problem: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl ConfigError {
    /// Where and what, on one line.
    pub fn sentence(&self) -> String {
        let path = if self.path.is_empty() { "config" } else { &self.path };
        glue(&[path, ": ", &self.problem])
    }
}

/// Mistakes collected on the way down, with the path walked so far.
#[derive(Debug, Default)]
pub struct Report {
    pub errors: Vec<ConfigError>,
    path: String,
}

impl Report {
    pub fn add(&mut self, problem: impl Into<String>) {
        self.errors.push(ConfigError { path: self.path.clone(), problem: problem.into() });
    }

    /// Notes that `what` was expected here.
    pub fn expected(&mut self, what: &str, found: &str) {
        self.add(glue(&["expected ", what, ", found ", found]));
    }

    /// Notes that `word` is none of the words known here, and which one was probably meant.
    pub fn unknown(&mut self, noun: &str, word: &str, known: &[&str]) {
        match closest(word, known) {
            Some(meant) => self.add(glue(&["unknown ", noun, ", did you mean \"", meant, "\"?"])),
            None => self.add(glue(&["unknown ", noun])),
        }
    }

    /// Goes one member down; [`Self::leave`] with the result goes back up.
    #[must_use]
    pub fn enter(&mut self, key: &str) -> usize {
        let mark = self.path.len();
        if mark > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        mark
    }

    /// Goes one item down.
    #[must_use]
    pub fn enter_nth(&mut self, index: usize) -> usize {
        let mark = self.path.len();
        self.path.push_str(&glue(&["[", &digits(index as u64), "]"]));
        mark
    }

    pub fn leave(&mut self, mark: usize) {
        self.path.truncate(mark);
    }
}

/// The known word that needs the fewest single-letter edits, if they are few enough to be a slip.
fn closest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = 1 + word.len() / 4;
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let distance = edits(word, candidate);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
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
