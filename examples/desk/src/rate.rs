//! Counts a connection's frames, so that one client cannot keep the desk busy.

use crate::limits::{FLOOD_FRAMES, WINDOW_FRAMES, WINDOW_MS};

/// Frames since the start of the current window.
#[derive(Clone, Debug)]
pub struct Rate {
    factor: u32,
    started: u64,
    frames: u32,
}

/// What to do with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Serve,
    /// Refuse it; the next window starts in this many milliseconds.
    Refuse(u64),
    Close,
}

impl Rate {
    pub fn new(now: u64, factor: u32) -> Self {
        Self { factor, started: now, frames: 0 }
    }

    /// Windows follow each other instead of sliding: once a frame was refused, all behind it are
    /// refused until the client has had time to hear of it, which keeps its messages in order.
    pub fn count(&mut self, now: u64) -> Verdict {
        if now.saturating_sub(self.started) >= WINDOW_MS {
            self.started = now;
            self.frames = 0;
        }
        self.frames = self.frames.saturating_add(1);
        if self.frames > FLOOD_FRAMES * self.factor {
            Verdict::Close
        } else if self.frames > WINDOW_FRAMES * self.factor {
            Verdict::Refuse((self.started + WINDOW_MS).saturating_sub(now))
        } else {
            Verdict::Serve
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verdict on the last of `frames` frames sent at once, `after` ms into the window.
    fn last_of(frames: u32, after: u64) -> Verdict {
        let mut rate = Rate::new(1_000, 1);
        (0..frames).map(|_| rate.count(1_000 + after)).last().unwrap_or(Verdict::Serve)
    }

    #[test]
    fn frames_are_served_then_refused_then_the_door_closes() {
        assert_eq!(last_of(100, 0), Verdict::Serve);
        assert_eq!(last_of(101, 0), Verdict::Refuse(10_000));
        assert_eq!(last_of(101, 4_000), Verdict::Refuse(6_000));
        assert_eq!(last_of(300, 0), Verdict::Refuse(10_000));
        assert_eq!(last_of(301, 0), Verdict::Close);
    }

    #[test]
    fn a_new_window_starts_from_nothing() {
        let mut rate = Rate::new(0, 1);
        (0..200).for_each(|_| {
            rate.count(5);
        });
        assert_eq!(rate.count(9_999), Verdict::Refuse(1));
        assert_eq!(rate.count(10_000), Verdict::Serve);
    }
}
