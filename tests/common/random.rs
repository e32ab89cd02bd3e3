//! Random and damaged values, the same on every run.
#![allow(dead_code)]

use super::dice::Dice;
use bharosa::value::{Value, map};

/// Words that mean something somewhere, so that random values get past the first look.
const WORDS: [&str; 28] = [
    "session", "epoch", "entries", "outbox", "draft", "open", "read", "seen", "state", "queue", "agent",
    "shared", "frame", "at", "failed", "type", "cid", "seq", "ts", "message", "route", "end", "body", "text",
    "active", "waiting", "from", "kind",
];

pub fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth == 0 { 4 } else { 6 }) {
        0 => Value::Null,
        1 => dice.one_in(2).into(),
        2 => Value::Number(number(dice)),
        3 => text(dice).into(),
        4 => Value::List((0..dice.below(5)).map(|_| value(dice, depth - 1)).collect()),
        _ => Value::Map((0..dice.below(7)).map(|_| (text(dice).into(), value(dice, depth - 1))).collect()),
    }
}

/// A copy of `good` with one to three members changed, dropped or swapped for something random.
pub fn damaged(good: &Value, dice: &mut Dice) -> Value {
    let mut copy = good.clone();
    for _ in 0..=dice.below(3) {
        damage(&mut copy, dice);
    }
    copy
}

fn damage(target: &mut Value, dice: &mut Dice) {
    let deeper = !dice.one_in(12);
    match target {
        Value::List(items) if deeper && !items.is_empty() => {
            let at = dice.below(items.len());
            match dice.below(8) {
                0 => drop(items.remove(at)),
                1 => items.push(items[at].clone()),
                2 => items.reverse(),
                _ => damage(&mut items[at], dice),
            }
        }
        Value::Map(entries) if deeper && !entries.is_empty() => {
            let at = dice.below(entries.len());
            match dice.below(8) {
                0 => drop(entries.remove(at)),
                1 => entries[at].0 = text(dice).into(),
                2 => entries.push((text(dice).into(), value(dice, 2))),
                _ => damage(&mut entries[at].1, dice),
            }
        }
        other => *other = value(dice, 2),
    }
}

/// A frame whose members nearly always fit its type.
pub fn frame(dice: &mut Dice) -> Value {
    const TYPES: [&str; 14] = [
        "welcome", "ack", "route", "message", "agent", "transfer", "end", "queue", "typing", "read", "error",
        "ping", "pong", "other",
    ];
    let person = |dice: &mut Dice| {
        map([("kind", (*dice.pick(&["agent", "visitor", "system"])).into()), ("name", text(dice).into())])
    };
    let frame = map([
        ("type", (*dice.pick(&TYPES)).into()),
        ("version", 1.into()),
        ("cid", text(dice).into()),
        ("seq", Value::Number(number(dice).abs().floor())),
        ("ts", Value::Number(number(dice).abs().floor())),
        ("id", 4.into()),
        ("on", dice.one_in(2).into()),
        ("queue", text(dice).into()),
        ("position", (dice.below(4) as u64).into()),
        ("session", text(dice).into()),
        ("epoch", text(dice).into()),
        ("resumed", (*dice.pick(&["new", "replay", "reset"])).into()),
        ("conversation", map([("state", (*dice.pick(&["none", "waiting", "active", "ended"])).into())])),
        ("from", person(dice)),
        ("agent", person(dice)),
        ("to", map([("queue", text(dice).into())])),
        ("by", (*dice.pick(&["visitor", "agent", "system"])).into()),
        ("body", map([("kind", "text".into()), ("text", text(dice).into())])),
        ("code", (*dice.pick(&["rate", "internal"])).into()),
        ("message", text(dice).into()),
        ("retry_after_ms", Value::Number(number(dice).abs().floor())),
    ]);
    if dice.one_in(3) { damaged(&frame, dice) } else { frame }
}

fn number(dice: &mut Dice) -> f64 {
    const ODD: [f64; 12] =
        [0.0, 1.0, 2.0, 3.0, 5.0, -1.0, 0.5, 1e300, -1e300, 9_007_199_254_740_991.0, f64::NAN, f64::INFINITY];
    *dice.pick(&ODD)
}

fn text(dice: &mut Dice) -> String {
    match dice.below(6) {
        0 => String::new(),
        1 => "x".repeat(dice.below(5_000)),
        2 => "سلام \u{202e}{page.name}".into(),
        _ => (*dice.pick(&WORDS)).into(),
    }
}
