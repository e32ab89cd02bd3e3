//! Between JavaScript's values and ours, by hand: see `value` for why there is no serde here.

use crate::value::{MAX_DEPTH, Value};
use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

/// `None` for what is nested too deep. Functions and the like become null.
pub fn from_js(js: &JsValue) -> Option<Value> {
    walk(js, 0)
}

fn walk(js: &JsValue, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(text) = js.as_string() {
        return Some(Value::Text(text.into()));
    }
    if let Some(number) = js.as_f64() {
        return Some(Value::Number(number));
    }
    if let Some(value) = js.as_bool() {
        return Some(Value::Bool(value));
    }
    if let Some(items) = js.dyn_ref::<Array>() {
        let mut list = Vec::new();
        for index in 0..items.length() {
            list.push(walk(&items.get(index), depth + 1)?);
        }
        return Some(Value::List(list));
    }
    if js.is_object() && !js.is_function() {
        let pairs = Object::entries(js.unchecked_ref());
        let mut map = Vec::new();
        for index in 0..pairs.length() {
            let pair: Array = pairs.get(index).unchecked_into();
            map.push((pair.get(0).as_string()?.into(), walk(&pair.get(1), depth + 1)?));
        }
        return Some(Value::Map(map));
    }
    Some(Value::Null)
}

pub fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(value) => JsValue::from_bool(*value),
        Value::Number(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
        Value::List(items) => {
            let list = Array::new();
            for item in items {
                list.push(&to_js(item));
            }
            list.into()
        }
        Value::Map(entries) => {
            let pairs = Array::new();
            for (key, value) in entries {
                pairs.push(&Array::of2(&JsValue::from_str(key), &to_js(value)));
            }
            // Makes plain data properties, even of a name like __proto__.
            Object::from_entries(&pairs).map_or(JsValue::NULL, JsValue::from)
        }
    }
}

/// Reads JSON text; `None` when it is none, or nested too deep.
pub fn parse(text: &str) -> Option<Value> {
    from_js(&JSON::parse(text).ok()?)
}

pub fn stringify(value: &Value) -> String {
    JSON::stringify(&to_js(value)).ok().and_then(|text| text.as_string()).unwrap_or_default()
}
