//! Signals: what events say together, as scripts on a clock of their own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/json.rs"]
mod json;
#[path = "common/random.rs"]
mod random;

use bharosa::signal::{Of, Seen, Signal, SignalKind, Step};
use bharosa::value::Value;
use dice::Dice;
use json::json;

fn signal(config: &str) -> Signal {
    Signal::decode(&json(config)).unwrap_or_else(|| panic!("not decoded: {config}"))
}

/// Whether an event `name`, or a view of `/name`, with `properties` is `step`.
fn is(step: &Step, name: &str, properties: &Value) -> bool {
    let named = match &step.of {
        Of::Page(page) => name.strip_prefix('@').is_some_and(|viewed| viewed == page),
        Of::Event(event) => event == name,
    };
    named && step.properties.holds(properties)
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => "-".into(),
        Value::Bool(value) => if *value { "yes" } else { "no" }.into(),
        Value::Number(number) => number.to_string(),
        other => panic!("no signal is {other:?}"),
    }
}

/// The value now; and that it stays so until the moment it is said to change by itself, and changes then.
fn value(seen: &Seen, signal: &Signal, now: u64) -> Value {
    let value = seen.value(signal, now);
    match seen.changes_at(signal, now) {
        Some(at) => {
            assert!(at > now, "{at} is not after {now}");
            assert_eq!(seen.value(signal, at - 1), value, "changed before {at}, seen from {now}");
            assert_ne!(seen.value(signal, at), value, "did not change at {at}, seen from {now}");
        }
        None if matches!(signal.kind, SignalKind::Since(_)) => {}
        None => assert_eq!(seen.value(signal, now + 1_000_000_000), value, "should not change after {now}"),
    }
    value
}

/// Plays `0s event | 30s event key=value | 31s @page | 40s next | 61s -` and reads the value after each. `-` is
/// nothing happening; `next` is the next page, which knows what was saved.
fn check(config: &str, script: &str, expected: &str) {
    let signal = signal(config);
    let mut seen = Seen::new(&signal);
    let mut found = Vec::new();
    for step in script.split('|') {
        let mut words = step.split_whitespace();
        let time: f64 = words.next().unwrap().strip_suffix('s').expect("seconds").parse().unwrap();
        let now = (time * 1000.0) as u64;
        match words.next().expect("an event") {
            "-" => {}
            "next" => {
                let saved = seen.save();
                seen = Seen::new(&signal);
                seen.restore(&signal, &saved);
            }
            name => {
                let properties = words.map(|word| word.split_once('=').expect("key=value"));
                let properties =
                    Value::Map(properties.map(|(key, value)| (key.into(), json(value))).collect());
                seen.event(&signal, now, &|step| is(step, name, &properties));
            }
        }
        found.push(written(&value(&seen, &signal, now)));
    }
    assert_eq!(found.join(" "), expected, "{config}: {script}");
}

