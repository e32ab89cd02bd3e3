//! Open or closed at a moment, and the minute at which that changes.

use super::{Calendar, DAY, weekday};
use crate::time::Millis;

/// Minutes by which the clocks of a zone are ahead of UTC at a moment on the wall clock; `None` for a zone nobody
/// knows. The zone `""` is the visitor's own.
pub type Zones<'a> = dyn Fn(&str, Millis) -> Option<i32> + 'a;

/// Whether a calendar is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub open: bool,
    /// Wall clock. `None` while open, and when nothing opens within 60 days.
    pub opens_at: Option<Millis>,
    /// Wall clock: when to ask again. `None` when nothing changes within 60 days.
    pub changes_at: Option<Millis>,
}

/// Hour and day where the visitor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    /// 0 to 23.
    pub hour: u8,
    /// Index into [`super::WEEKDAYS`].
    pub weekday: usize,
    /// Wall clock: when the hour next changes.
    pub changes_at: Millis,
}

/// Milliseconds in a minute.
const MINUTE: Millis = 60_000;
/// Minutes looked ahead.
const AHEAD: i64 = 60 * DAY;

impl Calendar {
    /// Whether it is open at `wall`, going by what a clock in its zone shows: hours that clocks skip in spring are
    /// not there, hours they repeat in autumn are there twice. `None` if nobody knows the zone.
    pub fn at(&self, wall: Millis, zones: &Zones) -> Option<Opening> {
        let clock = Clock { zone: &self.zone, zones };
        let mut minute = minute(wall);
        let mut east = clock.east(minute)?;
        let (open, mut until) = self.shows(minute + east);
        let end = minute + AHEAD;
        let mut changes_at = None;
        while minute < end {
            (minute, east) = clock.forward(minute, east, until)?;
            let (then, next) = self.shows(minute + east);
            if then != open {
                changes_at = Some(millis(minute));
                break;
            }
            until = next;
        }
        Some(Opening { open, opens_at: if open { None } else { changes_at }, changes_at })
    }
}

/// The visitor's own hour and day at `wall`; `None` if their zone is not known.
pub fn local(wall: Millis, zones: &Zones) -> Option<Local> {
    let clock = Clock { zone: "", zones };
    let minute = minute(wall);
    let east = clock.east(minute)?;
    let shown = minute + east;
    let hour = shown / 60;
    let (changes, _) = clock.forward(minute, east, (hour + 1) * 60)?;
    Some(Local { hour: (hour % 24) as u8, weekday: weekday(shown / DAY), changes_at: millis(changes) })
}

/// The clocks of one zone. Minutes count from 1970 in UTC.
struct Clock<'a> {
    zone: &'a str,
    zones: &'a Zones<'a>,
}

impl Clock<'_> {
    fn east(&self, minute: i64) -> Option<i64> {
        (self.zones)(self.zone, millis(minute)).map(i64::from)
    }

    /// From `minute`, when clocks are `east` ahead of UTC, to the minute they show `local`, or before that to the
    /// minute they are set forward or back. With how far ahead they are then.
    fn forward(&self, minute: i64, east: i64, local: i64) -> Option<(i64, i64)> {
        let mut early = minute;
        let mut late = local - east;
        let mut then = self.east(late)?;
        // They were set in between: halving finds the first minute of the new time.
        while then != east && late - early > 1 {
            let middle = early + ((late - early) >> 1);
            let there = self.east(middle)?;
            if there == east {
                early = middle;
            } else {
                (late, then) = (middle, there);
            }
        }
        Some((late, then))
    }
}

/// The minute of a moment, as far as numbers are exact in a browser.
fn minute(wall: Millis) -> i64 {
    (wall.min(1 << 53) / MINUTE) as i64
}

fn millis(minute: i64) -> Millis {
    minute.max(0) as Millis * MINUTE
}
