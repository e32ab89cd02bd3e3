//! What a test compares a fact with, for those who reason about whole conditions.

use super::Test;
use super::operator::{Op, Takes};
use crate::value::Value;

impl Test {
    /// The values a fact is compared with, if nothing counts but whether it is one of them and between which of them
    /// it lies; `None` if more counts, as for a regular expression.
    pub fn constants(&self) -> Option<&[Value]> {
        let values = match (self.operator.op, &self.value) {
            (Op::Exists | Op::Type, _) => return Some(&[]),
            _ if self.operator.folds || self.operator.takes == Takes::Version => return None,
            (Op::In | Op::Nin, Value::List(values)) => values.as_slice(),
            (Op::Is | Op::Eq | Op::Ne | Op::Lt | Op::Lte | Op::Gt | Op::Gte, value) => {
                std::slice::from_ref(value)
            }
            _ => return None,
        };
        let nested = values.iter().any(|value| matches!(value, Value::List(_) | Value::Map(_)));
        (!nested).then_some(values)
    }

    /// The same values, if the fact must be one of them, or not known, for the test to hold.
    pub fn choices(&self) -> Option<&[Value]> {
        self.constants().filter(|_| matches!(self.operator.op, Op::Is | Op::Eq | Op::In))
    }
}
