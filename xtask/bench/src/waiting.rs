//! A thousand rules that all wait for a moment of their own: the end of a delay of an hour.

use std::fmt::Write;

pub const RULES: usize = 1000;

/// The config's text.
pub fn config() -> String {
    let mut text = String::from(r#"{"version": 1, "backend": "/ws", "rules": ["#);
    for rule in 0..RULES {
        let comma = if rule == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}
{{"id": "rule-{rule}", "when": {{}}, "then": [{{"emit": {{"name": "waited"}}}}], "delay": "1h"}}"#
        );
    }
    text.push_str("]}");
    text
}
