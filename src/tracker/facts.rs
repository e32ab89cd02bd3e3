//! How what happens becomes facts in the engine's slots.

use super::{Clock, Tracker};
use crate::event::Event;
use crate::fact::{Fact, FactName, FactType, Update};
use crate::rules::Open;
use crate::value::{Value, one};

/// What may be left open about a fact: see [`Open`].
pub fn open(name: &FactName, clock: bool) -> Open {
    match name.fact {
        Fact::Experiment => Open::Variants,
        _ if clock => Open::Clocks,
        _ => Open::Nothing,
    }
}

/// Properties and lists that the page tells are kept as they are, within reason.
const LONG: usize = 2000;

impl Tracker {
    /// What the page's visitor does, as far as it only changes facts.
    pub(super) fn noticed(&mut self, event: Event) {
        match event {
            Event::Scroll(percent) => {
                self.journey.active();
                self.journey.scrolled(percent);
                self.refresh(Update::Event);
            }
            Event::Section { id, seen } => {
                self.journey.section(&id, seen);
                if seen {
                    self.happened("section", &one("id", &id));
                }
            }
            Event::Form { id, step } => {
                self.journey.active();
                match self.journey.forms.step(&id, step) {
                    Some(name) => self.happened(name, &one("form", &id)),
                    None => self.refresh(Update::Event),
                }
            }
            Event::Rage => {
                self.journey.raged();
                self.happened("rage_click", &Value::Null);
            }
            Event::Exit => {
                self.journey.leaving();
                self.happened("exit_intent", &Value::Null);
            }
            Event::Track { name, detail } => self.happened(&name, &detail),
            Event::Set(told) => {
                for (name, value) in told.entries() {
                    self.set(name, value);
                }
                self.refresh(Update::Pushed);
            }
            Event::Queue(said) => {
                self.journey.queue(said);
                self.refresh(Update::Pushed);
            }
            _ => {}
        }
    }

    /// An attribute that the config declares is now `value`, if that is of its type; null takes it back.
    pub(super) fn set(&mut self, name: &str, value: &Value) {
        let declared = self.attributes.iter().find(|(known, _)| known == name);
        let fits = match (declared.map(|(_, kind)| kind), value) {
            (Some(_), Value::Null) => true,
            (Some(FactType::Text), Value::Text(text)) => text.len() <= LONG,
            (Some(FactType::List), Value::List(items)) => items.len() <= LONG,
            (Some(FactType::Number), Value::Number(_)) | (Some(FactType::Bool), Value::Bool(_)) => true,
            _ => false,
        };
        if fits {
            let attributes = &mut self.journey.attributes;
            match attributes.iter_mut().find(|(known, _)| known == name) {
                Some((_, place)) => *place = value.clone(),
                None => attributes.push((name.into(), value.clone())),
            }
        }
    }

    /// Forms that were begun on the page the visitor leaves are abandoned.
    pub(super) fn leave_forms(&mut self) {
        while let Some(id) = self.journey.forms.leave() {
            self.happened("form_abandoned", &one("form", &id));
        }
    }

    /// Something happened that signals may count.
    pub(super) fn happened(&mut self, name: &str, detail: &Value) {
        self.journey.happened(name, detail);
        self.refresh(Update::Event);
    }

    /// Reads every fact of one kind anew. Only tests whose fact is another than before are evaluated.
    pub(super) fn refresh(&mut self, update: Update) {
        for slot in 0..self.facts.len() {
            let name = &self.facts[slot];
            if name.fact.about().update == update && !self.rules.engine.is_clock(slot) {
                self.rules.engine.set(slot, self.journey.read(name));
            }
        }
    }

    /// Brings the facts that change with time up to the moment.
    pub(super) fn catch_up(&mut self) {
        if self.journey.changed() {
            self.journey.hours.update(self.journey.now.wall);
            for update in [Update::Event, Update::Pushed, Update::Minute] {
                self.refresh(update);
            }
        }
        for index in 0..self.clocks.len() {
            let Clock { slot, place, .. } = self.clocks[index];
            match self.journey.pace(&self.facts[slot], place) {
                Some(pace) => self.rules.engine.tick(slot, pace.millis as i64),
                None => self.rules.engine.set(slot, Value::Null),
            }
        }
    }

    /// Every fact that some rule asks about, as it is now.
    pub fn facts(&self) -> Vec<(String, Value)> {
        let mut facts = Vec::with_capacity(self.facts.len());
        for name in &self.facts {
            facts.push((name.written(), self.journey.read(name)));
        }
        facts
    }

    /// For each rule, in the order they are tried, whether its condition holds: as remembered, and worked out anew
    /// from the facts. The two are always the same.
    pub fn holding(&mut self) -> Vec<(bool, bool)> {
        self.rules.settle();
        let scratch = self.rules.engine.from_scratch(&|slot| self.journey.read(&self.facts[slot]));
        let mut both = Vec::with_capacity(scratch.len());
        for (rule, anew) in scratch.into_iter().enumerate() {
            both.push((self.rules.engine.holds(rule), anew));
        }
        both
    }
}
