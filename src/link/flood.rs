//! A server that says too much: entries of the log are always taken in, but what only tells of the moment is dropped
//! above a measure no honest server comes near.

use super::wire::ServerFrame;
use crate::time::Millis;

/// Frames taken in within a second.
const MOST: u32 = 200;
const SECOND: Millis = 1_000;

#[derive(Debug, Default)]
pub struct Flood {
    since: Millis,
    frames: u32,
    dropped: u64,
}

impl Flood {
    /// Whether `frame` is to be dropped; with the number dropped so far, once a second.
    pub fn drops(&mut self, now: Millis, frame: &ServerFrame) -> (bool, Option<u64>) {
        if now >= self.since + SECOND {
            (self.since, self.frames) = (now, 0);
        }
        self.frames = self.frames.saturating_add(1);
        let kept = matches!(
            frame,
            ServerFrame::Entry(_)
                | ServerFrame::Ack { .. }
                | ServerFrame::Welcome(_)
                | ServerFrame::Fetched { .. }
        );
        if self.frames <= MOST || kept {
            return (false, None);
        }
        self.dropped += 1;
        (true, (self.frames == MOST + 1).then_some(self.dropped))
    }
}
