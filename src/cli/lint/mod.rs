//! What in a config without mistakes is probably not as meant. Nothing is said that is not so: where it cannot be
//! known whether a rule can fire, it can.

mod domain;
mod formula;
mod pages;
mod rules;
mod words;

use crate::config::{Config, Report};
use crate::value::Value;

/// A config as it was written and as it was understood.
#[derive(Debug)]
struct World<'c> {
    config: &'c Config,
    value: &'c Value,
    /// Names of pages, those with mistakes included.
    pages: Vec<String>,
}

/// Warnings about `config`, which was decoded from `value`.
pub fn warnings(value: &Value, config: &Config) -> Report {
    let pages = value.get("pages").map_or(&[][..], Value::entries).iter().map(|(id, _)| id.clone()).collect();
    let world = World { config, value, pages };
    let mut report = Report::default();
    pages::check(&world, &mut report);
    words::check(&world, &mut report);
    rules::check(&world, &mut report);
    report
}
