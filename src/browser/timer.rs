//! The one timer of a machine: set to its next wish, and to nothing when there is none.

use super::clock;
use crate::time::Millis;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;

#[derive(Default)]
pub struct Timer(RefCell<Option<Timeout>>);

impl Timer {
    /// Calls `wake` at `at` on the monotonic clock, instead of whatever was set before.
    pub fn set(&self, at: Option<Millis>, wake: impl FnOnce() + 'static) {
        let timeout = at.map(|at| {
            // Clocks are read in whole milliseconds: one more makes sure that the moment has come.
            let wait = at.saturating_sub(clock::now().mono).saturating_add(1).min(2_000_000_000);
            Timeout::new(wait as u32, wake)
        });
        self.0.replace(timeout);
    }
}
