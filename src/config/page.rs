//! Pages by name, recognised by path patterns.

use super::texts::Texts;
use crate::text::{after, cut};
use crate::value::Value;

/// A named page of the bank's site.
#[derive(Debug)]
pub struct Page {
    pub id: String,
    pub patterns: Vec<Pattern>,
    pub name: Texts,
}

impl Page {
    /// From the short form, one pattern, or the long form `{match, name}`.
    pub fn decode(id: &str, value: &Value) -> Page {
        let mut patterns = Vec::new();
        let matches = value.get("match").unwrap_or(value);
        let list = if matches.text().is_some() { std::slice::from_ref(matches) } else { matches.list() };
        for pattern in list {
            patterns.push(Pattern::new(pattern.text().unwrap_or_default()));
        }
        Page { id: id.to_string(), patterns, name: Texts::decode(value.get("name")) }
    }
}

/// A path pattern in which `*` stands for any run of characters, `/` included.
#[derive(Debug, PartialEq, Eq)]
pub struct Pattern(Vec<String>);

impl Pattern {
    pub fn new(pattern: &str) -> Pattern {
        let mut rest = trim(pattern);
        let mut parts = Vec::new();
        while let Some((part, tail)) = cut(rest, b'*') {
            parts.push(part.to_string());
            rest = tail;
        }
        parts.push(rest.to_string());
        Pattern(parts)
    }

    /// Whether `path` fits. A slash at the end of either does not matter. Linear in the path's length.
    pub fn matches(&self, path: &str) -> bool {
        let path = trim(path);
        let [first, middle @ .., last] = self.0.as_slice() else {
            return self.0.first().is_some_and(|only| only == path);
        };
        let Some(mut rest) = path.strip_prefix(first.as_str()) else {
            return false;
        };
        for part in middle {
            match after(rest, part) {
                Some(tail) => rest = tail,
                None => return false,
            }
        }
        rest.ends_with(last.as_str())
    }
}

fn trim(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some(shorter) if !shorter.is_empty() => shorter,
        _ => path,
    }
}
