//! How long to wait before the next attempt. Full jitter, so that ten thousand widgets do not come back at once.

use crate::time::Millis;

/// Why the last connection ended, as far as waiting is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// The server sent everybody away: all clients come back at the same time.
    ServerLeft,
    /// This one connection broke or was never made.
    Broke,
}

/// The first attempt after the server sent everybody away is spread over this.
const HERD_SPREAD: Millis = 10_000;
const FLOOR: Millis = 250;
const CEILING: Millis = 20_000;

/// Milliseconds to wait after `tries` failed attempts; `dice` are uniform random bits.
pub fn delay(loss: Loss, tries: u32, dice: u64) -> Millis {
    if loss == Loss::ServerLeft && tries == 0 {
        return dice % HERD_SPREAD;
    }
    FLOOR + dice % (1000 << tries.min(5)).min(CEILING)
}

/// Whether a close code says that the server sent everybody away (RFC 6455, section 7.4.1, and the IANA registry).
pub fn loss(code: u16) -> Loss {
    match code {
        1001 | 1012 | 1013 => Loss::ServerLeft,
        _ => Loss::Broke,
    }
}
