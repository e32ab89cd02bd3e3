//! Reads frames from strangers: checks size and depth before parsing, and says of every mistake
//! where it is, what was expected and what was found, without repeating what the visitor wrote.

use serde_json::{Map, Value};

use crate::limits::{CID_CHARS, FRAME_BYTES, FRAME_DEPTH};
use crate::refusal::{Code, Refusal};

/// Parses one frame into its fields.
pub fn parse(text: &str) -> Result<Map<String, Value>, Refusal> {
    if text.len() > FRAME_BYTES {
        let found = text.len();
        return Err(Refusal::new(
            Code::TooLarge,
            format!("frame: at most {FRAME_BYTES} bytes, found {found}"),
        ));
    }
    if depth(text) > FRAME_DEPTH {
        return Err(Refusal::new(Code::TooDeep, format!("frame: more than {FRAME_DEPTH} levels deep")));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(other) => Err(Refusal::bad_frame(format!("frame: expected an object, found {}", kind(&other)))),
        Err(error) => Err(Refusal::bad_frame(format!("frame: not JSON: {error}"))),
    }
}

/// The frame's own id, when it has a usable one, so that even a wrong frame can be answered by it.
pub fn cid_of(fields: &Map<String, Value>) -> Option<String> {
    let cid = fields.get("cid")?.as_str()?;
    (1..=CID_CHARS).contains(&cid.chars().count()).then(|| cid.to_owned())
}

