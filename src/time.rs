//! Moments as they come in from the shell. Nothing here reads a clock.

/// Milliseconds: since the page's time origin on the monotonic clock, since 1970 on the wall clock.
pub type Millis = u64;

/// When an event happened, and one random number for whatever it may need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment {
    /// Monotonic clock. Durations are measured with it; it may stand still while the machine sleeps.
    pub mono: Millis,
    /// Wall clock, UTC. For time stamps and for what must outlive the page.
    pub wall: Millis,
    /// Uniform random bits, fresh for every event.
    pub dice: u64,
}

impl Moment {
    /// A moment with both clocks at `mono`, as tests want it.
    pub fn at(mono: Millis) -> Self {
        Moment { mono, wall: mono, dice: 0 }
    }
}
