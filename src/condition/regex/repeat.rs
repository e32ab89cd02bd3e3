//! How often a piece of a regular expression comes: written out, so that no counter is kept while matching.

use super::parse::Parser;
use super::{MAX_STEPS, SPLIT, pair};

/// How often a repetition without an upper end may come.
const ENDLESS: usize = usize::MAX;

impl Parser<'_> {
    /// How often what begins at `start` comes.
    pub fn repetition(&mut self, start: usize, repeats: bool) -> Option<()> {
        let before = self.rest;
        let counts = match self.next_ascii() {
            b'*' => Some((0, ENDLESS)),
            b'+' => Some((1, ENDLESS)),
            b'?' => Some((0, 1)),
            b'{' => self.counts(),
            _ => None,
        };
        let Some((least, most)) = counts else {
            self.rest = before;
            return Some(());
        };
        // Which of several matches is found does not matter, so neither does a `?` for the shortest.
        self.eat(b'?');
        let steps = &mut self.regex.steps;
        let piece = steps.get(start..).unwrap_or_default().to_vec();
        let length = piece.len();
        let endless = most == ENDLESS;
        let copies = if endless { least } else { most };
        if !repeats || least > most || copies.saturating_mul(length + 1) > MAX_STEPS {
            return None;
        }
        steps.truncate(start);
        for copy in 0..copies.max(usize::from(endless)) {
            if copy >= least {
                // The way past it; past the way back too, if there is one.
                steps.push((SPLIT, pair(1, length + 1 + usize::from(endless))));
            }
            steps.extend_from_slice(&piece);
        }
        if endless {
            // Once more from the last copy on. Behind a way past, that is where to decide on leaving.
            let back = (length + usize::from(least == 0)).wrapping_neg();
            steps.push((SPLIT, pair(back, if least == 0 { back } else { 1 })));
        }
        Some(())
    }

    /// What follows an opening brace: `2}`, `2,}` or `2,3}`. Anything else is left as it is; then the brace is
    /// a brace.
    pub fn counts(&mut self) -> Option<(usize, usize)> {
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
            true if self.peek() == b'}' => ENDLESS,
            true => self.count()?,
            false => least,
        };
        self.eat(b'}').then_some((least, most))
    }

    fn count(&mut self) -> Option<usize> {
        let mut count = None;
        while let Some(digit) = char::from(self.peek()).to_digit(10) {
            self.next();
            // More than the steps there may be is too many, however many it is.
            count = Some((count.unwrap_or(0) * 10 + digit as usize).min(MAX_STEPS + 1));
        }
        count
    }
}
