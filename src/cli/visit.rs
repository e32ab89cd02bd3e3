//! A recorded visit, as `bharosa.trace()` hands it over.

use super::line::Lines;
use super::slip;
use crate::event::Event;
use crate::journey::About;
use crate::json;
use crate::text::{digits, glue};
use crate::time::Millis;
use crate::value::Value;

/// What was known of the visitor's device, and what happened.
#[derive(Debug)]
pub struct Visit {
    pub about: About,
    /// The visitor's time zone.
    pub zone: String,
    pub events: Vec<Recorded>,
}

/// One thing that happened, on both clocks.
#[derive(Debug)]
pub struct Recorded {
    pub mono: Millis,
    pub wall: Millis,
    pub name: String,
    pub argument: Value,
}

impl Visit {
    /// From `{"trace": 1, "about": {lang, direction, device, zone}, "events": [[mono, wall, name, argument], …]}`.
    ///
    /// # Errors
    /// A sentence that says what in `text` is no recorded visit.
    pub fn read(text: &str) -> Result<Visit, String> {
        let value = json::parse(text).map_err(|mistake| {
            let (at, problem) = slip::told(text, &mistake);
            let (line, column) = Lines::new(text).position(at);
            let place = [digits(line as u64), digits(column as u64)].join(":");
            glue(&["this is not JSON: at ", &place, " ", &problem])
        })?;
        if value.whole_at("trace") != Some(1) {
            return Err("this is no visit recorded with bharosa.trace(): it lacks \"trace\": 1".to_string());
        }
        let about =
            |key| value.get("about").and_then(|about| about.text_at(key)).unwrap_or_default().to_string();
        let mut events: Vec<Recorded> = Vec::new();
        for (index, item) in value.get("events").map_or(&[][..], Value::list).iter().enumerate() {
            let event = Recorded::read(item).ok_or_else(|| {
                glue(&[
                    "events[",
                    &digits(index as u64),
                    "]: expected [ms, ms since 1970, name, argument] of an event",
                ])
            })?;
            if events.last().is_some_and(|before| before.mono > event.mono) {
                return Err(glue(&["events[", &digits(index as u64), "]: comes before the one before it"]));
            }
            events.push(event);
        }
        let language = about("lang");
        let about_visitor = About {
            language: if language.is_empty() { "en".to_string() } else { language },
            rtl: about("direction") == "rtl",
            device: about("device"),
        };
        Ok(Visit { about: about_visitor, zone: about("zone"), events })
    }
}

impl Recorded {
    fn read(item: &Value) -> Option<Recorded> {
        let [mono, wall, name, rest @ ..] = item.list() else { return None };
        let event = Recorded {
            mono: mono.whole()?,
            wall: wall.whole()?,
            name: name.text()?.to_string(),
            argument: rest.first().cloned().unwrap_or_default(),
        };
        event.event().is_some().then_some(event)
    }

    /// The event as the tracker takes it.
    pub fn event(&self) -> Option<Event> {
        Event::decode(&self.name, self.argument.clone())
    }
}
