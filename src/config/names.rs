//! What the names in conditions stand for in this config: facts become slots, and what is not there is reported.

use crate::condition::Names;
use crate::fact::{Fact, FactName, FactType, Ids};
use crate::report::{Report, Types};
use crate::text::{Marks, mark};
use crate::value::Value;

/// What of a config conditions may speak of. Filled before the first rule is decoded.
#[derive(Debug, Default)]
pub struct Book {
    /// Slot -> fact, in the order in which conditions name them.
    pub facts: Vec<FactName>,
    /// The same facts as they were written, with their types: most rules ask about the same few.
    written: Vec<(String, FactType)>,
    marks: Marks,
    /// The rules kept so far, by their ids.
    pub rules: Marks,
    /// What is defined: the section or list it is in, its name, and its type where it has one.
    known: Vec<(&'static str, String, FactType)>,
    pub groups: Vec<(String, Vec<Value>)>,
}

impl Book {
    pub fn add(&mut self, place: &'static str, id: &str, kind: FactType) {
        self.known.push((place, id.to_string(), kind));
    }

    /// The type of what is called `id` at `place`; `None` if nothing is.
    pub fn typed(&self, place: &str, id: &str) -> Option<FactType> {
        for (at, known, kind) in &self.known {
            if *at == place && known == id {
                return Some(*kind);
            }
        }
        None
    }

    /// The type of what `fact` says about `id`; `None` when the config has no such thing.
    fn kind(&self, fact: Fact, id: &str) -> Option<FactType> {
        let about = fact.about();
        let known = match about.ids {
            Ids::None | Ids::Free => about.kind,
            Ids::Listed(place) | Ids::Keys(place) => self.typed(place, id)?,
        };
        Some(if about.kind == FactType::Any { known } else { about.kind })
    }

    /// Every name at `place`. For suggestions.
    pub fn names(&self, place: &str) -> Vec<String> {
        let here = self.known.iter().filter(|(at, ..)| *at == place);
        here.map(|(_, id, _)| id.clone()).collect()
    }

    /// What may stand for `*` in the name of a fact.
    #[cfg(feature = "sentences")]
    pub fn ids(&self, ids: Ids) -> Vec<String> {
        match ids {
            Ids::None => Vec::new(),
            // A page may have other sections than the config names.
            Ids::Free => self.names("sections"),
            Ids::Listed(place) | Ids::Keys(place) => self.names(place),
        }
    }

    /// Reports a fact about something that the config does not have.
    #[cfg(feature = "sentences")]
    fn missing(&self, fact: &FactName, report: &mut Report) -> Option<(usize, FactType)> {
        let about = fact.fact.about();
        let place = match about.ids {
            Ids::Listed(place) => ["tracking.", place].concat(),
            Ids::Keys(place) => place.to_string(),
            Ids::None | Ids::Free => String::new(),
        };
        report.absent(&fact.id, &place, || self.ids(about.ids));
        report.types(if about.kind == FactType::Any { Types::Missing } else { Types::Fixed });
        // No slot, since the rule is lost; but the shape of what it says is still looked at. Anything but a list
        // of a missing type is not complained about.
        Some((usize::MAX, if about.kind == FactType::Any { FactType::List } else { about.kind }))
    }

    #[cfg(not(feature = "sentences"))]
    #[inline]
    fn missing(&self, _: &FactName, report: &mut Report) -> Option<(usize, FactType)> {
        report.add("");
        None
    }

    #[cfg(not(feature = "sentences"))]
    fn every(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    /// Every fact's name as it may be written in this config. What stands in the middle of `written` is tried too.
    #[cfg(feature = "sentences")]
    fn every(&self, written: &str) -> Vec<String> {
        let middle = written.split_once('.').and_then(|(_, rest)| rest.rsplit_once('.'));
        let middle = middle.filter(|(id, _)| !id.is_empty());
        let mut names = Vec::new();
        for fact in Fact::ALL {
            let about = fact.about();
            let mut ids = self.ids(about.ids);
            ids.extend(middle.filter(|_| about.ids == Ids::Free).map(|(id, _)| id.to_string()));
            match about.ids {
                Ids::None => names.push(about.name.to_string()),
                _ => names.extend(ids.iter().map(|id| about.name.replace('*', id))),
            }
        }
        names
    }
}

impl Names for Book {
    fn slot(&mut self, name: &str, report: &mut Report) -> Option<(usize, FactType)> {
        let mark = mark(0, name);
        let known =
            self.marks.find(mark, &mut |slot| self.written.get(slot).is_some_and(|(known, _)| known == name));
        if let Some(slot) = known {
            report.types(types(self.facts.get(slot)));
            return Some((slot, self.written.get(slot)?.1));
        }
        let Some(fact) = Fact::named(name) else {
            report.unknown_among("fact", name, || self.every(name));
            return None;
        };
        let Some(kind) = self.kind(fact.fact, &fact.id) else {
            return self.missing(&fact, report);
        };
        report.types(types(Some(&fact)));
        let slot = self.facts.len();
        self.marks.add(mark);
        self.written.push((name.to_string(), kind));
        self.facts.push(fact);
        Some((slot, kind))
    }

    fn group(&mut self, id: &str, report: &mut Report) -> Option<Vec<Value>> {
        for (known, values) in &self.groups {
            if known == id {
                return Some(values.clone());
            }
        }
        report.absent(id, "groups", || self.groups.iter().map(|(known, _)| known.clone()).collect());
        None
    }
}

/// Who knows the fact's type.
fn types(fact: Option<&FactName>) -> Types {
    match fact {
        Some(fact) if fact.fact.about().kind == FactType::Any => Types::Declared,
        _ => Types::Fixed,
    }
}
