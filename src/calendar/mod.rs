//! Calendars: when a branch or a team is open, by the clock on its own wall.

mod opening;
mod written;

pub use opening::{Local, Opening, Zones, local};
pub use written::{date, hours};

use crate::value::Value;

/// Days of the week as the config and the facts name them, in the order of [`Local::weekday`].
pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Hours of one day: minutes after midnight at which it opens and closes. What runs past midnight closes after 1440.
type Hours = Vec<(u16, u16)>;

/// Opening hours by weekday and by date.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calendar {
    /// Name of the time zone; empty for the visitor's own.
    pub zone: String,
    weekly: [Hours; 7],
    /// Days, counted from 1970-01-01, that do not go by the week.
    dated: Vec<(i32, Hours)>,
}

impl Calendar {
    /// The calendar that `value` of the config describes; `None` for what is not one.
    ///
    /// A day that is both a holiday and an exception has the hours of the exception.
    pub fn decode(value: &Value) -> Option<Calendar> {
        let mut calendar = Calendar::default();
        let fits = calendar.read(value).is_some();
        fits.then_some(calendar)
    }

    fn read(&mut self, value: &Value) -> Option<()> {
        let Value::Map(parts) = value else { return None };
        for (part, inner) in parts {
            match (part.as_str(), inner) {
                ("zone", Value::Text(zone)) => self.zone.push_str(zone),
                ("weekly", Value::Map(week)) => {
                    for (name, list) in week {
                        let day = WEEKDAYS.iter().position(|known| **known == **name)?;
                        read_hours(list, self.weekly.get_mut(day)?)?;
                    }
                }
                ("exceptions", Value::Map(days)) => {
                    for (day, list) in days {
                        self.dated.push((date(day)?, Hours::new()));
                        read_hours(list, &mut self.dated.last_mut()?.1)?;
                    }
                }
                ("holidays", Value::List(days)) => {
                    for day in days {
                        self.dated.push((date(day.text()?)?, Hours::new()));
                    }
                }
                _ => return None,
            }
        }
        Some(())
    }

    /// Whether the clock on the wall shows an open minute, and the next minute on that clock at which this may be
    /// otherwise. Both count from 1970-01-01 on that clock.
    fn shows(&self, local: i64) -> (bool, i64) {
        let today = local / DAY;
        let mut open = false;
        let mut until = (today + 1) * DAY;
        // Hours that run past midnight belong to the day on which they began.
        for day in [today - 1, today] {
            for (opens, closes) in self.hours(day) {
                let from = day * DAY + i64::from(*opens);
                let to = day * DAY + i64::from(*closes);
                open |= from <= local && local < to;
                for edge in [from, to] {
                    if edge > local && edge < until {
                        until = edge;
                    }
                }
            }
        }
        (open, until)
    }

    fn hours(&self, day: i64) -> &[(u16, u16)] {
        let mut special: Option<&[(u16, u16)]> = None;
        for (date, hours) in &self.dated {
            if i64::from(*date) == day && special.is_none_or(<[_]>::is_empty) {
                special = Some(hours);
            }
        }
        special.unwrap_or(self.weekly.get(weekday(day)).map_or(&[], Vec::as_slice))
    }
}

/// Index into [`WEEKDAYS`] of a day counted from 1970-01-01, which was a Thursday.
fn weekday(day: i64) -> usize {
    ((day + 3) % 7) as usize
}

fn read_hours(list: &Value, hours: &mut Hours) -> Option<()> {
    let Value::List(items) = list else { return None };
    for item in items {
        let (opens, closes) = self::hours(item.text()?)?;
        // Closing at or before the hour of opening means on the next day.
        let next_day = if closes <= opens { DAY as u16 } else { 0 };
        hours.push((opens, closes + next_day));
    }
    Some(())
}
