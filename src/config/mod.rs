//! What the bank's marketers write: one JSON file, described once, checked with paths, decoded leniently.
//!
//! A rule with a mistake is left out and the rest works; only a file that is no config at all is refused.

mod check;
mod deed;
pub mod describe;
pub mod file;
mod form;
mod limits;
mod meaning;
mod names;
#[cfg(feature = "sentences")]
mod operators;
mod page;
#[cfg(feature = "sentences")]
pub mod reference;
mod rule;
#[cfg(feature = "sentences")]
pub mod schema;
mod section;
mod texts;

pub use crate::report::Report;
#[cfg(feature = "sentences")]
pub use crate::report::{Class, ConfigError};
pub use limits::Limits;
pub use page::{Page, Pattern};
pub use rule::{Cap, Rule, action, does};
pub use texts::{Texts, fill, pick};

use crate::calendar::Calendar;
use crate::experiment::Experiment;
use crate::fact::{FactName, FactType};
use crate::signal::Signal;
use crate::time::{Millis, duration};
use crate::value::Value;
use check::{check, fitting};
use file::{CONFIG, FILE, TRACKING};
use limits::{member, words};
use names::Book;
use section::{Items, Section};

/// The checked config of the tracker. What only the panel needs is in [`crate::view::Settings`].
#[derive(Debug, Default)]
pub struct Config {
    pub pages: Vec<Page>,
    /// Parts of pages by name, with what visitors call them.
    pub sections: Vec<(String, Texts)>,
    /// What the page may tell, with its type.
    pub attributes: Vec<(String, FactType)>,
    pub signals: Vec<(String, Signal)>,
    pub calendars: Vec<(String, Calendar)>,
    pub experiments: Vec<Experiment>,
    /// Share of visitors for whom no rule ever fires, from 0 to 1.
    pub holdout: f64,
    /// The fact in each slot that conditions read.
    pub facts: Vec<FactName>,
    pub rules: Vec<Rule>,
    pub limits: Limits,
    /// Time without activity after which dwell stops.
    pub idle: Millis,
    /// The first language is the default, and the one agents read.
    pub language: String,
    /// Parameters of the address that may be looked at, and campaign parameters without their `utm_`.
    pub query: Vec<String>,
    pub utm: Vec<String>,
}

/// Why a file cannot be used at all: not an object, or of another version.
#[derive(Debug, PartialEq, Eq)]
pub struct Unusable;

impl Config {
    /// Decodes `value`. The report holds every mistake; `Err` means that nothing of it can be used.
    pub fn decode(value: &Value) -> (Result<Config, Unusable>, Report) {
        Config::take(value.clone())
    }

    /// The same for those who need the value no more: what the config keeps of it need not be copied.
    pub fn take(mut value: Value) -> (Result<Config, Unusable>, Report) {
        let mut report = Report::default();
        check(&value, &CONFIG, &mut report);
        let top = Some(&value);
        let usable = member(top, FILE, "version").is_some() && member(top, FILE, "backend").is_some();
        // Without sentences nobody asks what else is wrong.
        if !usable && !cfg!(feature = "sentences") {
            return (Err(Unusable), report);
        }
        let tracking = value.get("tracking");
        let mut config = Config {
            holdout: member(top, FILE, "holdout").and_then(Value::number).unwrap_or(0.0),
            limits: Limits::decode(value.get("limits")),
            idle: member(tracking, TRACKING, "idle_s").and_then(duration).unwrap_or(30_000),
            language: language(&value),
            query: words(tracking, TRACKING, "query"),
            utm: words(tracking, TRACKING, "utm"),
            ..Config::default()
        };
        let mut items = Items { book: Book::default(), report };
        for (place, names) in [("query", &config.query), ("utm", &config.utm)] {
            for name in names {
                items.book.add(place, name, FactType::Any);
            }
        }
        for (id, _) in value.get("queues").map_or(&[][..], Value::entries) {
            items.book.add("queues", id, FactType::Any);
        }
        // Each section may speak of those before it.
        for section in Section::ALL {
            items.decode(section, &mut value, &mut config);
        }
        config.facts = items.book.facts;
        (if usable { Ok(config) } else { Err(Unusable) }, items.report)
    }
}

fn language(value: &Value) -> String {
    let first = value.get("languages").and_then(|list| list.list().first());
    fitting(first, &describe::Kind::Name).and_then(Value::text).unwrap_or("en").to_string()
}
