//! The proactive message beside the launcher: what it says, why, and what an answer to it shares.

use crate::config::{Rule, does, fill, pick};
use crate::fact::{Fact, FactName};
use crate::journey::Journey;
use crate::offer::{ContextLine, Request, lines};
use crate::text::{digits, glue};
use crate::value::{Members, Value};

/// A message as it is drawn, in the visitor's language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prompt {
    pub rule: String,
    pub text: String,
    pub replies: Vec<String>,
    /// A way to reach the bank outside the chat: words and address.
    pub link: Option<(String, String)>,
    /// What a reply that asks for a person tells that person; empty when none does.
    pub shares: Vec<ContextLine>,
}

impl Prompt {
    pub fn to_value(&self) -> Value {
        let mut replies = Vec::new();
        for reply in &self.replies {
            replies.push(reply.as_str().into());
        }
        let mut members = Members::default();
        members.text("text", &self.text).put("replies", Value::List(replies));
        if let Some((words, address)) = &self.link {
            members.text("label", words).text("link", address);
        }
        members.put("shares", lines(&self.shares)).map()
    }
}

/// The message `rule` has for this visitor now, of what its action is given: buttons, or another way to reach the
/// bank.
pub fn compose(rule: &Rule, given: &Value, journey: &Journey, language: &str) -> Prompt {
    let dwell = &dwell(journey);
    let mut prompt = Prompt { rule: rule.id.clone(), ..Prompt::default() };
    prompt.text = words(given, "text", journey, language, dwell);
    for reply in given.list_at("replies") {
        prompt.replies.push(words(reply, "text", journey, language, dwell));
        if prompt.shares.is_empty() && does(reply.list_at("then"), &["route"], false) {
            prompt.shares = context(rule, journey, language, language, dwell);
        }
    }
    if let (Some(label), Some(link)) = (given.get("label"), given.text_at("link")) {
        prompt.link = Some((pick(label, language).to_string(), link.to_string()));
    }
    prompt
}

/// The request a route action makes, with the context an agent gets.
///
/// `agents` is the language agents read, `language` the visitor's. `seen` is the reading time that the visitor saw
/// and agreed to share: not that of a moment later.
pub fn request(
    rule: &Rule,
    route: &Value,
    journey: &Journey,
    (agents, language): (&str, &str),
    seen: Option<&str>,
) -> Request {
    let now = dwell(journey);
    let dwell = seen.unwrap_or(&now);
    Request {
        queue: route.text_at("queue").unwrap_or_default().to_string(),
        skill: route.text_at("skill").map(str::to_string),
        priority: route.get("priority").and_then(Value::number).unwrap_or(0.0) as i64,
        reason: words(route, "reason", journey, agents, dwell),
        context: context(rule, journey, agents, language, dwell),
        agreed: seen.is_some(),
    }
}

fn context(rule: &Rule, journey: &Journey, agents: &str, language: &str, dwell: &str) -> Vec<ContextLine> {
    let offer = |language| if rule.name.is_empty() { &rule.id } else { rule.name.pick(language) };
    vec![
        line("page", "Page", &[journey.page_title(agents)], journey.page_title(language)),
        line("dwell", "Time reading", &[dwell, " s"], dwell),
        line("rule", "Offered by", &[offer(agents)], offer(language)),
    ]
}

#[inline(never)]
fn line(key: &str, label: &str, value: &[&str], shown: &str) -> ContextLine {
    ContextLine {
        key: key.to_string(),
        label: label.to_string(),
        value: glue(value),
        shown: shown.to_string(),
    }
}

fn words(given: &Value, key: &str, journey: &Journey, language: &str, dwell: &str) -> String {
    let text = given.get(key).map_or("", |texts| pick(texts, language));
    fill(text, &[("page.name", journey.page_name(language)), ("page.dwell_s", dwell)])
}

/// Whole seconds read on this page.
pub fn dwell(journey: &Journey) -> String {
    let name = FactName { fact: Fact::PageDwell, id: String::new() };
    digits(journey.pace(&name, 0).map_or(0, |pace| pace.millis / 1000))
}
