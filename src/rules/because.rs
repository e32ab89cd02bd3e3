//! Why a rule fired, as facts that read as sentences in the visitor's language.

use super::Rules;
use crate::fact::{Fact, FactName};
use crate::journey::Journey;
use crate::text::{digits, glue};
use crate::value::{Members, Value};

impl Rules {
    /// The facts that make `rule` hold, each once, in the order of its condition: `{key, value, name}`, with the
    /// fact's name without the part that is the bank's own (`page.dwell_s`, `section.visible_s`), what it was as
    /// people write it, and what it is about in the visitor's language (the page, the section, the form).
    pub fn because(&self, rule: usize, facts: &[FactName], journey: &Journey, language: &str) -> Value {
        let mut reasons = Vec::new();
        self.engine.reasons(rule, true, &mut |slot, _, _| {
            let Some(name) = facts.get(slot) else { return };
            let reason = Members::default()
                .text("key", &key(name))
                .text("value", &readable(self.engine.value(slot)))
                .text("name", about(name, journey, language))
                .map();
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        });
        Value::List(reasons)
    }
}

fn key(name: &FactName) -> String {
    let whole = name.fact.about().name;
    let (before, after) = crate::text::cut(whole, b'*').unwrap_or((whole, ""));
    glue(&[before.strip_suffix('.').unwrap_or(before), after])
}

fn about<'a>(name: &'a FactName, journey: &'a Journey, language: &str) -> &'a str {
    match name.fact {
        Fact::SectionVisible | Fact::SectionContinuous => journey.section_name(&name.id, language),
        _ if !name.id.is_empty() => &name.id,
        _ => journey.page_title(language),
    }
}

/// Whole numbers without decimals: nobody reads a tenth of a second.
fn readable(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => digits(*number as u64),
        Value::Bool(value) => (if *value { "true" } else { "false" }).to_string(),
        _ => String::new(),
    }
}
