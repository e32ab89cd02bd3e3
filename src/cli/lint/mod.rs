//! What in a config without mistakes is probably not as meant. Nothing is said that is not so: where it cannot be
//! known whether a rule can fire, it can.

mod contradict;
mod domain;
mod formula;
mod idle;
mod pages;
mod rules;
mod texts;
mod words;
mod zones;

use crate::config::{Config, ConfigError, Report};
use crate::value::Value;

/// A config as it was written and as it was understood.
#[derive(Debug)]
struct World<'c> {
    config: &'c Config,
    value: &'c Value,
    /// Names of pages, those with mistakes included.
    pages: Vec<String>,
}

/// Mistakes that the core cannot see: a browser knows the time zones, the core does not. Where `told` has one
/// already, nothing is added.
pub fn mistakes(value: &Value, told: &Report) -> Vec<ConfigError> {
    let mut report = Report::default();
    zones::check(value, &mut report);
    let known = |error: &&ConfigError| !told.iter().any(|known| known.steps == error.steps);
    report.iter().filter(known).cloned().collect()
}

/// Warnings about `config`, which was decoded from `value`.
pub fn warnings(value: &Value, config: &Config) -> Report {
    let pages =
        value.get("pages").map_or(&[][..], Value::entries).iter().map(|(id, _)| id.to_string()).collect();
    let world = World { config, value, pages };
    let mut report = Report::default();
    pages::check(&world, &mut report);
    words::check(&world, &mut report);
    idle::check(&world, &mut report);
    rules::check(&world, &mut report);
    report
}
