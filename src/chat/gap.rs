//! Stretches of the log that are known to be missing: shown as a marker until they are filled.

use crate::value::{Value, map};

/// Entries that one question may be about.
const PAGE: u64 = 100;

/// Positions from the first to the last that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    pub from: u64,
    pub to: u64,
    /// The server has said that they exist no more.
    pub lost: bool,
}

#[derive(Debug, Default)]
pub struct Gaps {
    /// In order, none touching another of its kind.
    all: Vec<Gap>,
    /// The range asked for and not answered yet.
    asked: Option<(u64, u64)>,
}

impl Gaps {
    pub fn all(&self) -> &[Gap] {
        &self.all
    }

    /// A gap behind all others.
    pub fn add(&mut self, from: u64, to: u64) {
        match self.all.last_mut() {
            Some(last) if !last.lost && last.to + 1 == from => last.to = to,
            _ => self.all.push(Gap { from, to, lost: false }),
        }
    }

    /// Takes `seq` out of the gap it is in; whether there is one.
    pub fn fill(&mut self, seq: u64) -> bool {
        let Some(index) = self.all.iter().position(|gap| gap.from <= seq && seq <= gap.to) else {
            return false;
        };
        let gap = self.all.remove(index);
        let rest = [Gap { to: seq - 1, ..gap }, Gap { from: seq + 1, ..gap }];
        self.all.splice(index..index, rest.into_iter().filter(|gap| gap.from <= gap.to));
        true
    }

    /// The server has answered for `from` to `to`: if it says so, what is still missing there is `lost` for ever.
    pub fn answered(&mut self, from: u64, to: u64, lost: bool) {
        let missing = self.all.iter().any(|gap| !gap.lost && gap.from <= to && from <= gap.to);
        if lost || !missing {
            self.asked = None;
        }
        // Else it neither has the entries nor says why: it is asked no more on this connection.
        if !lost {
            return;
        }
        let mut all: Vec<Gap> = Vec::new();
        for gap in self.all.drain(..) {
            let inside = Gap { from: gap.from.max(from), to: gap.to.min(to), lost: true };
            if gap.lost || inside.from > inside.to {
                all.push(gap);
                continue;
            }
            let before = Gap { to: inside.from - 1, ..gap };
            let behind = Gap { from: inside.to + 1, ..gap };
            all.extend([before, inside, behind].into_iter().filter(|gap| gap.from <= gap.to));
        }
        for gap in all {
            match self.all.last_mut() {
                Some(last) if last.lost == gap.lost && last.to + 1 == gap.from => last.to = gap.to,
                _ => self.all.push(gap),
            }
        }
    }

    /// The next range to ask for, the newest first, and one at a time.
    pub fn ask(&mut self, wanted: impl Fn(&Gap) -> bool) -> Option<(u64, u64)> {
        if self.asked.is_some() {
            return None;
        }
        let gap = self.all.iter().rev().find(|gap| !gap.lost && wanted(gap))?;
        self.asked = Some((gap.from.max(gap.to.saturating_sub(PAGE - 1)), gap.to));
        self.asked
    }

    /// Nothing before `first` is held any longer: it is one gap, which can be asked for.
    pub fn begin(&mut self, first: u64) {
        self.all.retain(|gap| gap.from >= first);
        if first > 1 {
            self.all.insert(0, Gap { from: 1, to: first - 1, lost: false });
        }
    }

    pub fn forget_asking(&mut self) {
        self.asked = None;
    }

    /// The first position from `seq` on that is in no gap.
    pub fn past(&self, seq: u64) -> u64 {
        let mut next = seq;
        for gap in &self.all {
            if gap.from <= next && next <= gap.to {
                next = gap.to + 1;
            }
        }
        next
    }

    /// The gaps as they are when nothing before `first` is kept.
    pub fn save(&self, first: u64) -> Value {
        let mut all: Vec<Gap> = self.all.iter().filter(|gap| gap.from >= first).copied().collect();
        if first > 1 {
            // What is lost at the very beginning stays lost; the server says so again when it is asked.
            all.insert(0, Gap { from: 1, to: first - 1, lost: false });
        }
        let save =
            |gap: &Gap| map([("from", gap.from.into()), ("to", gap.to.into()), ("lost", gap.lost.into())]);
        Value::List(all.iter().map(save).collect())
    }

    /// What does not fit is left out, which voids the transcript that needs it.
    pub fn restore(saved: &Value) -> Gaps {
        let mut gaps = Gaps::default();
        for value in saved.list() {
            let (Some(from), Some(to)) = (value.whole_at("from"), value.whole_at("to")) else { continue };
            let lost = value.bool_at("lost").unwrap_or(false);
            let after = gaps.all.last().map_or(0, |gap: &Gap| gap.to);
            if after < from && from <= to {
                gaps.all.push(Gap { from, to, lost });
            }
        }
        gaps
    }
}
