//! What a test wants, in words.

use super::Test;
use super::operator::Op;
use crate::text::{glue, plain};
use crate::value::Value;

impl Test {
    /// The end of a sentence: `at least 40`, `one of "rates", "cards"`.
    pub fn wanted(&self) -> String {
        let how = match self.operator.op {
            Op::Is | Op::Eq => "",
            Op::Ne => "anything but ",
            Op::Lt => "less than ",
            Op::Lte => "at most ",
            Op::Gt => "more than ",
            Op::Gte => "at least ",
            Op::In => "one of ",
            Op::Nin => "none of ",
            _ => return glue(&[self.operator.name, " ", &shown(&self.value)]),
        };
        glue(&[how, &shown(&self.value)])
    }
}

/// A value as a sentence tells it.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => "not known".to_string(),
        Value::Text(text) => glue(&["\"", text, "\""]),
        // Tenths of a second are as much as anybody wants to read.
        Value::Number(number) => plain(*number),
        Value::Bool(true) => "true".to_string(),
        Value::Bool(false) => "false".to_string(),
        Value::List(items) => {
            let mut words = String::new();
            for item in items {
                if !words.is_empty() {
                    words.push_str(", ");
                }
                words.push_str(&shown(item));
            }
            words
        }
        Value::Map(_) => "an object".to_string(),
    }
}
