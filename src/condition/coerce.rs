//! How JavaScript makes texts and numbers of other values, which is what GrowthBook's comparisons rest on.

use super::fold::same_folded;
use crate::text;
use crate::value::Value;
use std::borrow::Cow;
use std::cmp::Ordering;

/// `String(value)`. Borrowed when it is a text.
pub fn text(value: &Value) -> Cow<'_, str> {
    Cow::Borrowed(match value {
        Value::Text(text) => text,
        Value::Null => "null",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Map(_) => "[object Object]",
        Value::Number(number) => return Cow::Owned(text::number(*number)),
        Value::List(items) => {
            let mut all = String::new();
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    all.push(',');
                }
                if !matches!(item, Value::Null) {
                    all.push_str(&text(item));
                }
            }
            return Cow::Owned(all);
        }
    })
}

/// `Number(value)`; NaN when it is none.
pub fn number(value: &Value) -> f64 {
    match value {
        Value::Number(number) => *number,
        Value::Null => 0.0,
        Value::Bool(value) => f64::from(u8::from(*value)),
        other => text::to_number(&text(other)),
    }
}

/// `Boolean(value)`.
pub fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => *number != 0.0 && !number.is_nan(),
        Value::Text(text) => !text.is_empty(),
        Value::List(_) | Value::Map(_) => true,
    }
}

/// `a === b`: lists and objects are never the same as others.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Null, Value::Null) => true,
        _ => false,
    }
}

/// The same but for capitals.
pub fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => same_folded(a, b),
        _ => same(a, b),
    }
}

/// Whether a fact fits a plain value: by the plain value's type, lists and objects as JSON, in order.
pub fn is(fact: &Value, plain: &Value) -> bool {
    match (fact, plain) {
        (Value::Text(fact), Value::Text(plain)) => fact == plain,
        (_, Value::Text(plain)) => text(fact) == plain.as_str(),
        (_, Value::Number(plain)) => number(fact) == *plain,
        (_, Value::Bool(plain)) => !matches!(fact, Value::Null) && truthy(fact) == *plain,
        _ => fact == plain,
    }
}

/// How `<` and `>` see both: texts by UTF-16 units, everything else as numbers. `None` when neither is true.
pub fn order(a: &Value, b: &Value) -> Option<Ordering> {
    if let (Value::Number(a), Value::Number(b)) = (a, b) {
        return a.partial_cmp(b);
    }
    let textual = |value: &Value| matches!(value, Value::Text(_) | Value::List(_) | Value::Map(_));
    if textual(a) && textual(b) {
        return Some(order_texts(&text(a), &text(b)));
    }
    number(a).partial_cmp(&number(b))
}

fn order_texts(a: &str, b: &str) -> Ordering {
    for (a, b) in a.bytes().zip(b.bytes()) {
        if a != b {
            return rank(a).cmp(&rank(b));
        }
    }
    a.len().cmp(&b.len())
}

/// UTF-8 sorts like UTF-16 but for U+E000 to U+FFFF, which come after the characters that take two units.
fn rank(byte: u8) -> u8 {
    if byte == 0xee || byte == 0xef { byte + 0x10 } else { byte }
}
