//! What a test wants, in words.

use super::operator::{OPERATORS, Op};
use super::test::{Test, With};
use crate::text::{glue, list, plain};
use crate::value::Value;

impl Test {
    /// The end of a sentence: `at least 40`, `one of "rates", "cards"`.
    pub fn wanted(&self) -> String {
        let (With::Value(value) | With::Version(value)) = &self.with else {
            return self.operator().to_string();
        };
        let how = match self.op {
            Op::Is | Op::Eq => "",
            Op::Ne => "anything but ",
            Op::Lt => "less than ",
            Op::Lte => "at most ",
            Op::Gt => "more than ",
            Op::Gte => "at least ",
            Op::In | Op::Ini => "one of ",
            Op::Nin | Op::Nini => "none of ",
            _ => return glue(&[self.operator(), " ", &shown(value)]),
        };
        glue(&[how, &shown(value)])
    }

    fn operator(&self) -> &'static str {
        OPERATORS.iter().find(|operator| operator.op == self.op).map_or("", |operator| operator.name)
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
            let mut words = Vec::new();
            for item in items {
                words.push(shown(item));
            }
            list(&words, ", ")
        }
        Value::Map(_) => value.kind().to_string(),
    }
}
