//! What a signal has seen so far.

use super::{Signal, SignalKind, Step};
use crate::time::Millis;
use crate::value::Value;

/// Events a count remembers; the oldest go first.
const MOST: usize = 1000;

/// The past as far as one signal needs it.
///
/// Times are milliseconds on one clock that only grows, over all pages of a visit; the caller gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Of a count: when each event happened, oldest first. Of a sequence: for each step, when the latest run that
    /// got this far began. Of a since: when it last happened.
    times: Vec<Option<Millis>>,
}

impl Seen {
    /// Nothing seen.
    pub fn new(signal: &Signal) -> Seen {
        let places = match &signal.kind {
            SignalKind::Count(_) => 0,
            SignalKind::Sequence(steps) => steps.len(),
            SignalKind::Since(_) => 1,
        };
        Seen { times: vec![None; places] }
    }

    /// Something happened at `now`; `matches` says which steps it is.
    pub fn event(&mut self, signal: &Signal, now: Millis, matches: &dyn Fn(&Step) -> bool) {
        match &signal.kind {
            SignalKind::Count(step) => {
                if matches(step) {
                    let gone = self.times.len() - self.living(signal, now).len();
                    self.times.drain(..gone.max((self.times.len() + 1).saturating_sub(MOST)));
                    // In order even if a stored time is from a clock that has gone.
                    self.times.push(Some(now.max(self.last().unwrap_or(0))));
                }
            }
            SignalKind::Since(step) => {
                if matches(step) {
                    self.times = vec![Some(now)];
                }
            }
            SignalKind::Sequence(steps) => {
                // From the last step to the first, so that one event takes a run one step further at most. Of two
                // runs that got equally far the later one lives longer, so the other need not be remembered.
                for (index, step) in steps.iter().enumerate().rev() {
                    let began = match index {
                        0 => Some(now),
                        _ => self.times.get(index - 1).copied().flatten(),
                    };
                    if began.is_some()
                        && matches(step)
                        && let Some(time) = self.times.get_mut(index)
                    {
                        *time = began;
                    }
                }
            }
        }
    }

    /// The signal's value as a fact: a number; true or false; seconds, or null when it never happened.
    pub fn value(&self, signal: &Signal, now: Millis) -> Value {
        match &signal.kind {
            SignalKind::Count(_) => Value::Number(self.living(signal, now).len() as f64),
            SignalKind::Sequence(_) => Value::Bool(self.expiring(signal, now).is_some()),
            SignalKind::Since(_) => match self.last() {
                Some(last) => Value::Number(now.saturating_sub(last) as f64 / 1000.0),
                None => Value::Null,
            },
        }
    }

    /// When the value changes next if nothing more happens. `None` if it then stays as it is, and for a since,
    /// which grows all the time.
    pub fn changes_at(&self, signal: &Signal, now: Millis) -> Option<Millis> {
        let time = match &signal.kind {
            SignalKind::Count(_) => *self.living(signal, now).first()?,
            SignalKind::Sequence(_) => self.expiring(signal, now),
            SignalKind::Since(_) => None,
        };
        Some(time?.saturating_add(signal.within?))
    }

    /// As it is kept from page to page.
    pub fn save(&self) -> Value {
        let mut times = Vec::new();
        for time in &self.times {
            times.push((*time).into());
        }
        Value::List(times)
    }

    /// What [`Self::save`] gave, for the same signal. What does not fit is left out.
    pub fn restore(&mut self, signal: &Signal, saved: &Value) {
        if let SignalKind::Count(_) = signal.kind {
            self.times.clear();
            let mut latest = 0;
            for time in saved.list() {
                if let Some(time) = time.whole()
                    && time >= latest
                    && self.times.len() < MOST
                {
                    latest = time;
                    self.times.push(Some(time));
                }
            }
            return;
        }
        for (time, saved) in self.times.iter_mut().zip(saved.list()) {
            *time = saved.whole();
        }
    }

    /// The counted events that are not too long ago at `now`.
    fn living(&self, signal: &Signal, now: Millis) -> &[Option<Millis>] {
        let mut rest = self.times.as_slice();
        while let [Some(oldest), others @ ..] = rest
            && !alive(*oldest, signal, now)
        {
            rest = others;
        }
        rest
    }

    /// When the run of a complete sequence began that has not expired.
    fn expiring(&self, signal: &Signal, now: Millis) -> Option<Millis> {
        self.last().filter(|began| alive(*began, signal, now))
    }

    fn last(&self) -> Option<Millis> {
        self.times.last().copied().flatten()
    }
}

/// Whether what happened at `time` still counts.
fn alive(time: Millis, signal: &Signal, now: Millis) -> bool {
    signal.within.is_none_or(|within| now < time.saturating_add(within))
}
