//! Which rule fires now, and why the others do not.

pub mod condition;

use crate::config::Rule;
use crate::journey::{Fact, FactValue, Journey, Update};
use crate::text;
use crate::text::{digits, glue};
use crate::time::Millis;
use crate::value::Value;
use condition::{Condition, Test};

/// The rules with what has become of each in this session.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<(Rule, Count)>,
}

#[derive(Debug, Default)]
struct Count {
    session: u64,
    /// Once on a page view is enough, whatever the cap.
    this_view: bool,
}

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

impl Rules {
    /// Higher priority first, then the order of the file.
    pub fn new(rules: Vec<Rule>) -> Rules {
        let mut sorted: Vec<(Rule, Count)> = Vec::with_capacity(rules.len());
        for rule in rules {
            // Nearly always the end. The library's sort costs 2 KB over the wire.
            let place = sorted.iter().rposition(|(above, _)| above.priority >= rule.priority);
            sorted.insert(place.map_or(0, |index| index + 1), (rule, Count::default()));
        }
        Rules { rules: sorted }
    }

    /// A new page view re-arms every rule.
    pub fn new_view(&mut self) {
        self.rules.iter_mut().for_each(|(_, count)| count.this_view = false);
    }

    /// The first rule whose condition holds and that `blocked` does not hold back; it counts as fired.
    pub fn fire(&mut self, journey: &Journey, blocked: Option<&str>) -> Option<usize> {
        if blocked.is_some() {
            return None;
        }
        let index = self.rules.iter().position(|(rule, count)| {
            count.limit(rule.cap).is_none() && rule.when.holds(&|fact| journey.read(fact))
        })?;
        let (_, count) = &mut self.rules[index];
        count.session += 1;
        count.this_view = true;
        Some(index)
    }

    pub fn rule(&self, index: usize) -> &Rule {
        &self.rules[index].0
    }

    /// The next moment at which a clock may change a condition of a rule that can still fire.
    pub fn next_wake(&self, journey: &Journey) -> Option<Millis> {
        let mut next: Option<Millis> = None;
        for (rule, _) in self.rules.iter().filter(|(rule, count)| count.limit(rule.cap).is_none()) {
            // What does not hold for another reason than time cannot be woken by time.
            if !possible(&rule.when, journey) {
                continue;
            }
            rule.when.walk(true, &mut |fact, test, _| {
                for number in test.operands().iter().filter_map(Value::number) {
                    // At the operand and just beyond it, a growing fact may change the comparison.
                    for at in [number, number + 0.001] {
                        if let Some(at) = journey.reaches(fact, at)
                            && next.is_none_or(|next| at < next)
                        {
                            next = Some(at);
                        }
                    }
                }
            });
        }
        next
    }

    /// For each rule, in the order they are tried: fired, waiting or blocked, and why.
    pub fn explain(&self, journey: &Journey, blocked: Option<&str>) -> Vec<Explanation> {
        self.rules
            .iter()
            .map(|(rule, count)| {
                let (state, reason) = if count.this_view {
                    (State::Fired, "fired on this page".to_string())
                } else if let Some(limit) = count.limit(rule.cap) {
                    (State::Blocked, limit)
                } else if !rule.when.holds(&|fact| journey.read(fact)) {
                    (State::Waiting, missing(&rule.when, journey))
                } else {
                    (State::Blocked, blocked.unwrap_or("it is about to fire").to_string())
                };
                Explanation { rule: rule.id.clone(), state, reason }
            })
            .collect()
    }

    pub fn save(&self) -> Value {
        let fired = self.rules.iter().filter(|(_, count)| count.session > 0);
        Value::Map(fired.map(|(rule, count)| (rule.id.clone(), count.session.into())).collect())
    }

    pub fn restore(&mut self, saved: &Value) {
        for (rule, count) in &mut self.rules {
            count.session = saved.whole_at(&rule.id).unwrap_or(0);
        }
    }
}

impl Count {
    /// Why the rule may not fire again now, if so.
    fn limit(&self, cap: u64) -> Option<String> {
        if self.session >= cap {
            Some(glue(&["it has fired as often as its cap allows: ", &digits(cap), " per session"]))
        } else if self.this_view {
            Some("it has fired on this page".to_string())
        } else {
            None
        }
    }
}

/// Whether the condition could hold if every clock were somewhere else.
fn possible(condition: &Condition, journey: &Journey) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| possible(part, journey)),
        Condition::Any(parts) => parts.is_empty() || parts.iter().any(|part| possible(part, journey)),
        Condition::Test(fact, test) => clock(*fact) || test.holds(journey.read(*fact)),
        Condition::Not(part) => {
            let mut timed = false;
            part.walk(true, &mut |fact, _, _| timed |= clock(fact));
            timed || !part.holds(&|fact| journey.read(fact))
        }
        Condition::Never => false,
    }
}

fn clock(fact: Fact) -> bool {
    fact.about().update == Update::Clock
}

/// The first comparison that stands in the way, as a sentence.
fn missing(condition: &Condition, journey: &Journey) -> String {
    let mut sentence = None;
    condition.walk(true, &mut |fact, test, positive| {
        let value = journey.read(fact);
        if sentence.is_none() && test.holds(value) != positive {
            let not = if positive { "" } else { "not " };
            sentence = Some(glue(&[fact.about().name, " is ", &show(value), ", needs ", not, &wanted(test)]));
        }
    });
    sentence.unwrap_or_else(|| "its condition does not hold".to_string())
}

fn wanted(test: &Test) -> String {
    let how = match test {
        Test::Equal(_) => "",
        Test::NotEqual(_) => "anything but ",
        Test::Less(_) => "less than ",
        Test::LessOrEqual(_) => "at most ",
        Test::Greater(_) => "more than ",
        Test::GreaterOrEqual(_) => "at least ",
        Test::In(_) => "one of ",
        Test::NotIn(_) => "none of ",
    };
    let mut sentence = how.to_string();
    for (index, value) in test.operands().iter().enumerate() {
        sentence.push_str(if index > 0 { ", " } else { "" });
        sentence.push_str(&plain(value));
    }
    sentence
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => show(FactValue::Text(text)),
        Value::Number(number) => show(FactValue::Number(*number)),
        other => other.kind().to_string(),
    }
}

fn show(value: FactValue) -> String {
    match value {
        FactValue::Text(text) => glue(&["\"", text, "\""]),
        // Tenths of a second are as much as anybody wants to read.
        FactValue::Number(number) => text::plain(number),
    }
}
