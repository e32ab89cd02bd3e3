//! Holds frames against the protocol's own document: a small reader of the JSON Schema it uses.

use std::sync::LazyLock;

use serde_json::{Map, Value};

const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/bharosa.v1.asyncapi.json"));

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(TEXT).expect("the protocol document is JSON"));

/// Every message of the document: its name, such as `client.hello`, and what it says of it.
pub fn messages() -> &'static Map<String, Value> {
    DOCUMENT["components"]["messages"].as_object().expect("messages")
}

/// Panics unless the document allows the desk to send this frame.
pub fn check_sent(frame: &Value) {
    let name = format!("server.{}", frame["type"].as_str().expect("a frame has a type"));
    let message = messages().get(&name).unwrap_or_else(|| panic!("the document has no {name}"));
    check(frame, &message["payload"], &name);
}

/// Fields that the document does not name are a mistake too: the desk speaks the document.
pub fn check(value: &Value, schema: &Value, path: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = DOCUMENT.pointer(reference.trim_start_matches('#')).expect(reference);
        return check(value, target, path);
    }
    if let Some(expected) = schema.get("const") {
        assert_eq!(value, expected, "{path}");
    }
    if let Some(allowed) = schema["enum"].as_array() {
        assert!(allowed.contains(value), "{path}: {value} is none of {allowed:?}");
    }
    match schema["type"].as_str() {
        Some("string") => {
            let length = value.as_str().unwrap_or_else(|| panic!("{path}: {value}")).chars().count() as u64;
            assert!(length >= schema["minLength"].as_u64().unwrap_or(0), "{path}: too short");
            assert!(length <= schema["maxLength"].as_u64().unwrap_or(u64::MAX), "{path}: too long");
        }
        Some("integer") => {
            let number = value.as_i64().unwrap_or_else(|| panic!("{path}: {value}"));
            assert!(number >= schema["minimum"].as_i64().unwrap_or(i64::MIN), "{path}: {number}");
        }
        Some("boolean") => assert!(value.is_boolean(), "{path}: {value}"),
        Some("array") => {
            let items = value.as_array().unwrap_or_else(|| panic!("{path}: {value}"));
            items.iter().for_each(|item| check(item, &schema["items"], path));
        }
        Some("object") => check_object(value, schema, path),
        _ => {}
    }
}

fn check_object(value: &Value, schema: &Value, path: &str) {
    let fields = value.as_object().unwrap_or_else(|| panic!("{path}: {value}"));
    for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(fields.contains_key(required), "{path}.{required} is missing in {value}");
    }
    for (name, field) in fields {
        let known =
            schema["properties"].get(name).unwrap_or_else(|| panic!("{path}.{name} is not documented"));
        check(field, known, &format!("{path}.{name}"));
    }
}
