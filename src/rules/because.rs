//! Why a rule fired, as facts that read as sentences in the visitor's language.

use super::Rules;
use crate::fact::{Fact, FactName};
use crate::journey::Journey;
use crate::text::{digits, glue};
use crate::value::{Value, map};

/// One fact that made a rule fire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The fact's name without the part that is the bank's own: `page.dwell_s`, `section.visible_s`.
    pub key: String,
    /// What it was, as people write it.
    pub value: String,
    /// What the fact is about, in the visitor's language: the page, the section, the form.
    pub name: String,
}

impl Because {
    pub fn to_value(&self) -> Value {
        map([
            ("key", self.key.as_str().into()),
            ("value", self.value.as_str().into()),
            ("name", self.name.as_str().into()),
        ])
    }
}

impl Rules {
    /// The facts that make `rule` hold, each once, in the order of its condition.
    pub fn because(
        &self,
        rule: usize,
        facts: &[FactName],
        journey: &Journey,
        language: &str,
    ) -> Vec<Because> {
        let mut reasons: Vec<Because> = Vec::new();
        self.engine.reasons(rule, true, &mut |slot, _, _| {
            let Some(name) = facts.get(slot) else { return };
            let because = Because {
                key: key(name),
                value: readable(self.engine.value(slot)),
                name: about(name, journey, language),
            };
            if !reasons.contains(&because) {
                reasons.push(because);
            }
        });
        reasons
    }
}

fn key(name: &FactName) -> String {
    let whole = name.fact.about().name;
    match crate::text::cut(whole, b'*') {
        Some((before, "")) => before.trim_end_matches('.').to_string(),
        Some((before, after)) => glue(&[before.trim_end_matches('.'), after]),
        None => whole.to_string(),
    }
}

fn about(name: &FactName, journey: &Journey, language: &str) -> String {
    match name.fact {
        Fact::SectionVisible | Fact::SectionContinuous => {
            journey.section_name(&name.id, language).to_string()
        }
        _ if !name.id.is_empty() => name.id.clone(),
        _ => match journey.page_name(language) {
            "" => journey.path().to_string(),
            page => page.to_string(),
        },
    }
}

/// Whole numbers without decimals: nobody reads a tenth of a second.
fn readable(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => digits(*number as u64),
        _ => String::new(),
    }
}
