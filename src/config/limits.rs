//! Limits that hold for all rules together.

use super::check::fitting;
use super::describe::{Field, Kind};
use super::file::LIMITS;
use crate::time::{Millis, duration};
use crate::value::Value;

/// How much all rules together may say, and where they say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Quiet after a dismissal; `None` is for the rest of the session.
    pub quiet: Option<Millis>,
    /// Time between two messages at least.
    pub gap: Millis,
    /// Messages in all, on one page view, in one session and for one visitor; [`u64::MAX`] is no limit.
    pub page: u64,
    pub session: u64,
    pub visitor: u64,
    /// Names of pages on which no rule fires.
    pub quiet_pages: Vec<String>,
}

impl Default for Limits {
    fn default() -> Limits {
        let none = u64::MAX;
        Limits { quiet: None, gap: 0, page: none, session: none, visitor: none, quiet_pages: Vec::new() }
    }
}

impl Limits {
    /// From the section `limits`; what does not fit is as if it were left out.
    pub fn decode(value: Option<&Value>) -> Limits {
        let times = |name| member(value, LIMITS, name).and_then(Value::whole).unwrap_or(u64::MAX);
        Limits {
            quiet: member(value, LIMITS, "quiet_after_dismiss_s").and_then(duration),
            gap: member(value, LIMITS, "gap").and_then(duration).unwrap_or(0),
            page: times("page"),
            session: times("session"),
            visitor: times("visitor"),
            quiet_pages: words(value, LIMITS, "quiet_pages"),
        }
    }
}

/// The member `name` of a section, if it fits the description in `fields`.
pub fn member<'v>(section: Option<&'v Value>, fields: &[Field], name: &str) -> Option<&'v Value> {
    let field = fields.iter().find(|field| field.name == name)?;
    fitting(section?.get(name), &field.kind)
}

/// The texts in a list. One that does not fit costs only itself: the other quiet pages stay quiet.
pub fn words(section: Option<&Value>, fields: &[Field], name: &str) -> Vec<String> {
    let mut words = Vec::new();
    if let (Some(section), Some(field)) = (section, fields.iter().find(|field| field.name == name))
        && let (Kind::List { of, .. }, Some(items)) = (&field.kind, section.get(name))
    {
        for word in items.list() {
            if let Some(word) = fitting(Some(word), of).and_then(Value::text) {
                words.push(word.to_string());
            }
        }
    }
    words
}
