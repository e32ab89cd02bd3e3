//! Sections whose items are decoded one by one, so that a mistake costs only the item it is in.

use super::check::check;
use super::describe::{Key, Kind};
use super::file::{ATTRIBUTE, CALENDAR, EXPERIMENT, GROUP, MAX_RULES, PAGE, RULE, SECTION, SIGNAL};
use super::form;
use super::names::Book;
use super::{Config, Page, Rule, Texts, meaning};
use crate::calendar::Calendar;
use crate::experiment::Experiment;
use crate::fact::FactType;
use crate::report::Report;
use crate::signal::Signal;
use crate::text::mark;
use crate::value::Value;

/// The sections in the order in which they are decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Pages,
    Sections,
    Attributes,
    Groups,
    Signals,
    Calendars,
    Experiments,
    Rules,
}

impl Section {
    pub const ALL: [Section; 8] = [
        Section::Pages,
        Section::Sections,
        Section::Attributes,
        Section::Groups,
        Section::Signals,
        Section::Calendars,
        Section::Experiments,
        Section::Rules,
    ];

    /// Its name in the file, what its keys may be, and what an item of it is.
    fn about(self) -> (&'static str, Key, &'static Kind) {
        match self {
            Section::Pages => ("pages", Key::Any, &PAGE),
            Section::Sections => ("sections", Key::Name, &SECTION),
            Section::Attributes => ("attributes", Key::Word, &ATTRIBUTE),
            Section::Groups => ("groups", Key::Name, &GROUP),
            Section::Signals => ("signals", Key::Name, &SIGNAL),
            Section::Calendars => ("calendars", Key::Name, &CALENDAR),
            Section::Experiments => ("experiments", Key::Name, &EXPERIMENT),
            Section::Rules => ("rules", Key::Any, &RULE),
        }
    }
}

/// What has been read so far, and what is wrong with it.
#[derive(Debug)]
pub struct Items {
    pub book: Book,
    pub report: Report,
}

impl Items {
    /// Decodes one section of the file into `config`.
    pub fn decode(&mut self, section: Section, file: &mut Value, config: &mut Config) {
        let (name, key, _) = section.about();
        let outer = self.report.enter(name);
        match file.take(name) {
            // What is left of each is given back while it is at hand still.
            Value::List(rules) if section == Section::Rules => {
                for (index, item) in rules.into_iter().take(MAX_RULES).enumerate() {
                    let mark = self.report.enter_nth(index);
                    self.rule(item, config);
                    self.report.leave(mark);
                }
            }
            value => {
                for (id, item) in value.entries() {
                    let mark = self.report.enter(id);
                    self.item(section, form::fits(key, id), id, item, config);
                    self.report.leave(mark);
                }
            }
        }
        self.report.leave(outer);
    }

    /// Decodes one rule, and keeps it if there is nothing wrong with it. It is looked at to the end whatever its
    /// shape, so that all its mistakes are told at once.
    fn rule(&mut self, mut value: Value, config: &mut Config) {
        let report = &mut self.report;
        let before = report.len();
        check(&value, &RULE, report);
        let rule = Rule::decode(&mut value, &mut self.book, report);
        meaning::rule(&rule, &config.rules, &self.book.rules, report);
        if report.len() == before {
            self.book.rules.add(mark(0, &rule.id));
            config.rules.push(rule);
        }
    }

    /// The same for an item of another section; one that is not `named` as it must be is not kept either.
    fn item(&mut self, section: Section, named: bool, id: &str, value: &Value, config: &mut Config) {
        let report = &mut self.report;
        let before = report.len();
        check(value, section.about().2, report);
        if report.len() != before || !named {
            return;
        }
        match section {
            Section::Signals => meaning::signal(value, &config.pages, report),
            Section::Experiments => meaning::experiment(value, report),
            _ => {}
        }
        if report.len() == before {
            keep(section, id, value, &mut self.book, config);
        }
    }
}

/// Decodes what has no mistakes.
fn keep(section: Section, id: &str, value: &Value, book: &mut Book, config: &mut Config) -> Option<()> {
    let name = id.to_string();
    let mut kind = FactType::Any;
    match section {
        Section::Pages => config.pages.push(Page::decode(id, value)),
        Section::Sections => config.sections.push((name, Texts::decode(value.get("name")))),
        Section::Attributes => {
            kind = match value.text()? {
                "text" => FactType::Text,
                "number" => FactType::Number,
                "boolean" => FactType::Bool,
                _ => FactType::List,
            };
            config.attributes.push((name, kind));
        }
        Section::Groups => book.groups.push((name, value.list().to_vec())),
        Section::Signals => {
            kind = if value.get("sequence").is_some() { FactType::Bool } else { FactType::Number };
            config.signals.push((name, Signal::decode(value)?));
        }
        Section::Calendars => config.calendars.push((name, Calendar::decode(value)?)),
        Section::Experiments => config.experiments.push(Experiment::decode(id, value)?),
        Section::Rules => {}
    }
    book.add(section.about().0, id, kind);
    Some(())
}
