//! What the names in conditions stand for in this config: facts become slots, and what is not there is reported.

use crate::condition::Names;
use crate::fact::{Fact, FactName, FactType, Ids};
use crate::report::Report;
use crate::value::Value;

/// What of a config conditions may speak of. Filled before the first rule is decoded.
#[derive(Debug, Default)]
pub struct Book {
    /// Slot -> fact, in the order in which conditions name them.
    pub facts: Vec<FactName>,
    /// The same facts as they were written, with their types: most rules ask about the same few.
    written: Vec<(String, FactType)>,
    pub attributes: Vec<(String, FactType)>,
    pub signals: Vec<(String, FactType)>,
    pub calendars: Vec<String>,
    pub experiments: Vec<String>,
    pub queues: Vec<String>,
    pub groups: Vec<(String, Vec<Value>)>,
    pub query: Vec<String>,
    pub utm: Vec<String>,
    /// Sections the config names; a page may have others.
    pub sections: Vec<String>,
}

impl Book {
    /// The type of what `fact` says about `id`; `None` when the config has no such thing.
    fn kind(&self, fact: Fact, id: &str) -> Option<FactType> {
        let about = fact.about();
        match about.ids {
            Ids::None | Ids::Free => Some(about.kind),
            Ids::Listed("query") => has(&self.query, id).then_some(about.kind),
            Ids::Listed(_) => has(&self.utm, id).then_some(about.kind),
            Ids::Keys("attributes") => typed(&self.attributes, id),
            Ids::Keys("signals") => typed(&self.signals, id),
            Ids::Keys("calendars") => has(&self.calendars, id).then_some(about.kind),
            Ids::Keys("experiments") => has(&self.experiments, id).then_some(about.kind),
            Ids::Keys(_) => has(&self.queues, id).then_some(about.kind),
        }
    }

    /// What may stand for `*` in the name of `fact`. For suggestions.
    #[cfg(feature = "sentences")]
    pub fn ids(&self, ids: Ids) -> Vec<String> {
        let keys = |entries: &[(String, FactType)]| entries.iter().map(|(key, _)| key.clone()).collect();
        match ids {
            Ids::None => Vec::new(),
            Ids::Free => self.sections.clone(),
            Ids::Listed("query") => self.query.clone(),
            Ids::Listed(_) => self.utm.clone(),
            Ids::Keys("attributes") => keys(&self.attributes),
            Ids::Keys("signals") => keys(&self.signals),
            Ids::Keys("calendars") => self.calendars.clone(),
            Ids::Keys("experiments") => self.experiments.clone(),
            Ids::Keys(_) => self.queues.clone(),
        }
    }

    /// Every fact's name as it may be written in this config. What stands in the middle of `written` is tried too.
    #[cfg(feature = "sentences")]
    fn every(&self, written: &str) -> Vec<String> {
        let middle = written.split_once('.').and_then(|(_, rest)| rest.rsplit_once('.'));
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
        let mut slot = 0;
        for (known, kind) in &self.written {
            if known == name {
                report.of_declared_type(declared(self.facts.get(slot)));
                return Some((slot, *kind));
            }
            slot += 1;
        }
        let Some(fact) = Fact::named(name) else {
            #[cfg(feature = "sentences")]
            report.unknown_among("fact", name, || self.every(name));
            #[cfg(not(feature = "sentences"))]
            report.add("");
            return None;
        };
        let Some(kind) = self.kind(fact.fact, &fact.id) else {
            #[cfg(feature = "sentences")]
            {
                let (Ids::Keys(place) | Ids::Listed(place)) = fact.fact.about().ids else { return None };
                let listed = matches!(fact.fact.about().ids, Ids::Listed(_));
                let place = if listed { ["tracking.", place].concat() } else { place.to_string() };
                report.absent(&fact.id, &place, || self.ids(fact.fact.about().ids));
            }
            #[cfg(not(feature = "sentences"))]
            report.add("");
            return None;
        };
        report.of_declared_type(declared(Some(&fact)));
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

/// Whether the config chose the fact's type, so that no schema knows it.
fn declared(fact: Option<&FactName>) -> bool {
    fact.is_some_and(|fact| fact.fact.about().kind == FactType::Any)
}

pub fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|known| known == word)
}

fn typed(entries: &[(String, FactType)], id: &str) -> Option<FactType> {
    entries.iter().find(|(key, _)| key == id).map(|(_, kind)| *kind)
}
