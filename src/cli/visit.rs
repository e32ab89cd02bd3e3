//! A recorded visit, as `bharosa.trace()` hands it over.

use super::events::{self, EVENTS};
use super::line::Lines;
use super::slip;
use crate::event::Event;
use crate::journey::About;
use crate::json;
use crate::report::closest;
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
    /// What is passed over, a sentence each.
    pub strange: Vec<String>,
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
        let Some(Value::List(items)) = value.get("events") else {
            return Err("events: expected a list of what happened; docs/traces.md describes it".to_string());
        };
        let about =
            |key| value.get("about").and_then(|about| about.text_at(key)).unwrap_or_default().to_string();
        let (mut events, mut strange): (Vec<Recorded>, Vec<String>) = (Vec::new(), Vec::new());
        for (index, item) in items.iter().enumerate() {
            let told = |problem: &str| glue(&["events[", &digits(index as u64), "]: ", problem]);
            let event = Recorded::read(item).map_err(|problem| told(&problem))?;
            if events.last().is_some_and(|before| before.mono > event.mono) {
                return Err(told("comes before the one before it"));
            }
            // A page may call with anything; what the tracker does not understand there, it does not do here.
            match event.event() {
                Some(_) => events.push(event),
                None => strange.push(told(&event.misfit())),
            }
        }
        let language = about("lang");
        let about_visitor = About {
            language: if language.is_empty() { "en".to_string() } else { language },
            rtl: about("direction") == "rtl",
            device: about("device"),
        };
        Ok(Visit { about: about_visitor, zone: about("zone"), events, strange })
    }
}

impl Recorded {
    fn read(item: &Value) -> Result<Recorded, String> {
        let form = || "expected [ms, ms since 1970, name, argument] of an event".to_string();
        let [mono, wall, name, rest @ ..] = item.list() else { return Err(form()) };
        let (Some(mono), Some(wall), Some(name)) = (mono.whole(), wall.whole(), name.text()) else {
            return Err(form());
        };
        if events::about(name).is_none() {
            let known: Vec<&str> = EVENTS.iter().map(|event| event.name).collect();
            let meant = closest(name, &known).map(|meant| glue(&[", did you mean \"", meant, "\"?"]));
            let meant = meant.unwrap_or_else(|| "; docs/traces.md lists all".to_string());
            return Err(glue(&["there is no event \"", name, "\"", &meant]));
        }
        let argument = rest.first().cloned().unwrap_or_default();
        Ok(Recorded { mono, wall, name: name.to_string(), argument })
    }

    /// What it should have been like.
    fn misfit(&self) -> String {
        let example = events::about(&self.name).map_or("null", |event| event.example);
        glue(&["is left out: \"", &self.name, "\" does not go with this, but with one like ", example])
    }

    /// The event as the tracker takes it.
    pub fn event(&self) -> Option<Event> {
        Event::decode(&self.name, self.argument.clone())
    }
}