/// An object together with the path that leads to it.
pub struct Fields<'a> {
    path: String,
    map: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    pub fn new(path: &str, map: &'a Map<String, Value>) -> Self {
        Self { path: path.to_owned(), map }
    }

    /// A text of at most `max` characters; it may be empty.
    pub fn text(&self, key: &str, max: usize) -> Result<String, Refusal> {
        self.maybe_text(key, max)?.ok_or_else(|| self.missing(key, "a string"))
    }

    pub fn maybe_text(&self, key: &str, max: usize) -> Result<Option<String>, Refusal> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let text = value.as_str().ok_or_else(|| self.wrong(key, "a string", value))?;
        if text.chars().count() > max {
            let message = format!("{}.{key}: at most {max} characters", self.path);
            return Err(Refusal::new(Code::TooLarge, message));
        }
        Ok(Some(text.to_owned()))
    }

    /// A text that says something: an id, a name, a message.
    pub fn words(&self, key: &str, max: usize) -> Result<String, Refusal> {
        let text = self.text(key, max)?;
        if text.trim().is_empty() {
            return Err(Refusal::bad_frame(format!("{}.{key}: must not be empty", self.path)));
        }
        Ok(text)
    }

    pub fn cid(&self) -> Result<String, Refusal> {
        self.text("cid", CID_CHARS).and_then(|cid| match cid.is_empty() {
            true => Err(Refusal::bad_frame(format!("{}.cid: must not be empty", self.path))),
            false => Ok(cid),
        })
    }

    pub fn count(&self, key: &str) -> Result<u64, Refusal> {
        let expected = "a whole number of 0 or more";
        let value = self.get(key).ok_or_else(|| self.missing(key, expected))?;
        value.as_u64().ok_or_else(|| self.wrong(key, expected, value))
    }

    pub fn maybe_whole(&self, key: &str) -> Result<Option<i64>, Refusal> {
        let Some(value) = self.get(key) else { return Ok(None) };
        value.as_i64().map(Some).ok_or_else(|| self.wrong(key, "a whole number", value))
    }

    pub fn flag(&self, key: &str) -> Result<bool, Refusal> {
        let value = self.get(key).ok_or_else(|| self.missing(key, "true or false"))?;
        value.as_bool().ok_or_else(|| self.wrong(key, "true or false", value))
    }

    pub fn object(&self, key: &str) -> Result<Fields<'a>, Refusal> {
        self.maybe_object(key)?.ok_or_else(|| self.missing(key, "an object"))
    }

    pub fn maybe_object(&self, key: &str) -> Result<Option<Fields<'a>>, Refusal> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let map = value.as_object().ok_or_else(|| self.wrong(key, "an object", value))?;
        Ok(Some(Fields { path: format!("{}.{key}", self.path), map }))
    }

    /// The objects of a list; a list that is left out is an empty one.
    pub fn objects(&self, key: &str, max: usize) -> Result<Vec<Fields<'a>>, Refusal> {
        let items = self.items(key, max)?;
        let object = |(index, value): (usize, &'a Value)| match value.as_object() {
            Some(map) => Ok(Fields { path: format!("{}.{key}[{index}]", self.path), map }),
            None => Err(self.wrong(&format!("{key}[{index}]"), "an object", value)),
        };
        items.iter().enumerate().map(object).collect()
    }

    /// The texts of a list; a list that is left out is an empty one.
    pub fn texts(&self, key: &str, max: usize) -> Result<Vec<String>, Refusal> {
        let items = self.items(key, max)?;
        let text = |(index, value): (usize, &Value)| match value.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.wrong(&format!("{key}[{index}]"), "a string", value)),
        };
        items.iter().enumerate().map(text).collect()
    }

    /// Where a field stands, for a caller's own complaint about it.
    pub fn refuse(&self, key: &str, what: &str) -> Refusal {
        Refusal::bad_frame(format!("{}.{key}: {what}", self.path))
    }

    fn items(&self, key: &str, max: usize) -> Result<&'a [Value], Refusal> {
        let Some(value) = self.get(key) else { return Ok(&[]) };
        let items = value.as_array().ok_or_else(|| self.wrong(key, "a list", value))?;
        if items.len() > max {
            return Err(self.refuse(key, &format!("at most {max} items, found {}", items.len())));
        }
        Ok(items)
    }

    /// `null` counts as left out: some clients cannot leave a field out.
    fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    fn missing(&self, key: &str, expected: &str) -> Refusal {
        self.refuse(key, &format!("missing, expected {expected}"))
    }

    fn wrong(&self, key: &str, expected: &str, found: &Value) -> Refusal {
        self.refuse(key, &format!("expected {expected}, found {}", kind(found)))
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The deepest nesting in the text. Counting brackets outside strings costs no stack, however deep
/// the text pretends to go; on text that is not JSON the answer does not matter.
fn depth(text: &str) -> usize {
    let (mut now, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' if !in_string => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_brackets_outside_strings() {
        assert_eq!(depth("1"), 0);
        assert_eq!(depth("{}"), 1);
        assert_eq!(depth(r#"{"a":[[{}]],"b":{}}"#), 4);
        assert_eq!(depth(r#"{"a":"[[[[{{{","b":"\"[[["}"#), 1);
        assert_eq!(depth(&"[".repeat(100_000)), 100_000);
    }

    #[test]
    fn what_cannot_be_a_frame_is_named() {
        let message = |text: &str| parse(text).map_err(|refusal| refusal.message);
        assert_eq!(message("[]"), Err("frame: expected an object, found a list".to_owned()));
        assert!(message("{").is_err_and(|said| said.starts_with("frame: not JSON: ")));
        assert!(message(r#"{"a":1e400}"#).is_err_and(|said| said.contains("number out of range")));
        assert!(message(r#"{"a":"\ud800"}"#).is_err());
        assert!(message(r#"{"a":"b"}"#).is_ok());
    }

    #[test]
    fn the_last_allowed_size_and_depth_pass_and_the_next_do_not() {
        let sized = |bytes: usize| format!(r#"{{"a":"{}"}}"#, "x".repeat(bytes - 8));
        let nested =
            |levels: usize| format!(r#"{{"a":{}1{}}}"#, "[".repeat(levels - 1), "]".repeat(levels - 1));
        let code = |text: String| parse(&text).map(|_| ()).map_err(|refusal| refusal.code);
        assert_eq!(code(sized(65_536)), Ok(()));
        assert_eq!(code(sized(65_537)), Err(Code::TooLarge));
        assert_eq!(code(nested(32)), Ok(()));
        assert_eq!(code(nested(33)), Err(Code::TooDeep));
    }
}
