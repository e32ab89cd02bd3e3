//! What the bank's marketers write: one JSON file, described once, checked with paths, decoded leniently.
//!
//! A rule with a mistake is left out and the rest works; only a file that is no config at all is refused.

mod check;
pub mod describe;
mod page;
mod texts;

pub use crate::report::{ConfigError, Report};
pub use page::{Page, Pattern};
pub use texts::{Texts, fill};

use crate::rules::condition::{self, Condition};
use crate::text::{digits, glue};
use crate::time::Millis;
use crate::value::Value;

/// The checked config of the tracker. What only the panel needs is in [`crate::view::Settings`].
#[derive(Debug, Default)]
pub struct Config {
    pub pages: Vec<Page>,
    pub rules: Vec<Rule>,
    /// Time without activity after which dwell stops.
    pub idle: Millis,
    /// Quiet after a dismissal; `None` is for the rest of the session.
    pub quiet: Option<Millis>,
    /// The first language is the default, and the one agents read.
    pub language: String,
}

/// One rule: when, how often, and what to do.
#[derive(Debug)]
pub struct Rule {
    pub id: String,
    /// What it is for, in words; empty when the config does not say.
    pub name: Texts,
    pub when: Condition,
    pub then: Vec<Action>,
    pub cap: u64,
    pub priority: f64,
}

#[derive(Debug)]
pub enum Action {
    Say { text: Texts, replies: Vec<Reply> },
    Open,
    Route(Route),
}

/// A button under a message. Without actions it declines.
#[derive(Debug)]
pub struct Reply {
    pub text: Texts,
    pub then: Vec<Action>,
}

/// Where a visitor is sent, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    pub queue: String,
    pub skill: Option<String>,
    pub priority: f64,
    pub reason: Texts,
}

/// Why a file cannot be used at all: not an object, or of another version.
#[derive(Debug, PartialEq, Eq)]
pub struct Unusable;

impl Config {
    /// Decodes `value`. The list holds every mistake; `Err` means that nothing of it can be used.
    pub fn decode(value: &Value) -> (Result<Config, Unusable>, Vec<ConfigError>) {
        let mut report = Report::default();
        check::check(value, &describe::CONFIG, &mut report);
        let errors = report.errors;
        let wrong = |field: &str| errors.iter().any(|error| error.path == field || error.path.is_empty());
        if wrong("version") || wrong("backend") {
            return (Err(Unusable), errors);
        }
        let fits = |path: &str| !errors.iter().any(|error| within(&error.path, path));
        let seconds = |section: &str, field: &str| {
            let number = value.get(section)?.get(field)?.number()?;
            fits(&glue(&[section, ".", field])).then_some((number * 1000.0) as Millis)
        };
        let mut config = Config {
            idle: seconds("tracking", "idle_s").unwrap_or(30_000),
            quiet: seconds("limits", "quiet_after_dismiss_s"),
            language: value
                .get("languages")
                .and_then(|list| list.list().first()?.text())
                .unwrap_or("en")
                .to_string(),
            ..Config::default()
        };
        for (id, page) in value.get("pages").map_or(&[][..], Value::entries) {
            if fits(&glue(&["pages.", id])) {
                config.pages.push(Page::decode(id, page));
            }
        }
        for (index, rule) in value.get("rules").map_or(&[][..], Value::list).iter().take(1000).enumerate() {
            if fits(&glue(&["rules[", &digits(index as u64), "]"])) {
                config.rules.push(decode_rule(rule));
            }
        }
        (Ok(config), errors)
    }
}

/// Whether the error path `path` lies at or below `prefix`.
fn within(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn decode_rule(rule: &Value) -> Rule {
    Rule {
        id: rule.text_at("id").unwrap_or_default().to_string(),
        name: Texts::decode(rule.get("name")),
        when: rule
            .get("when")
            .map(|when| condition::decode(when, &mut Report::default()))
            .unwrap_or_default(),
        then: decode_actions(rule.get("then")),
        cap: rule.get("cap").and_then(|cap| cap.whole_at("session")).unwrap_or(1),
        priority: rule.get("priority").and_then(Value::number).unwrap_or(0.0),
    }
}

fn decode_actions(list: Option<&Value>) -> Vec<Action> {
    let mut actions = Vec::new();
    for (name, value) in list.map_or(&[][..], Value::list).iter().flat_map(Value::entries) {
        actions.extend(decode_action(name, value));
    }
    actions
}

fn decode_action(name: &str, value: &Value) -> Option<Action> {
    match name {
        "say" => Some(Action::Say {
            text: Texts::decode(value.get("text")),
            replies: value
                .get("replies")
                .map_or(&[][..], Value::list)
                .iter()
                .map(|reply| Reply {
                    text: Texts::decode(reply.get("text")),
                    then: decode_actions(reply.get("then")),
                })
                .collect(),
        }),
        "open" => Some(Action::Open),
        "route" => Some(Action::Route(Route {
            queue: value.text_at("queue")?.to_string(),
            skill: value.text_at("skill").map(str::to_string),
            priority: value.get("priority").and_then(Value::number).unwrap_or(0.0),
            reason: Texts::decode(value.get("reason")),
        })),
        _ => None,
    }
}
