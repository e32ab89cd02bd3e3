//! As much of JSON Schema as the protocol's document uses; anything else in it is an error, not ignored.

use serde_json::Value;

/// What in `value` breaks `schema`, with paths; references are looked up in `document`.
pub fn problems(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(document, schema, value, "", &mut found);
    found
}

fn check(document: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    for (word, operand) in schema.as_object().expect("a schema is an object") {
        let fits = match word.as_str() {
            "description" => true,
            "$ref" => {
                check(document, resolve(document, operand), value, path, found);
                true
            }
            "type" => is(value, operand.as_str().expect("a type's name")),
            "const" => value == operand,
            "enum" => operand.as_array().expect("a list").contains(value),
            "minimum" => value.as_f64() >= operand.as_f64(),
            "minLength" => length(value) >= operand.as_u64(),
            "maxLength" => length(value) <= operand.as_u64(),
            "maxItems" => value.as_array().map(|items| items.len() as u64) <= operand.as_u64(),
            "required" => {
                let mut names = operand.as_array().expect("a list").iter().filter_map(Value::as_str);
                names.all(|name| value.get(name).is_some())
            }
            "properties" => {
                for (key, member) in value.as_object().into_iter().flatten() {
                    let inner = format!("{path}.{key}");
                    match operand.get(key) {
                        Some(schema) => check(document, schema, member, &inner, found),
                        None => found.push(format!("{inner}: not in the document")),
                    }
                }
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(document, operand, item, &format!("{path}[{index}]"), found);
                }
                true
            }
            other => panic!("the checker does not know {other}"),
        };
        if !fits {
            found.push(format!("{path}: breaks {word} {operand}"));
        }
    }
}

fn resolve<'d>(document: &'d Value, reference: &Value) -> &'d Value {
    let pointer = reference.as_str().expect("a reference").trim_start_matches('#');
    document.pointer(pointer).unwrap_or_else(|| panic!("{pointer} points nowhere"))
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("the checker does not know the type {other}"),
    }
}

fn length(value: &Value) -> Option<u64> {
    value.as_str().map(|text| text.chars().count() as u64)
}
