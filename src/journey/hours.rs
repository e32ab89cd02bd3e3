//! What depends on the hour: calendars in the bank's zones, hour and weekday where the visitor is.

use super::NEVER;
use crate::calendar::{Calendar, Opening, WEEKDAYS, local};
use crate::time::Millis;
use crate::value::Value;
use std::fmt;

/// Minutes east of UTC in a zone at a moment of the wall clock; `None` for a zone that does not exist. An empty name
/// is the visitor's own zone.
pub type Zones = Box<dyn Fn(&str, Millis) -> Option<i32>>;

pub struct Hours {
    calendars: Vec<(String, Calendar, Option<Opening>)>,
    zones: Zones,
    hour: Value,
    weekday: Value,
    changes_at: Millis,
    /// Whether anybody asks for hour or weekday.
    pub wanted: bool,
}

impl Hours {
    pub fn new(calendars: Vec<(String, Calendar)>, zones: Zones) -> Hours {
        let mut closed = Vec::new();
        for (id, calendar) in calendars {
            closed.push((id, calendar, None));
        }
        Hours {
            calendars: closed,
            zones,
            hour: Value::Null,
            weekday: Value::Null,
            changes_at: NEVER,
            wanted: false,
        }
    }

    /// Brings everything up to `wall`.
    pub fn update(&mut self, wall: Millis) {
        let mut next = NEVER;
        for (_, calendar, opening) in &mut self.calendars {
            *opening = calendar.at(wall, &*self.zones);
            if let Some(at) = opening.as_ref().and_then(|opening| opening.changes_at)
                && at > wall
            {
                next = next.min(at);
            }
        }
        if self.wanted
            && let Some(local) = local(wall, &*self.zones)
        {
            self.hour = Value::Number(f64::from(local.hour));
            self.weekday = WEEKDAYS.get(local.weekday).copied().into();
            if local.changes_at > wall {
                next = next.min(local.changes_at);
            }
        }
        self.changes_at = next;
    }

    /// When something of this next changes, on the wall clock; [`NEVER`] if nothing does.
    pub fn changes_at(&self) -> Millis {
        self.changes_at
    }

    pub fn hour(&self) -> Value {
        self.hour.clone()
    }

    pub fn weekday(&self) -> Value {
        self.weekday.clone()
    }

    pub fn open(&self, id: &str) -> Value {
        self.opening(id).map(|opening| opening.open).into()
    }

    /// When the calendar `id` opens next, on the wall clock; `Some(0)` while it is open.
    pub fn opens_at(&self, id: &str) -> Option<Millis> {
        let opening = self.opening(id)?;
        if opening.open { Some(0) } else { opening.opens_at }
    }

    fn opening(&self, id: &str) -> Option<&Opening> {
        self.calendars.iter().find(|(known, ..)| known == id)?.2.as_ref()
    }
}

impl fmt::Debug for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hours")
    }
}
