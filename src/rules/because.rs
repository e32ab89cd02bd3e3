//! Why a rule fired, as facts that read as sentences in the visitor's language.

use super::Rules;
use crate::fact::{Fact, FactName};
use crate::journey::Journey;
use crate::text::{digits, glue};
use crate::value::{Members, Value};

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
        Members::default().text("key", &self.key).text("value", &self.value).text("name", &self.name).map()
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
    let (before, after) = crate::text::cut(whole, b'*').unwrap_or((whole, ""));
    glue(&[before.strip_suffix('.').unwrap_or(before), after])
}

fn about(name: &FactName, journey: &Journey, language: &str) -> String {
    let about = match name.fact {
        Fact::SectionVisible | Fact::SectionContinuous => journey.section_name(&name.id, language),
        _ if !name.id.is_empty() => &name.id,
        _ => journey.page_title(language),
    };
    about.to_string()
}

/// Whole numbers without decimals: nobody reads a tenth of a second.
fn readable(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => digits(*number as u64),
        Value::Bool(value) => (if *value { "true" } else { "false" }).to_string(),
        _ => String::new(),
    }
}
