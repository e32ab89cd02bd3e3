//! Words that are missing or meant otherwise: translations, names of pages and queues, actions nobody sees yet.

use super::texts::{self, Place};
use super::{World, domain};
use crate::config::Report;
use crate::config::describe::{Field, Kind};
use crate::config::file::CONFIG;
use crate::fact::Fact;
use crate::text::Piece;
use crate::value::Value;
use std::cell::RefCell;

/// Walks through the config beside its description.
pub fn check(world: &World, report: &mut Report) {
    let list = world.value.get("languages").map_or(&[][..], Value::list);
    let mut walk = Walk {
        world,
        languages: list.iter().filter_map(Value::text).map(str::to_string).collect(),
        spoken: RefCell::default(),
        queues: world
            .value
            .get("queues")
            .map_or(&[][..], Value::entries)
            .iter()
            .map(|(id, _)| id.to_string())
            .collect(),
    };
    if walk.languages.is_empty() {
        // What is not listed is what the texts are written in.
        walk.kind(world.value, &CONFIG, &mut Report::default());
        walk.languages = walk.spoken.take();
    }
    walk.kind(world.value, &CONFIG, report);
}

struct Walk<'c> {
    world: &'c World<'c>,
    languages: Vec<String>,
    /// Languages that have come up in texts.
    spoken: RefCell<Vec<String>>,
    queues: Vec<String>,
}

impl Walk<'_> {
    fn kind(&self, value: &Value, kind: &Kind, report: &mut Report) {
        match (kind, value) {
            (Kind::Item(kind) | Kind::Short(kind), value) => self.kind(value, kind, report),
            (Kind::Texts, Value::Map(texts)) => self.texts(texts, report),
            (Kind::Condition, value) => self.condition(value, report),
            (Kind::List { of, .. }, Value::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let mark = report.enter_nth(index);
                    self.kind(item, of, report);
                    report.leave(mark);
                }
            }
            (Kind::Map(_, of), Value::Map(entries)) => {
                for (key, value) in entries {
                    let mark = report.enter(key);
                    self.kind(value, of, report);
                    report.leave(mark);
                }
            }
            (Kind::Object(fields), value) => self.object(value, fields, report),
            (Kind::Choice(forms), Value::Map(entries)) => {
                let there = |name: &str| entries.iter().any(|(key, _)| key == name);
                for form in *forms {
                    if form.first().is_some_and(|first| there(first.name)) {
                        self.object(value, form, report);
                    }
                }
            }
            _ => {}
        }
    }

    fn object(&self, value: &Value, fields: &[Field], report: &mut Report) {
        for field in fields {
            let Some(value) = value.get(field.name) else { continue };
            let mark = report.enter(field.name);
            if matches!(field.kind, Kind::Texts) {
                let place =
                    Place { filled: matches!(field.name, "text" | "reason"), required: field.required };
                texts::check(value, place, report);
            }
            match (field.name, value) {
                ("fees" | "ask", _) => report.meaning(&[
                    "the panel of this version shows nothing for this yet; the bank's page gets an event",
                ]),
                ("queue", Value::Text(id)) if !self.queues.is_empty() => {
                    known(id, "queues", &self.queues, report);
                }
                ("quiet_pages", pages) => self.quiet(pages.list(), report),
                _ => self.kind(value, &field.kind, report),
            }
            report.leave(mark);
        }
    }

    /// Texts in several languages have all of the config's, and no other.
    fn texts(&self, texts: &[(Piece, Value)], report: &mut Report) {
        for (language, _) in texts {
            let mut spoken = self.spoken.borrow_mut();
            if !spoken.iter().any(|known| *known == language.as_str()) {
                spoken.push(language.to_string());
            }
        }
        if texts.is_empty() {
            return;
        }
        for language in &self.languages {
            if !texts.iter().any(|(known, _)| known == language) {
                report.meaning(&["has no text in the language \"", language, "\""]);
            }
        }
        for (language, _) in texts {
            let mark = report.enter(language);
            known(language, "languages", &self.languages, report);
            report.leave(mark);
        }
    }

    fn quiet(&self, pages: &[Value], report: &mut Report) {
        for (index, page) in pages.iter().enumerate() {
            let mark = report.enter_nth(index);
            known(page.text().unwrap_or_default(), "pages", &self.world.pages, report);
            report.leave(mark);
        }
    }

    /// Names what a fact with only a few words is compared with and never is.
    fn condition(&self, value: &Value, report: &mut Report) {
        for (key, operand) in value.entries() {
            let mark = report.enter(key);
            match (Fact::named(key), operand) {
                (Some(name), operand) => {
                    if let Some(words) = domain::words(&name, self.world, true) {
                        self.word(operand, name.fact, &words, report);
                    }
                }
                (None, Value::List(parts)) => {
                    for (index, part) in parts.iter().enumerate() {
                        let mark = report.enter_nth(index);
                        self.condition(part, report);
                        report.leave(mark);
                    }
                }
                (None, part) => self.condition(part, report),
            }
            report.leave(mark);
        }
    }

    fn word(&self, operand: &Value, fact: Fact, words: &[String], report: &mut Report) {
        match operand {
            Value::Text(word) if fact == Fact::PageId && !word.is_empty() => {
                known(word, "pages", &self.world.pages, report)
            }
            Value::Text(word) if !words.iter().any(|known| word == known) => {
                report.near_meaning(&["this is never \"", word, "\""], word, words);
            }
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    let mark = report.enter_nth(index);
                    self.word(item, fact, words, report);
                    report.leave(mark);
                }
            }
            Value::Map(tests) => {
                for (operator, operand) in tests {
                    let mark = report.enter(operator);
                    if matches!(operator.as_str(), "$eq" | "$ne" | "$in" | "$nin" | "$not") {
                        self.word(operand, fact, words, report);
                    }
                    report.leave(mark);
                }
            }
            _ => {}
        }
    }
}

/// Warns of a word that is not at the place in the config where it should be.
fn known(word: &str, place: &str, words: &[String], report: &mut Report) {
    if !words.iter().any(|known| known == word) {
        report.absent(word, place, || words.to_vec());
    }
}
