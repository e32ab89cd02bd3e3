//! What a signal has seen so far.

use super::{Signal, SignalKind, Step};
use crate::time::Millis;
use crate::value::Value;

/// Events a count remembers; the oldest go first.
const MOST: usize = 1000;

/// The time of what has not happened.
const NEVER: Millis = Millis::MAX;

/// The past as far as one signal needs it.
///
/// Times are milliseconds on one clock that only grows, over all pages of a visit; the caller gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Of a count: when each event happened, oldest first. Of a sequence: for each step, when the latest run that
    /// got this far began. Of a since: when it last happened.
    times: Vec<Millis>,
}

impl Seen {
    /// Nothing seen.
    pub fn new(signal: &Signal) -> Seen {
        let places = match &signal.kind {
            SignalKind::Count(_) => 0,
            SignalKind::Sequence(steps) => steps.len(),
            SignalKind::Since(_) => 1,
        };
        Seen { times: vec![NEVER; places] }
    }

    /// Something happened at `now`; `matches` says which steps it is.
    pub fn event(&mut self, signal: &Signal, now: Millis, matches: &dyn Fn(&Step) -> bool) {
        if let SignalKind::Count(step) = &signal.kind {
            if matches(step) {
                self.forget(self.gone(signal, now).max((self.times.len() + 1).saturating_sub(MOST)));
                // In order even if a stored time is from a clock that has gone.
                self.times.push(now.max(self.times.last().copied().unwrap_or(0)));
            }
            return;
        }
        // From the last step to the first, so that one event takes a run one step further at most. Of two runs that
        // got equally far the later one lives longer, so the other need not be remembered.
        for (index, step) in signal.steps().iter().enumerate().rev() {
            let began = match index {
                0 => now,
                _ => self.times.get(index - 1).copied().unwrap_or(NEVER),
            };
            if began != NEVER
                && matches(step)
                && let Some(time) = self.times.get_mut(index)
            {
                *time = began;
            }
        }
    }

    /// The signal's value as a fact: a number; true or false; seconds, or null when it never happened.
    pub fn value(&self, signal: &Signal, now: Millis) -> Value {
        let last = self.last();
        match &signal.kind {
            SignalKind::Count(_) => Value::Number((self.times.len() - self.gone(signal, now)) as f64),
            SignalKind::Sequence(_) => Value::Bool(alive(last, signal, now)),
            SignalKind::Since(_) if last == NEVER => Value::Null,
            SignalKind::Since(_) => Value::Number(now.saturating_sub(last) as f64 / 1000.0),
        }
    }

    /// When the value changes next if nothing more happens. `None` if it then stays as it is, and for a since,
    /// which grows all the time.
    pub fn changes_at(&self, signal: &Signal, now: Millis) -> Option<Millis> {
        let time = match &signal.kind {
            SignalKind::Count(_) => *self.times.get(self.gone(signal, now))?,
            SignalKind::Sequence(_) if alive(self.last(), signal, now) => self.last(),
            _ => return None,
        };
        Some(time.saturating_add(signal.within?))
    }

    /// As it is kept from page to page: a list of times, -1 for never.
    pub fn save(&self) -> Value {
        let mut times = Vec::new();
        for time in &self.times {
            times.push(Value::Number(*time as i64 as f64));
        }
        Value::List(times)
    }

    /// What [`Self::save`] gave, for the same signal. What does not fit is left out.
    pub fn restore(&mut self, signal: &Signal, saved: &Value) {
        let counts = matches!(signal.kind, SignalKind::Count(_));
        if counts {
            self.times.clear();
        }
        for (index, time) in saved.list().iter().enumerate() {
            let time = time.whole().unwrap_or(NEVER);
            if counts {
                if time != NEVER && time >= self.times.last().copied().unwrap_or(0) && index < MOST {
                    self.times.push(time);
                }
            } else if let Some(place) = self.times.get_mut(index) {
                *place = time;
            }
        }
    }

    /// How many of the counted events are too long ago at `now`.
    fn gone(&self, signal: &Signal, now: Millis) -> usize {
        let mut gone = 0;
        for time in &self.times {
            if alive(*time, signal, now) {
                break;
            }
            gone += 1;
        }
        gone
    }

    /// Leaves out the `first` times. Moving them by hand is smaller than the library's way.
    fn forget(&mut self, first: usize) {
        let left = self.times.len().saturating_sub(first);
        if first > 0 {
            for index in 0..left {
                let time = self.times.get(index + first).copied().unwrap_or(NEVER);
                if let Some(place) = self.times.get_mut(index) {
                    *place = time;
                }
            }
        }
        self.times.truncate(left);
    }

    fn last(&self) -> Millis {
        self.times.last().copied().unwrap_or(NEVER)
    }
}

/// Whether what happened at `time` still counts.
fn alive(time: Millis, signal: &Signal, now: Millis) -> bool {
    time != NEVER && signal.within.is_none_or(|within| now.saturating_sub(time) < within)
}
