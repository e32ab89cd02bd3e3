//! Plain JSON-like data, the one form in which config, frames and stored state enter and leave the core.
//!
//! The tracker carries no serde: decoding this by hand costs about 20 KB less over the wire (brotli) and lets
//! every error name its path.

use crate::text::Piece;

/// A JSON value. Maps keep their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    Text(Piece),
    List(Vec<Value>),
    Map(Vec<(Piece, Value)>),
}

/// Levels of nesting accepted from outside; deeper values are refused, never walked.
pub const MAX_DEPTH: usize = 32;

impl Value {
    /// The member `key` of a map; `None` for anything else.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Takes the member `key` out of a map and leaves null in its place; null if there is none.
    pub fn take(&mut self, key: &str) -> Value {
        if let Value::Map(entries) = self {
            for (name, value) in entries {
                if name == key {
                    return std::mem::take(value);
                }
            }
        }
        Value::Null
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A whole number that is not negative and exact in an `f64`.
    pub fn whole(&self) -> Option<u64> {
        self.number()
            .filter(|n| *n >= 0.0 && *n <= 9_007_199_254_740_991.0 && n.fract() == 0.0)
            .map(|n| n as u64)
    }

    pub fn bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    pub fn list(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    pub fn entries(&self) -> &[(Piece, Value)] {
        match self {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// What it is, as an error message names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "an object",
        }
    }

    /// Shorthands for members, for stored state and frames that are simply skipped when they do not fit.
    pub fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::text)
    }

    pub fn list_at(&self, key: &str) -> &[Value] {
        self.get(key).map_or(&[], Value::list)
    }

    pub fn whole_at(&self, key: &str) -> Option<u64> {
        self.get(key).and_then(Value::whole)
    }

    pub fn bool_at(&self, key: &str) -> Option<bool> {
        self.get(key).and_then(Value::bool)
    }
}

/// A map from pairs; members whose value is [`Value::Null`] are left out.
pub fn map<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    // The work is done once for all lengths: every length of its own would be code of its own.
    collect(Vec::from(pairs))
}

fn collect(pairs: Vec<(&str, Value)>) -> Value {
    let present = pairs.into_iter().filter(|(_, value)| !matches!(value, Value::Null));
    Value::Map(present.map(|(key, value)| (key.into(), value)).collect())
}

/// Builds a map member by member. Where many maps are made of few kinds of members, each costs fewer bytes than in
/// [`map`], which builds all values first.
#[derive(Debug, Default)]
pub struct Members(Vec<(Piece, Value)>);

impl Members {
    #[inline(never)]
    pub fn text(&mut self, key: &str, text: &str) -> &mut Members {
        self.put(key, Value::Text(text.into()))
    }

    #[inline(never)]
    pub fn whole(&mut self, key: &str, number: u64) -> &mut Members {
        self.put(key, Value::Number(number as f64))
    }

    #[inline(never)]
    pub fn flag(&mut self, key: &str, flag: bool) -> &mut Members {
        self.put(key, Value::Bool(flag))
    }

    /// Left out when it is [`Value::Null`].
    #[inline(never)]
    pub fn put(&mut self, key: &str, value: Value) -> &mut Members {
        if !matches!(value, Value::Null) {
            self.0.push((key.into(), value));
        }
        self
    }

    /// The map of all that was put in.
    #[inline(never)]
    pub fn map(&mut self) -> Value {
        Value::Map(std::mem::take(&mut self.0))
    }
}

/// A map of one text.
#[inline(never)]
pub fn one(key: &str, text: &str) -> Value {
    Members::default().text(key, text).map()
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Value::Number(number as f64)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}
