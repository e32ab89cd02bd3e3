//! What is kept of a config with mistakes: the same whether mistakes have words or, as in the tracker, are counted.
//! `cargo test --no-default-features --test kept` runs it as the tracker does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/json.rs"]
mod json;

use bharosa::config::Config;
use bharosa::fact::{Fact, FactType};
use json::json;

/// What comes of a config that is right but for these members, and how many mistakes there are.
fn decode(members: &str) -> (Config, usize) {
    let (config, report) =
        Config::decode(&json(&format!(r#"{{"version": 1, "backend": "/ws", {members}}}"#)));
    (config.unwrap(), report.len())
}

#[test]
fn what_speaks_of_a_mistake_is_left_out_too() {
    let (config, mistakes) = decode(
        r#""calendars": {"good": {"weekly": {}}, "bad": {"weekly": {"mon": "9"}}},
           "groups": {"bad": {}}, "attributes": {"bad": 1, "list": "list"},
           "signals": {"bad": {}, "good": {"count": "x"}}, "experiments": {"bad": {"variants": []}},
           "rules": [
            {"id": "a", "when": {"calendar.bad.open": true}, "then": []},
            {"id": "b", "when": {"calendar.good.open": true}, "then": []},
            {"id": "c", "when": {"attributes.bad": "x"}, "then": []},
            {"id": "d", "when": {"page.id": {"$inGroup": "bad"}}, "then": []},
            {"id": "e", "when": {"signals.bad": 1}, "then": []},
            {"id": "f", "when": {"signals.good": 1, "calendar.good.open": false}, "then": []},
            {"id": "f", "when": {}, "then": []},
            {"id": "g", "when": {"experiments.bad": "x"}, "then": []}]"#,
    );
    let ids: Vec<&str> = config.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["b", "f"]);
    assert_eq!(mistakes, 5 + 6, "in the items, and in the rules that speak of them or repeat an id");
    assert_eq!(config.attributes, [("list".to_string(), FactType::List)]);
    assert_eq!(config.calendars.len(), 1);
    let facts: Vec<(Fact, &str)> = config.facts.iter().map(|name| (name.fact, name.id.as_str())).collect();
    assert!(facts.contains(&(Fact::CalendarOpen, "good")) && facts.contains(&(Fact::Signal, "good")));
    assert!(!facts.iter().any(|(_, id)| *id == "bad"));
}

#[test]
fn the_same_fact_has_one_slot() {
    let (config, _) = decode(
        r#""rules": [{"id": "a", "when": {"page.views": 1, "page.dwell_s": {"$gt": 1}, "page.views": {"$lt": 3}}, "then": []},
                     {"id": "b", "when": {"page.dwell_s": 2}, "then": []}]"#,
    );
    assert_eq!(config.facts.len(), 2);
}

#[test]
fn each_mistake_costs_its_own_item() {
    for (items, kept, mistakes) in [
        (r#"{"id": "a", "when": {}, "then": []}"#, 1, 0),
        (r#"{"id": "a", "when": {}, "then": [], "then2": []}"#, 0, 1),
        (r#"{"id": "A", "when": {}, "then": [{}]}"#, 0, 2),
        (r#"{"id": "a", "when": {"page.views": {"$gt": "1"}}, "then": []}"#, 0, 1),
        (r#"{"id": "a", "when": {"page.views": {"$gtt": 1}, "x": 1}, "then": []}"#, 0, 2),
        (r#"{"id": "a", "when": {}, "then": [{"set": {"x": 1}}]}"#, 0, 1),
        (
            r#"{"id": "a", "when": {}, "then": [], "cooldown": "9w"}, {"id": "b", "when": {}, "then": []}"#,
            1,
            1,
        ),
        (r#"7, {"id": "b", "when": {}, "then": []}"#, 1, 1),
    ] {
        let (config, found) = decode(&format!(r#""rules": [{items}]"#));
        assert_eq!((config.rules.len(), found), (kept, mistakes), "in: {items}");
    }
    let many: Vec<String> =
        (0..1001).map(|n| format!(r#"{{"id": "r{n}", "when": {{}}, "then": []}}"#)).collect();
    let (config, found) = decode(&format!(r#""rules": [{}]"#, many.join(",")));
    assert_eq!((config.rules.len(), found), (1000, 1));
}
