//! Text for visitors, in the languages the bank wrote it in.

use crate::text::cut;
use crate::value::Value;

/// One text per language; a single text without a language serves all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(Vec<(String, String)>);

impl Texts {
    /// From a plain text or an object of texts by language; anything else is empty.
    pub fn decode(value: Option<&Value>) -> Texts {
        match value {
            Some(Value::Text(text)) => Texts(vec![(String::new(), text.clone())]),
            Some(Value::Map(languages)) => {
                let mut texts = Vec::new();
                for (language, text) in languages {
                    texts.push((language.clone(), text.text().unwrap_or_default().to_string()));
                }
                Texts(texts)
            }
            _ => Texts::default(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text in `language`, else in the first language there is, else empty.
    pub fn pick(&self, language: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == language)
            .or(self.0.first())
            .map_or("", |(_, text)| text.as_str())
    }
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
