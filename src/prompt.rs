//! The proactive message beside the launcher: what it says, and what an answer to it shares.

use crate::config::{Action, Reply, Route, Rule, Texts, fill};
use crate::journey::{Fact, FactValue, Journey};
use crate::offer::{ContextLine, Request};
use crate::text::{digits, glue};
use crate::value::{Value, map};

/// A message as it is drawn, in the visitor's language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prompt {
    pub rule: String,
    pub text: String,
    pub replies: Vec<String>,
    /// What a reply that asks for a person tells that person; empty when none does.
    pub shares: Vec<ContextLine>,
}

impl Prompt {
    pub fn to_value(&self) -> Value {
        let replies = self.replies.iter().map(|reply| reply.as_str().into()).collect();
        let shares = self.shares.iter().map(ContextLine::to_value).collect();
        map([
            ("rule", self.rule.as_str().into()),
            ("text", self.text.as_str().into()),
            ("replies", Value::List(replies)),
            ("shares", Value::List(shares)),
        ])
    }
}

/// The message `rule` has for this visitor now.
pub fn compose(rule: &Rule, text: &Texts, replies: &[Reply], journey: &Journey, language: &str) -> Prompt {
    let routes =
        replies.iter().flat_map(|reply| &reply.then).any(|action| matches!(action, Action::Route(_)));
    let dwell = &dwell(journey);
    Prompt {
        rule: rule.id.clone(),
        text: words(text, journey, language, dwell),
        replies: replies.iter().map(|reply| words(&reply.text, journey, language, dwell)).collect(),
        shares: if routes { context(rule, journey, language, language, dwell) } else { Vec::new() },
    }
}

/// The request a route action makes, with the context an agent gets.
///
/// `agents` is the language agents read, `language` the visitor's. `seen` is the reading time that the visitor saw
/// and agreed to share: not that of a moment later.
pub fn request(
    rule: &Rule,
    route: &Route,
    journey: &Journey,
    (agents, language): (&str, &str),
    seen: Option<&str>,
) -> Request {
    let now = dwell(journey);
    let dwell = seen.unwrap_or(&now);
    Request {
        queue: route.queue.clone(),
        skill: route.skill.clone(),
        priority: route.priority as i64,
        reason: words(&route.reason, journey, agents, dwell),
        context: context(rule, journey, agents, language, dwell),
        agreed: seen.is_some(),
    }
}

fn context(rule: &Rule, journey: &Journey, agents: &str, language: &str, dwell: &str) -> Vec<ContextLine> {
    let line = |key: &str, label: &str, value: String, shown: &str| ContextLine {
        key: key.to_string(),
        label: label.to_string(),
        value,
        shown: shown.to_string(),
    };
    let page = |language| match journey.page_name(language) {
        "" => journey.path(),
        name => name,
    };
    let offer = |language| if rule.name.is_empty() { &rule.id } else { rule.name.pick(language) };
    vec![
        line("page", "Page", page(agents).to_string(), page(language)),
        line("dwell", "Time reading", glue(&[dwell, " s"]), dwell),
        line("rule", "Offered by", offer(agents).to_string(), offer(language)),
    ]
}

fn words(texts: &Texts, journey: &Journey, language: &str, dwell: &str) -> String {
    fill(texts.pick(language), &[("page.name", journey.page_name(language)), ("page.dwell_s", dwell)])
}

/// Whole seconds read on this page.
pub fn dwell(journey: &Journey) -> String {
    match journey.read(Fact::PageDwell) {
        FactValue::Number(seconds) => digits(seconds as u64),
        FactValue::Text(_) => String::new(),
    }
}
