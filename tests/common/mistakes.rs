//! A config with one mistake in it, and what is said of that.

use bharosa::config::{Class, Config};

#[path = "json.rs"]
pub mod json;
pub use json::json;

/// A config that is right but for these members.
pub fn with(members: &str) -> String {
    format!(r#"{{"version": 1, "backend": "/ws", {members}}}"#)
}

/// Each row: members of a config, and the only mistake in it. `~` marks one that no JSON Schema can see.
pub fn check(rows: &[(&str, &str)]) {
    for (members, expected) in rows {
        let report = Config::decode(&json(&with(members))).1;
        let found: Vec<String> = report
            .iter()
            .map(|error| {
                (if error.class == Class::Meaning { "~" } else { "" }).to_string() + &error.sentence()
            })
            .collect();
        let expected: &[&str] = if expected.is_empty() { &[] } else { &[expected] };
        assert_eq!(found, expected, "in: {members}");
    }
}
