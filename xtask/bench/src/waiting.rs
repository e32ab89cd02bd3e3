//! A thousand rules that all wait for a moment of their own: the end of a delay of an hour.

/// The config's text.
pub fn config() -> String {
    crate::config::config("", |rule| {
        format!(
            r#"{{"id": "rule-{rule}", "when": {{}}, "then": [{{"emit": {{"name": "waited"}}}}], "delay": "1h"}}"#
        )
    })
}
