//! Rules: when, how often, and what to do.

use super::names::Book;
use super::texts::Texts;
use crate::condition::{self, Condition, type_of};
use crate::fact::FactType;
use crate::report::{Report, Types};
use crate::text::Piece;
use crate::time::{Millis, duration};
use crate::value::Value;

/// One rule: when, how often, and what to do.
#[derive(Debug, Default)]
pub struct Rule {
    pub id: String,
    /// What it is for, in words; empty when the config does not say.
    pub name: Texts,
    pub when: Condition,
    pub then: Vec<Action>,
    pub cap: Cap,
    /// Time from one firing to the next at the earliest.
    pub cooldown: Millis,
    /// Time the condition must have held before the rule fires.
    pub delay: Millis,
    pub priority: f64,
}

/// How often a rule may fire; [`u64::MAX`] is as often as it likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cap {
    pub page: u64,
    pub session: u64,
    pub visitor: u64,
}

#[derive(Debug)]
pub enum Action {
    /// A message beside the launcher.
    Say { text: Texts, replies: Vec<Reply> },
    /// The panel.
    Open,
    /// The panel, with a wish for a person.
    Route(Route),
    /// The fees of a product.
    Fees { product: String },
    /// The questions of a survey.
    Ask { survey: String },
    /// A message with a link to another means of contact.
    Offer(Means),
    /// Attributes, for other rules to ask about.
    Set(Vec<(Piece, Value)>),
    /// A word to the bank's page.
    Emit { name: String, detail: Value },
}

/// Another means of contact: a phone number, an appointment, a branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Means {
    pub kind: String,
    pub text: Texts,
    pub label: Texts,
    pub link: String,
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

impl Rule {
    /// From a value; whatever in it does not fit the rest of the config is reported.
    pub fn decode(value: &Value, book: &mut Book, report: &mut Report) -> Rule {
        let mut when = Condition::Never;
        if let Some(condition) = value.get("when") {
            let mark = report.enter("when");
            when = condition::decode(condition, book, report);
            report.leave(mark);
        }
        let cap = value.get("cap");
        let times = |name| cap.and_then(|cap| cap.whole_at(name));
        Rule {
            id: text(value, "id"),
            name: texts(value, "name"),
            when,
            then: actions(value, book, report),
            cap: Cap {
                page: times("page").unwrap_or(1),
                session: times("session").unwrap_or(1),
                visitor: times("visitor").unwrap_or(u64::MAX),
            },
            cooldown: value.get("cooldown").and_then(duration).unwrap_or(0),
            delay: value.get("delay").and_then(duration).unwrap_or(0),
            priority: number(value, "priority"),
        }
    }
}

/// What `value.then` lists.
fn actions(value: &Value, book: &Book, report: &mut Report) -> Vec<Action> {
    let mut actions = Vec::new();
    let outer = report.enter("then");
    for (index, item) in value.get("then").map_or(&[][..], Value::list).iter().enumerate() {
        let mark = report.enter_nth(index);
        if let [(name, value)] = item.entries() {
            let inner = report.enter(name);
            actions.extend(action(name, value, book, report));
            report.leave(inner);
        }
        report.leave(mark);
    }
    report.leave(outer);
    actions
}

fn action(name: &str, value: &Value, book: &Book, report: &mut Report) -> Option<Action> {
    Some(match name {
        "say" => {
            let mut replies = Vec::new();
            let outer = report.enter("replies");
            for (index, reply) in value.get("replies").map_or(&[][..], Value::list).iter().enumerate() {
                let mark = report.enter_nth(index);
                let then = actions(reply, book, report);
                replies.push(Reply { text: texts(reply, "text"), then });
                report.leave(mark);
            }
            report.leave(outer);
            Action::Say { text: texts(value, "text"), replies }
        }
        "open" => Action::Open,
        "route" => Action::Route(Route {
            queue: text(value, "queue"),
            skill: value.text_at("skill").map(str::to_string),
            priority: number(value, "priority"),
            reason: texts(value, "reason"),
        }),
        "fees" => Action::Fees { product: text(value, "product") },
        "ask" => Action::Ask { survey: text(value, "survey") },
        "offer" => Action::Offer(Means {
            kind: text(value, "kind"),
            text: texts(value, "text"),
            label: texts(value, "label"),
            link: text(value, "link"),
        }),
        "set" => {
            for (key, value) in value.entries() {
                let mark = report.enter(key);
                attribute(key, value, book, report);
                report.leave(mark);
            }
            Action::Set(value.entries().to_vec())
        }
        "emit" => Action::Emit {
            name: text(value, "name"),
            detail: value.get("detail").cloned().unwrap_or_default(),
        },
        _ => return None,
    })
}

/// Reports an attribute that the config does not have, or that has another type.
fn attribute(key: &str, value: &Value, book: &Book, report: &mut Report) {
    let Some(kind) = book.typed("attributes", key) else {
        return report.absent(key, "attributes", || book.names("attributes"));
    };
    if kind == FactType::List || kind != FactType::Any && type_of(value) != kind {
        report.types(Types::Declared);
        let list = "nothing, since only the page can set a list";
        report.mistyped(if kind == FactType::List { list } else { kind.words() }, value.kind());
    }
}

fn texts(value: &Value, key: &str) -> Texts {
    Texts::decode(value.get(key))
}

fn text(value: &Value, key: &str) -> String {
    value.text_at(key).unwrap_or_default().to_string()
}

fn number(value: &Value, key: &str) -> f64 {
    value.get(key).and_then(Value::number).unwrap_or(0.0)
}
