//! Members that must be there, of the type they must have; the error says which and what was found.

use crate::text::glue;
use crate::value::Value;

pub fn member<'v>(value: &'v Value, key: &str) -> Result<&'v Value, String> {
    value.get(key).ok_or_else(|| glue(&[key, ": is missing"]))
}

pub fn text<'v>(value: &'v Value, key: &str) -> Result<&'v str, String> {
    let found = member(value, key)?;
    found.text().ok_or_else(|| wrong(key, "a text", found))
}

pub fn whole(value: &Value, key: &str) -> Result<u64, String> {
    let found = member(value, key)?;
    found.whole().ok_or_else(|| wrong(key, "a whole number", found))
}

pub fn bool(value: &Value, key: &str) -> Result<bool, String> {
    let found = member(value, key)?;
    found.bool().ok_or_else(|| wrong(key, "true or false", found))
}

fn wrong(key: &str, expected: &str, found: &Value) -> String {
    glue(&[key, ": expected ", expected, ", found ", found.kind()])
}
