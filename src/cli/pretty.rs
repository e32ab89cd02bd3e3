//! JSON for people: what fits on a line stands on one.

use crate::json;
use crate::text::Piece;
use crate::value::Value;

/// Characters of a line.
const WIDTH: usize = 100;

/// `value` as JSON, indented, with a line's end at its end.
pub fn write(value: &Value) -> String {
    let mut text = String::new();
    put(value, 0, &mut text);
    text.push('\n');
    text
}

fn put(value: &Value, depth: usize, text: &mut String) {
    let inline = spaced(value);
    let (open, close, items): (char, char, Vec<(String, &Value)>) = match value {
        _ if inline.chars().count() + 2 * depth <= WIDTH => return text.push_str(&inline),
        Value::List(items) => ('[', ']', items.iter().map(|item| (String::new(), item)).collect()),
        Value::Map(entries) => {
            let key = |key: &str| json::write(&key.into()) + ": ";
            ('{', '}', entries.iter().map(|(name, value)| (key(name), value)).collect())
        }
        _ => return text.push_str(&inline),
    };
    let mut before = open;
    for (key, item) in items {
        text.push(before);
        line(depth + 1, text);
        text.push_str(&key);
        put(item, depth + 1, text);
        before = ',';
    }
    line(depth, text);
    text.push(close);
}

fn line(depth: usize, text: &mut String) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

/// On one line, with spaces where people put them.
fn spaced(value: &Value) -> String {
    let (open, close, items): (&str, &str, Vec<String>) = match value {
        Value::List(items) => ("[", "]", items.iter().map(spaced).collect()),
        Value::Map(entries) if entries.is_empty() => return "{}".to_string(),
        Value::Map(entries) => {
            let member =
                |(key, value): &(Piece, Value)| json::write(&key.as_str().into()) + ": " + &spaced(value);
            ("{ ", " }", entries.iter().map(member).collect())
        }
        other => return json::write(other),
    };
    [open, &items.join(", "), close].concat()
}
