//! The thresholds of one fact that changes with time, sorted, with a cursor where the fact is now.
//!
//! Such facts are whole milliseconds told in seconds, so a threshold is the first millisecond with another answer.

use crate::condition::Test;
use crate::text::within;
use crate::value::Value;

#[derive(Debug, Default)]
pub struct Clock {
    /// The millisecond at which a test changes its answer, and which predicate it is.
    thresholds: Vec<(i64, usize)>,
    /// How many of them the fact has reached.
    reached: usize,
    /// Where the fact is.
    at: i64,
}

/// What conditions see of so many milliseconds.
pub fn seconds(millis: i64) -> Value {
    Value::Number(millis as f64 / 1000.0)
}

impl Clock {
    /// Notes where `test`, the predicate `index`, changes its answer.
    pub fn add(&mut self, index: usize, test: &Test) {
        let mut numbers = Vec::new();
        test.thresholds(&mut |number| numbers.push(number));
        for number in numbers {
            let near = (within(number, -1e12, 1e12) * 1000.0) as i64;
            for at in near - 1..near + 3 {
                if test.holds(&seconds(at - 1)) != test.holds(&seconds(at)) {
                    self.insert(at, index);
                }
            }
        }
    }

    fn insert(&mut self, at: i64, index: usize) {
        // Nearly always the end, in configs that people write.
        let place = self.thresholds.iter().rposition(|(below, _)| *below <= at).map_or(0, |place| place + 1);
        self.thresholds.insert(place, (at, index));
    }

    /// The fact jumped to `millis`.
    pub fn place(&mut self, millis: i64) {
        (self.reached, self.at) = (0, millis);
        while self.thresholds.get(self.reached).is_some_and(|(at, _)| *at <= millis) {
            self.reached += 1;
        }
    }

    /// Whether the fact moves when it is at `millis` now: most stand still most of the time.
    pub fn moves(&mut self, millis: i64) -> bool {
        std::mem::replace(&mut self.at, millis) != millis
    }

    /// Moves the cursor over one threshold between where it is and `millis`, and returns the predicate there.
    pub fn step(&mut self, millis: i64) -> Option<usize> {
        if let Some((at, index)) = self.thresholds.get(self.reached)
            && *at <= millis
        {
            self.reached += 1;
            return Some(*index);
        }
        let (at, index) = self.thresholds.get(self.reached.checked_sub(1)?)?;
        if *at <= millis {
            return None;
        }
        self.reached -= 1;
        Some(*index)
    }

    /// The next threshold ahead (behind, for a fact that shrinks) whose predicate `matters`.
    pub fn next(&self, ahead: bool, matters: &dyn Fn(usize) -> bool) -> Option<i64> {
        let mut at = self.reached;
        loop {
            if !ahead {
                at = at.checked_sub(1)?;
            }
            let (millis, index) = self.thresholds.get(at)?;
            if matters(*index) {
                return Some(*millis);
            }
            if ahead {
                at += 1;
            }
        }
    }
}
