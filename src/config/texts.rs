//! Text for visitors, in the languages the bank wrote it in.

use crate::text::cut;
use crate::value::Value;

/// One text per language, as the config has them; a single text without a language serves all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Texts(pub(super) Value);

impl Texts {
    /// From a plain text or an object of texts by language; anything else is empty.
    pub fn decode(value: Option<&Value>) -> Texts {
        Texts(value.cloned().unwrap_or_default())
    }

    pub fn is_empty(&self) -> bool {
        self.0.text().is_none() && self.0.entries().is_empty()
    }

    /// The text in `language`, else in the first language there is, else empty.
    pub fn pick(&self, language: &str) -> &str {
        pick(&self.0, language)
    }
}

/// The same of a text that is still as the config has it.
pub fn pick<'v>(texts: &'v Value, language: &str) -> &'v str {
    let first = texts.entries().first().map(|(_, text)| text);
    texts.get(language).or(first).unwrap_or(texts).text().unwrap_or_default()
}

/// Puts values into `{name}` slots. Unknown slots stay as they are, so that a slip is seen.
pub fn fill(text: &str, slots: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = cut(rest, b'{') {
        filled.push_str(before);
        let slot = cut(after, b'}').and_then(|(name, tail)| {
            slots.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, tail))
        });
        match slot {
            Some((value, tail)) => {
                filled.push_str(value);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}
