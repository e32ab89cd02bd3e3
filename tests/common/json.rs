//! JSON as the core's plain data.
#![allow(dead_code)]

use bharosa::value::Value;

pub fn json(text: &str) -> Value {
    from_json(&serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}")))
}

pub fn from_json(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap()),
        serde_json::Value::String(text) => Value::Text(text.as_str().into()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(from_json).collect()),
        serde_json::Value::Object(map) => {
            Value::Map(map.iter().map(|(key, value)| (key.as_str().into(), from_json(value))).collect())
        }
    }
}
