//! Signals: what events say together. How many within a time, whether they came one after the other, how long ago.

mod properties;
mod seen;

pub use properties::Where;
pub use seen::Seen;

use crate::time::{Millis, duration};
use crate::value::Value;

/// A signal as the config describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    pub kind: SignalKind,
    /// For how long an event counts; `None` for as long as the session lasts.
    pub within: Option<Millis>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum SignalKind {
    /// A number: how many of these there were, up to a thousand.
    Count(Step),
    /// True or false: whether these came in this order, whatever else came in between.
    Sequence(Vec<Step>),
    /// A number: the seconds since the last of these.
    Since(Step),
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub of: Of,
    pub properties: Where,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Of {
    /// A page is viewed: its id, or a pattern of paths, which begins with `/`.
    Page(String),
    /// An event of this name.
    Event(String),
}

impl Signal {
    /// The signal that `value` of the config describes; `None` for what is not one.
    pub fn decode(value: &Value) -> Option<Signal> {
        let within = match value.get("within") {
            Some(within) => Some(duration(within)?),
            None => None,
        };
        let kind = if value.get("count").is_some() {
            SignalKind::Count(Step::decode(value, "count")?)
        } else if let Some(list) = value.get("sequence") {
            let mut steps = Vec::new();
            for step in list.list() {
                steps.push(Step::decode(step, "event")?);
            }
            // Nothing at all has neither happened nor not happened.
            if steps.is_empty() {
                return None;
            }
            SignalKind::Sequence(steps)
        } else {
            SignalKind::Since(Step::decode(value, "since")?)
        };
        Some(Signal { kind, within })
    }

    /// Calls `each` with the name of every event it waits for.
    pub fn events(&self, each: &mut dyn FnMut(&str)) {
        for step in self.steps() {
            if let Of::Event(name) = &step.of {
                each(name);
            }
        }
    }

    /// What it waits for: one after the other for a sequence, else one.
    pub fn steps(&self) -> &[Step] {
        match &self.kind {
            SignalKind::Sequence(steps) => steps,
            SignalKind::Count(step) | SignalKind::Since(step) => std::slice::from_ref(step),
        }
    }
}

impl Step {
    /// A page, or the event that the member `key` names.
    fn decode(value: &Value, key: &str) -> Option<Step> {
        let of = match value.text_at("page") {
            Some(page) => Of::Page(page.to_string()),
            None => Of::Event(value.text_at(key)?.to_string()),
        };
        Some(Step { of, properties: Where::decode(value.get("where")) })
    }
}
