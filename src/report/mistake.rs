//! One mistake, as it is told.

use crate::text::glue;
use std::fmt;

/// What it takes to see a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The shape of the value alone: an editor with the JSON Schema marks it too.
    Structure,
    /// The rest of the config, or knowledge that a schema has no words for.
    Meaning,
}

/// One mistake. Shown as `path: problem`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Where, as one would write it in JavaScript: `rules[2].when.page.dwell_s.$gtt`.
    pub path: String,
    /// The same path, one step each: a member's key, or an item's number in decimal.
    pub steps: Vec<String>,
    /// What is wrong and what to do, without a full stop.
    pub problem: String,
    /// The known word that was probably meant, where there is one near.
    pub meant: Option<String>,
    pub class: Class,
    /// What the config lacks: where, and the name.
    pub absent: Option<(String, String)>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl ConfigError {
    /// Where and what, on one line.
    pub fn sentence(&self) -> String {
        let path = if self.path.is_empty() { "config" } else { &self.path };
        glue(&[path, ": ", &self.problem])
    }
}
