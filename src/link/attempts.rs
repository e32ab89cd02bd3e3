//! How often may be tried: whoever is refused again and again does not become a load on who refuses.

use crate::time::Millis;

/// Attempts that may fail within a minute.
const MOST: usize = 12;
const MINUTE: Millis = 60_000;

#[derive(Debug, Default)]
pub struct Attempts {
    failed: Vec<Millis>,
}

impl Attempts {
    pub fn failed(&mut self, now: Millis) {
        self.failed.retain(|at| now < at + MINUTE);
        self.failed.push(now);
    }

    /// The first moment at which another may be made.
    pub fn next(&self, now: Millis) -> Millis {
        let recent = self.failed.iter().filter(|at| now < **at + MINUTE).count();
        // With so many, the oldest of the last dozen must pass first.
        let oldest = self.failed.len().checked_sub(MOST).and_then(|index| self.failed.get(index));
        oldest.filter(|_| recent >= MOST).map_or(now, |at| at + MINUTE)
    }
}
