//! Reading time: a page counts while it is visible, focused and in use.
//!
//! No clock ticks in here. Time is added up when something happens, so that a page on which nothing happens
//! costs nothing.

use crate::time::Millis;

/// How late a requested wake-up may come before the machine must have slept in between.
const SLEPT: Millis = 5_000;

/// The clocks of one page view.
#[derive(Debug, Clone, Default)]
pub struct Dwell {
    pub visible: bool,
    pub focused: bool,
    /// Engaged time stops here unless the visitor does something.
    active_until: Millis,
    engaged: Millis,
    seen: Millis,
    /// Visible time since the visitor last did something.
    idle: Millis,
    /// Up to when time has been added up.
    counted: Millis,
    /// When the next wake-up was asked for; 0 when none was.
    due: Millis,
}

impl Dwell {
    /// Starts the clocks of a new page view. Opening a page counts as activity.
    pub fn start(&mut self, now: Millis, idle: Millis) {
        self.engaged = 0;
        self.seen = 0;
        self.idle = 0;
        self.counted = now;
        self.active_until = now + idle;
        self.due = 0;
    }

    /// Goes on with the times of a page view that was cut off, as when a discarded tab is reloaded.
    pub fn resume(&mut self, engaged: Millis, seen: Millis) {
        self.engaged = engaged;
        self.seen = seen;
    }

    /// Adds up the time since the last call and returns what was added, visible and engaged. Must come before any
    /// change of `visible` or `focused`.
    pub fn advance(&mut self, now: Millis) -> (Millis, Millis) {
        let (seen, engaged) = (self.seen, self.engaged);
        // A wake-up that comes much too late tells of a sleep: what lies beyond it was not read.
        let until = if self.due != 0 && now > self.due.saturating_add(SLEPT) { self.due } else { now };
        if self.visible {
            self.seen += until.saturating_sub(self.counted);
            self.idle += until.saturating_sub(self.counted);
            if self.focused {
                self.engaged += until.min(self.active_until).saturating_sub(self.counted);
            }
        }
        self.counted = self.counted.max(now);
        (self.seen - seen, self.engaged - engaged)
    }

    /// The visitor did something. [`Self::advance`] comes first, else the idle time before it would count.
    pub fn active(&mut self, now: Millis, idle: Millis) {
        self.idle = 0;
        self.active_until = self.active_until.max(now + idle);
    }

    pub fn wake_due(&mut self, due: Millis) {
        self.due = due;
    }

    pub fn engaged(&self) -> Millis {
        self.engaged
    }

    pub fn seen(&self) -> Millis {
        self.seen
    }

    pub fn idle(&self) -> Millis {
        self.idle
    }

    /// Until when engaged time goes on if nothing happens; it stands still when that is past.
    pub fn engaged_until(&self) -> Millis {
        if self.visible && self.focused { self.active_until } else { 0 }
    }
}