#[test]
fn a_count_forgets_what_is_too_long_ago() {
    let errors = r#"{"count": "form_error", "within": "60s"}"#;
    check(errors, "0s form_error | 30s form_error | 61s -", "1 2 1");
    check(errors, "0s - | 1s other", "0 0");
    check(errors, "0s form_error | 59.999s - | 60s -", "1 1 0");
    check(errors, "0s form_error | 0s form_error | 0s form_error | 60s -", "1 2 3 0");
    check(errors, "0s form_error | 30s next | 40s form_error | 60s next | 99s - | 100s -", "1 1 2 1 1 0");
    check(r#"{"count": "e", "within": 0.5}"#, "0s e | 0.4s e | 0.5s - | 0.9s -", "1 2 1 0");
    check(r#"{"count": "e", "within": 0}"#, "0s e | 1s e", "0 0");
    check(r#"{"count": "e"}"#, "0s e | 90000s e | 90001s next", "1 2 2");
}

#[test]
fn a_sequence_holds_from_its_end_until_its_beginning_is_too_long_ago() {
    let steps = r#"{"sequence": [{"page": "auto"}, {"page": "rates"}], "within": "5m"}"#;
    check(steps, "0s @auto | 10s @rates | 299s - | 300s -", "no yes yes no");
    check(steps, "0s @rates | 1s @auto | 2s - | 3s @rates", "no no no yes");
    check(steps, "0s @auto | 10s @cards | 20s calculated | 30s @rates", "no no no yes");
    check(steps, "0s @auto | 300s @rates", "no no");
    check(steps, "0s @auto | 299.9s @rates | 300s -", "no yes no");
    // The later run lives longer, and an earlier one does not end it.
    check(steps, "0s @auto | 100s @auto | 110s @rates | 399s - | 400s -", "no no yes yes no");
    check(
        steps,
        "0s @auto | 10s @rates | 200s @auto | 310s @rates | 499s - | 500s -",
        "no yes yes yes yes no",
    );
    check(steps, "0s @auto | 5s next | 10s @rates | 15s next | 299s next | 300s -", "no no yes yes yes no");
    // An event is one step, even where two steps look alike.
    check(
        r#"{"sequence": [{"event": "e"}, {"event": "e"}], "within": 60}"#,
        "0s e | 1s e | 60s -",
        "no yes no",
    );
    check(r#"{"sequence": [{"event": "e"}]}"#, "0s - | 1s e | 9000s -", "no yes yes");
    let mixed = r#"{"sequence": [{"page": "loan"}, {"event": "calculated", "where": {"term": 24}}, {"event": "reset"}]}"#;
    check(
        mixed,
        "0s @loan | 1s calculated term=12 | 2s reset | 3s calculated term=24 | 4s reset",
        "no no no no yes",
    );
}

#[test]
fn since_counts_seconds_from_the_last_time() {
    let since = r#"{"since": "applied"}"#;
    check(since, "0s - | 1s applied | 1s - | 2.5s - | 3s applied | 4s next | 5s other", "- 0 0 1.5 0 1 2");
    check(
        r#"{"since": "applied", "where": {"form": "x"}}"#,
        r#"0s applied form="y" | 1s applied form="x" | 2s -"#,
        "- 0 1",
    );
}

#[test]
fn where_looks_at_properties() {
    let apply = r#"{"count": "form_error", "where": {"form": "apply"}, "within": "60s"}"#;
    check(apply, r#"0s form_error form="apply" | 1s form_error form="search" | 2s form_error"#, "1 1 1");
    let large = r#"{"count": "calculated", "where": {"loan.amount": {"$gte": 1000}, "$or": [{"term": 12}, {"term": 24}]}}"#;
    check(
        large,
        r#"0s calculated loan={"amount":1000} term=12 | 1s calculated loan={"amount":999} term=12 |
           2s calculated loan={"amount":5000} term=24 | 3s calculated loan={"amount":5000} term=36 | 4s calculated"#,
        "1 1 2 2 2",
    );
    check(r#"{"count": "e", "where": {}}"#, "0s e | 1s e a=1", "1 2");
}

#[test]
fn what_is_no_signal_is_not_decoded() {
    let rows = [
        "null",
        "{}",
        r#"{"count": 1}"#,
        r#"{"count": "e", "within": "soon"}"#,
        r#"{"sequence": []}"#,
        r#"{"sequence": "e"}"#,
        r#"{"sequence": [{"page": 1}]}"#,
        r#"{"sequence": [{"where": {}}]}"#,
        r#"{"since": null}"#,
    ];
    for config in rows {
        assert_eq!(Signal::decode(&json(config)), None, "{config}");
    }
}

#[test]
fn a_flood_is_remembered_up_to_a_thousand() {
    for config in [r#"{"count": "e", "within": "1h"}"#, r#"{"count": "e"}"#] {
        let signal = signal(config);
        let mut seen = Seen::new(&signal);
        for now in 0..3_000 {
            seen.event(&signal, now, &|_| true);
        }
        assert_eq!(seen.value(&signal, 3_000), Value::Number(1000.0));
        assert_eq!(seen.save().list().len(), 1000);
        let mut next = Seen::new(&signal);
        next.restore(&signal, &Value::List(vec![Value::Number(1.0); 5_000]));
        assert_eq!(next.save().list().len(), 1000, "{config}");
    }
}

#[test]
fn stored_garbage_is_left_out() {
    let configs = [
        r#"{"count": "e", "within": "60s"}"#,
        r#"{"sequence": [{"event": "e"}, {"event": "f"}], "within": "60s"}"#,
        r#"{"since": "e"}"#,
    ];
    let mut dice = Dice::new(11);
    for config in configs {
        let signal = signal(config);
        let mut good = Seen::new(&signal);
        for now in 0..5 {
            good.event(&signal, now * 1000, &|_| true);
        }
        for _ in 0..2_000 {
            let mut seen = Seen::new(&signal);
            seen.restore(&signal, &random::damaged(&good.save(), &mut dice));
            let expected = std::mem::discriminant(&good.value(&signal, 5_000));
            let found = seen.value(&signal, 5_000);
            assert!(std::mem::discriminant(&found) == expected || found == Value::Null, "{found:?}");
            seen.event(&signal, 6_000, &|_| true);
            seen.changes_at(&signal, 6_000);
            assert!(seen.save().list().len() <= 10, "{:?}", seen.save());
        }
    }
    let count = signal(configs[0]);
    let mut seen = Seen::new(&count);
    seen.restore(&count, &json(r#"[1000, "x", null, -5, 2000.5, 500, 3000]"#));
    assert_eq!(seen.save(), json("[1000, 3000]"));
}

/// All that happened: when, and what.
type History = [(u64, char)];

/// The value by its definition, from the whole history.
fn by_definition(steps: &str, counts: bool, within: u64, history: &History, now: u64) -> Value {
    let fresh: Vec<char> =
        history.iter().filter(|(time, _)| now - time < within).map(|(_, event)| *event).collect();
    if counts {
        return Value::Number(fresh.iter().filter(|event| steps.starts_with(**event)).count() as f64);
    }
    let mut wanted = steps.chars().peekable();
    for event in fresh {
        wanted.next_if_eq(&event);
    }
    Value::Bool(wanted.peek().is_none())
}

#[test]
fn windows_agree_with_their_definition() {
    let mut dice = Dice::new(2026);
    let (mut truths, mut counted) = (0, 0);
    for round in 0..400 {
        let counts = round % 2 == 0;
        let within = 1 + dice.below(40) as u64;
        let steps: String = (0..1 + dice.below(4)).map(|_| *dice.pick(&['a', 'b', 'c'])).collect();
        let seconds = within as f64 / 1000.0;
        let config = if counts {
            format!(r#"{{"count": "{}", "within": {seconds}}}"#, &steps[..1])
        } else {
            let list: Vec<String> = steps.chars().map(|step| format!(r#"{{"event": "{step}"}}"#)).collect();
            format!(r#"{{"sequence": [{}], "within": {seconds}}}"#, list.join(","))
        };
        let signal = signal(&config);
        let mut seen = Seen::new(&signal);
        let mut history = Vec::new();
        let mut now = 0;
        for _ in 0..60 {
            now += dice.below(12) as u64;
            if dice.one_in(10) {
                let saved = seen.save();
                seen = Seen::new(&signal);
                seen.restore(&signal, &saved);
            }
            if !dice.one_in(4) {
                let event = *dice.pick(&['a', 'b', 'c', 'd']);
                history.push((now, event));
                seen.event(&signal, now, &|step| is(step, &event.to_string(), &Value::Null));
            }
            let expected = by_definition(&steps, counts, within, &history, now);
            assert_eq!(value(&seen, &signal, now), expected, "{config} at {now} after {history:?}");
            truths += usize::from(expected == Value::Bool(true));
            counted += usize::from(expected.number().is_some_and(|count| count > 1.0));
        }
    }
    assert!(truths > 500 && counted > 500, "the events were too dull: {truths} {counted}");
}
