//! The part of the widget's config that the desk reads: its queues.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// Ids of the queues and their English names. A config without queues gets one called `general`,
/// so that visitors can always reach somebody.
pub fn queues(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read the config {shown}: {error}; name another with --config"))?;
    let config: Value =
        serde_json::from_str(&text).map_err(|error| format!("the config {shown} is not JSON: {error}"))?;
    let queues = config.get("queues").and_then(Value::as_object);
    let named = |(id, queue): (&String, &Value)| (id.clone(), name(queue).unwrap_or_else(|| id.clone()));
    let queues: BTreeMap<_, _> = queues.into_iter().flatten().map(named).collect();
    if queues.is_empty() {
        return Ok(BTreeMap::from([("general".to_owned(), "General".to_owned())]));
    }
    Ok(queues)
}

fn name(queue: &Value) -> Option<String> {
    let name = queue.get("name")?;
    let english = || name.get("en").or_else(|| name.as_object()?.values().next())?.as_str();
    name.as_str().or_else(english).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_english_or_what_there_is() {
        let check = |queue: &str, expected: Option<&str>| {
            let queue: Value = serde_json::from_str(queue).expect("the test's JSON");
            assert_eq!(name(&queue).as_deref(), expected);
        };
        check(r#"{"name":{"en":"Loans","hi":"ऋण"}}"#, Some("Loans"));
        check(r#"{"name":{"hi":"ऋण"}}"#, Some("ऋण"));
        check(r#"{"name":"Loans"}"#, Some("Loans"));
        check("{}", None);
    }
}
