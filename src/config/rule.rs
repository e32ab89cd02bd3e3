//! Rules: when, how often, and what to do.

use super::names::Book;
use super::texts::Texts;
use crate::condition::{self, Condition, type_of};
use crate::fact::FactType;
use crate::report::{Report, Types};
use crate::time::{Millis, duration};
use crate::value::Value;

/// One rule: when, how often, and what to do.
#[derive(Debug, Default)]
pub struct Rule {
    pub id: String,
    /// What it is for, in words; empty when the config does not say.
    pub name: Texts,
    pub when: Condition,
    /// What it does, in this order, as the config has it: see [`action`].
    pub then: Value,
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

/// What an action is called, and what it is given. Actions are read when they are done: few of a config's ever are.
pub fn action(item: &Value) -> (&str, &Value) {
    match item.entries() {
        [(name, given)] => (name, given),
        _ => ("", &Value::Null),
    }
}

/// Whether any of the actions `then` is one of `names` or, with `other`, is none of them.
pub fn does(then: &[Value], names: &[&str], other: bool) -> bool {
    then.iter().any(|item| names.contains(&action(item).0) != other)
}

impl Rule {
    /// From a value, out of which it takes what it keeps; whatever does not fit the rest of the config is reported.
    pub fn decode(value: &mut Value, book: &mut Book, report: &mut Report) -> Rule {
        let mut when = Condition::Never;
        if let Some(condition) = value.get("when") {
            let mark = report.enter("when");
            when = condition::decode(condition, book, report);
            report.leave(mark);
        }
        sets(value, book, report);
        let (name, then) = (value.take("name"), value.take("then"));
        let cap = value.get("cap");
        let times = |name| cap.and_then(|cap| cap.whole_at(name));
        Rule {
            id: value.text_at("id").unwrap_or_default().to_string(),
            name: Texts(name),
            when,
            then,
            cap: Cap {
                page: times("page").unwrap_or(1),
                session: times("session").unwrap_or(1),
                visitor: times("visitor").unwrap_or(u64::MAX),
            },
            cooldown: value.get("cooldown").and_then(duration).unwrap_or(0),
            delay: value.get("delay").and_then(duration).unwrap_or(0),
            priority: value.get("priority").and_then(Value::number).unwrap_or(0.0),
        }
    }
}

/// Reports attributes that what `value.then` lists, or a button under it, would set and cannot.
fn sets(value: &Value, book: &Book, report: &mut Report) {
    let outer = report.enter("then");
    for (index, item) in value.list_at("then").iter().enumerate() {
        let mark = report.enter_nth(index);
        let (name, given) = action(item);
        let inner = report.enter(name);
        match name {
            "say" => {
                let outer = report.enter("replies");
                for (index, reply) in given.list_at("replies").iter().enumerate() {
                    let mark = report.enter_nth(index);
                    sets(reply, book, report);
                    report.leave(mark);
                }
                report.leave(outer);
            }
            "set" => {
                for (key, value) in given.entries() {
                    let mark = report.enter(key);
                    attribute(key, value, book, report);
                    report.leave(mark);
                }
            }
            _ => {}
        }
        report.leave(inner);
        report.leave(mark);
    }
    report.leave(outer);
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
