//! For each rule: fired, waiting or blocked, and why.

use super::{Now, Rules, Why};
use crate::condition::{Test, shown};
use crate::fact::FactName;
use crate::text::glue;
use crate::value::{Members, Value};

/// What `explain()` says of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub rule: String,
    pub state: State,
    /// A sentence for whoever writes the rules.
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Fired,
    Waiting,
    Blocked,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Fired => "fired",
            State::Waiting => "waiting",
            State::Blocked => "blocked",
        }
    }
}

impl Explanation {
    pub fn to_value(&self) -> Value {
        Members::default()
            .text("rule", &self.rule)
            .text("state", self.state.name())
            .text("reason", &self.reason)
            .map()
    }
}

impl Rules {
    /// For each rule, in the order they are tried.
    pub fn explain(&mut self, facts: &[FactName], now: &Now) -> Vec<Explanation> {
        self.settle();
        let mut explained = Vec::with_capacity(self.rules.len());
        for (index, armed) in self.rules.iter().enumerate() {
            let waits = self.engine.holds(index);
            let blocked = if waits { armed.held(now) } else { armed.over() };
            let (state, reason) = if armed.counts.page > 0 {
                (State::Fired, "fired on this page".to_string())
            } else if let Some(why) = blocked {
                (State::Blocked, why.sentence(now.wall))
            } else if !waits {
                (State::Waiting, self.missing(index, facts))
            } else if let Some(due) = armed.due {
                (State::Waiting, Why::lasts("its delay lasts ", due).sentence(now.lived))
            } else {
                (State::Waiting, "it is about to fire".to_string())
            };
            explained.push(Explanation { rule: armed.rule.id.clone(), state, reason });
        }
        explained
    }

    /// The first comparison that stands in the way, as a sentence.
    fn missing(&self, rule: usize, facts: &[FactName]) -> String {
        let mut sentence = String::new();
        self.engine.reasons(rule, false, &mut |slot, test: &Test, positive| {
            if let Some(name) = facts.get(slot).filter(|_| sentence.is_empty()) {
                let not = if positive { "" } else { "not " };
                let (value, wanted) = (shown(self.engine.value(slot)), test.wanted());
                sentence = glue(&[&name.written(), " is ", &value, ", needs ", not, &wanted]);
            }
        });
        match sentence.as_str() {
            "" => "its condition does not hold".to_string(),
            _ => sentence,
        }
    }
}
