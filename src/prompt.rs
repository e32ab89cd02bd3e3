//! The proactive message beside the launcher: what it says, and what an answer to it shares.

use crate::config::{Action, Reply, Route, Rule, Texts, fill};
use crate::journey::{Fact, FactValue, Journey};
use crate::offer::{ContextLine, Request};
use crate::text::{digits, glue};

/// A message as it is drawn, in the visitor's language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prompt {
    pub rule: String,
    pub text: String,
    pub replies: Vec<String>,
    /// What a reply that asks for a person tells that person; empty when none does.
    pub shares: Vec<ContextLine>,
}

/// The message `rule` has for this visitor now.
pub fn compose(rule: &Rule, text: &Texts, replies: &[Reply], journey: &Journey, language: &str) -> Prompt {
    let routes =
        replies.iter().flat_map(|reply| &reply.then).any(|action| matches!(action, Action::Route(_)));
    Prompt {
        rule: rule.id.clone(),
        text: words(text, journey, language),
        replies: replies.iter().map(|reply| words(&reply.text, journey, language)).collect(),
        shares: if routes { context(rule, journey, language, language) } else { Vec::new() },
    }
}

/// The request a route action makes, with the context an agent gets.
///
/// `agents` is the language agents read, `language` the visitor's.
pub fn request(rule: &Rule, route: &Route, journey: &Journey, agents: &str, language: &str) -> Request {
    Request {
        queue: route.queue.clone(),
        skill: route.skill.clone(),
        priority: route.priority as i64,
        reason: words(&route.reason, journey, agents),
        context: context(rule, journey, agents, language),
        agreed: false,
    }
}

/// The visitor agreed to the figures they saw, not to those of a moment later.
pub fn as_seen(context: &mut [ContextLine], seen: &[ContextLine]) {
    for line in context.iter_mut().filter(|line| line.key == "dwell") {
        for shown in seen.iter().filter(|shown| shown.key == "dwell") {
            line.shown.clone_from(&shown.shown);
            line.value.clone_from(&shown.value);
        }
    }
}

fn context(rule: &Rule, journey: &Journey, agents: &str, language: &str) -> Vec<ContextLine> {
    let line = |key: &str, label: &str, value: String, shown: String| ContextLine {
        key: key.to_string(),
        label: label.to_string(),
        value,
        shown,
    };
    let page = |language| match journey.page_name(language) {
        "" => journey.path().to_string(),
        name => name.to_string(),
    };
    let dwell = dwell(journey);
    let offer = if rule.name.is_empty() { &rule.id } else { &rule.name };
    vec![
        line("page", "Page", page(agents), page(language)),
        line("dwell", "Time reading", glue(&[&dwell, " s"]), dwell.clone()),
        line("rule", "Offered by", offer.clone(), offer.clone()),
    ]
}

fn words(texts: &Texts, journey: &Journey, language: &str) -> String {
    fill(
        texts.pick(language),
        &[("page.name", journey.page_name(language)), ("page.dwell_s", &dwell(journey))],
    )
}

/// Whole seconds read on this page.
fn dwell(journey: &Journey) -> String {
    match journey.read(Fact::PageDwell) {
        FactValue::Number(seconds) => digits(seconds as u64),
        FactValue::Text(_) => String::new(),
    }
}
