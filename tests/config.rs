//! The config: every mistake is named by its path, and nothing but the mistake is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/json.rs"]
mod json;
#[path = "common/random.rs"]
mod random;

use bharosa::chat::Settings;
use bharosa::config::Config;
use bharosa::value::Value;
use dice::Dice;
use json::json;

const DEMO: &str = include_str!("../examples/configs/demo-bank.json");

/// The mistakes found in `text`, a line each.
fn mistakes(text: &str) -> Vec<String> {
    Config::decode(&json(text)).1.iter().map(|error| error.sentence()).collect()
}

/// A config that is right but for these members.
fn with(members: &str) -> String {
    format!(r#"{{"version": 1, "backend": "/ws", {members}}}"#)
}

fn check(members: &str, expected: &[&str]) {
    assert_eq!(mistakes(&with(members)), expected, "in: {members}");
}

/// The same for a rule's condition; paths are given below `rules[0].when`.
fn check_when(condition: &str, expected: &str) {
    let rule = format!(r#""rules": [{{"id": "a", "when": {condition}, "then": []}}]"#);
    check(&rule, &[&format!("rules[0].when{expected}")]);
}

/// The same for what a rule does; paths are given below `rules[0].then`.
fn check_then(actions: &str, expected: &str) {
    let rule = format!(r#""rules": [{{"id": "a", "when": {{}}, "then": {actions}}}]"#);
    check(&rule, &[&format!("rules[0].then{expected}")]);
}

#[test]
fn the_demo_has_no_mistakes() {
    assert_eq!(mistakes(DEMO), [""; 0]);
    let config = Config::decode(&json(DEMO)).0.unwrap();
    assert_eq!((config.pages.len(), config.language.as_str(), config.idle), (7, "en", 30_000));
    let settings = Settings::decode(&json(DEMO), "ur");
    assert_eq!((settings.queue.as_str(), settings.queue_name("loans")), ("general", "قرضے"));
    assert_eq!(settings.queue_name("no-such-queue"), "no-such-queue");
}

#[test]
fn names_what_is_missing_or_unknown() {
    for (text, expected) in [
        ("{}", &["version: is missing", "backend: is missing"][..]),
        (r#"{"version": 2, "backend": "/ws"}"#, &["version: must be 1"]),
        (r#"{"version": "1", "backend": "/ws"}"#, &["version: expected a number, found a text"]),
        (r#"{"version": 1, "backend": 5}"#, &["backend: expected a text, found a number"]),
        ("[]", &["config: expected an object, found a list"]),
        ("null", &["config: expected an object, found null"]),
    ] {
        assert_eq!(mistakes(text), expected, "in: {text}");
    }
    check(r#""rulez": []"#, &[r#"rulez: unknown field, did you mean "rules"?"#]);
    check(r#""zzzzzzzz": 1"#, &["zzzzzzzz: unknown field"]);
    check(r##""brand": {"colour": "#ffffff"}"##, &[r#"brand.colour: unknown field, did you mean "color"?"#]);
    check(r#""rules": [{"id": "a"}]"#, &["rules[0].when: is missing", "rules[0].then: is missing"]);
}

#[test]
fn names_what_does_not_fit() {
    for (members, expected) in [
        (r#""pages": []"#, "pages: expected an object, found a list"),
        (r#""pages": {"a": 1}"#, "pages.a: expected an object, found a number"),
        (r#""pages": {"a": {}}"#, "pages.a.match: is missing"),
        (r#""pages": {"a": {"match": [1]}}"#, "pages.a.match[0]: expected a text, found a number"),
        (r#""languages": ["EN"]"#, "languages[0]: must be 1 to 64 of a-z, 0-9, - and _"),
        (r#""languages": "en""#, "languages: expected a list, found a text"),
        (
            r#""launcher": {"label": 3}"#,
            "launcher.label: expected a text or an object of texts by language, found a number",
        ),
        (r#""launcher": {"label": {"en": 3}}"#, "launcher.label.en: expected a text, found a number"),
        (r#""tracking": {"idle_s": 4}"#, "tracking.idle_s: must be from 5 to 600"),
        (r#""brand": {"color": "green"}"#, "brand.color: must be a colour like #0b5d4b"),
        (r##""brand": {"color": "#12345"}"##, "brand.color: must be a colour like #0b5d4b"),
        (r##""brand": {"color": "#gggggg"}"##, "brand.color: must be a colour like #0b5d4b"),
        (
            r#""brand": {"position": "ende"}"#,
            r#"brand.position: unknown word, did you mean "end"? It must be one of: end, start"#,
        ),
        (
            r#""brand": {"position": "left"}"#,
            r#"brand.position: unknown word, did you mean "start"? It must be one of: end, start"#,
        ),
        (r#""queues": {"loans": {}}"#, "queues.loans.name: is missing"),
    ] {
        check(members, &[expected]);
    }
}

#[test]
fn only_safe_addresses_pass() {
    let contact = "contact: must begin with one of: / https:// mailto: tel:";
    for link in
        ["javascript:alert(1)", "http://x", "//evil.example", " /x", "data:text/html,x", "JAVASCRIPT:x", ""]
    {
        check(&format!(r#""contact": "{link}""#), &[contact]);
    }
    for link in ["/contact", "https://bank.example/help", "mailto:help@bank.example", "tel:+4912345"] {
        check(&format!(r#""contact": "{link}""#), &[]);
    }
    let backend = ["backend: must begin with one of: / wss:// ws:// https:// http://"];
    for address in ["//evil.example", "ftp://x", "javascript:x", "ws"] {
        assert_eq!(mistakes(&format!(r#"{{"version": 1, "backend": "{address}"}}"#)), backend, "{address}");
    }
}

#[test]
fn conditions_are_checked_to_the_last_word() {
    check_when(
        r#"{"page.dwell_s": {"$gtt": 1}}"#,
        r#".page.dwell_s.$gtt: unknown operator, did you mean "$gt"?"#,
    );
    check_when(
        r#"{"page.dwell_s": {"$gtee": 1}}"#,
        r#".page.dwell_s.$gtee: unknown operator, did you mean "$gte"?"#,
    );
    check_when(r#"{"page.dwel_s": 1}"#, r#".page.dwel_s: unknown fact, did you mean "page.dwell_s"?"#);
    check_when(r#"{"moon.phase": 1}"#, ".moon.phase: unknown fact");
    check_when(r#"{"$orr": []}"#, r#".$orr: unknown operator, did you mean "$or"?"#);
    check_when(r#"{"page.dwell_s": "40"}"#, ".page.dwell_s: expected a number, found a text");
    check_when(r#"{"page.id": {"$in": ["a", 1]}}"#, ".page.id.$in[1]: expected a text, found a number");
    check_when(r#"{"page.id": {"$in": "a"}}"#, ".page.id.$in: expected a list, found a text");
    check_when(r#"{"$or": {}}"#, ".$or: expected a list, found an object");
    check_when(r#"{"$or": [1]}"#, ".$or[0]: expected an object, found a number");
    check_when("[]", ": expected an object, found a list");
}

#[test]
fn conditions_have_limits() {
    let deep = r#"{"$not": "#.repeat(9) + "{}" + &"}".repeat(9);
    check_when(&deep, &(".$not".repeat(9) + ": must be at most 8 levels deep"));
    let wide: Vec<&str> = vec![r#"{"page.views": 1}"#; 64];
    check_when(&format!(r#"{{"$or": [{}]}}"#, wide.join(",")), ": must have at most 64 parts");
    let long: Vec<&str> = vec!["1"; 257];
    check_when(
        &format!(r#"{{"page.views": {{"$in": [{}]}}}}"#, long.join(",")),
        ".page.views.$in: must have at most 256 items, and has 257: 1 too many",
    );
}

#[test]
fn actions_are_one_at_a_time() {
    let one = "[0]: must have exactly one of: say, open, route, fees, ask, offer, set, emit";
    check_then(r#"[{}]"#, one);
    check_then(r#"[{"open": "chat", "route": {"queue": "a"}}]"#, one);
    check_then(r#"[{"sayy": {"text": "x"}}]"#, r#"[0].sayy: unknown field, did you mean "say"?"#);
    check_then(r#"[{"open": "window"}]"#, r#"[0].open: unknown word, did you mean "chat"?"#);
    check_then(r#"[{"route": {}}]"#, "[0].route.queue: is missing");
    check_then(
        r#"[{"say": {"text": "x", "replies": [{"text": "y", "then": [{"say": {}}]}]}}]"#,
        "[0].say.replies[0].then[0].say: unknown field; it must be one of: open, route, fees, ask, set, emit",
    );
    let many: Vec<&str> = vec![r#"{"open": "chat"}"#; 9];
    check_then(&format!("[{}]", many.join(",")), ": must have at most 8 items, and has 9: 1 too many");
    let long = "x".repeat(2001);
    check_then(
        &format!(r#"[{{"say": {{"text": "{long}"}}}}]"#),
        "[0].say.text: must have at most 2000 characters, and has 2001: 1 too many",
    );
}

#[test]
fn a_bad_rule_is_left_out_and_the_others_work() {
    let (config, errors) = Config::decode(&json(&with(
        r#""tracking": {"idle_s": 1}, "pages": {"goodbye": 1, "good": "/g"}, "rules": [
            {"id": "one", "when": {}, "then": []},
            {"id": "two", "when": {"page.nonsense": 1}, "then": []},
            {"id": "three", "when": {}, "then": [], "cap": {"session": 2}, "priority": 7}]"#,
    )));
    assert_eq!(errors.len(), 3);
    let config = config.unwrap();
    let rules: Vec<_> =
        config.rules.iter().map(|rule| (rule.id.as_str(), rule.cap.session, rule.priority)).collect();
    assert_eq!(rules, [("one", 1, 0.0), ("three", 2, 7.0)]);
    assert_eq!(config.pages.iter().map(|page| page.id.as_str()).collect::<Vec<_>>(), ["good"]);
    assert_eq!(config.idle, 30_000, "the default instead of the mistake");
}

#[test]
fn what_is_no_config_is_refused() {
    for text in ["null", "[]", "3", "{}", r#"{"version": 2, "backend": "/ws"}"#, r#"{"version": 1}"#] {
        assert!(Config::decode(&json(text)).0.is_err(), "{text}");
    }
    assert!(
        Config::decode(&json(&with(r#""rules": 7, "pages": 7"#))).0.is_ok(),
        "the chat works without rules"
    );
}

#[test]
fn rule_ten_is_not_mistaken_for_rule_one() {
    let rules: Vec<String> = (0..12)
        .map(|n| {
            format!(
                r#"{{"id": "r{n}", "when": {{"{}": 1}}, "then": []}}"#,
                if n == 1 { "x" } else { "page.views" }
            )
        })
        .collect();
    let config = Config::decode(&json(&with(&format!(r#""rules": [{}]"#, rules.join(","))))).0.unwrap();
    let ids: Vec<&str> = config.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["r0", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11"]);
}

#[test]
fn no_config_can_make_it_fail() {
    let demo = json(DEMO);
    let mut dice = Dice::new(5);
    let mut usable = 0;
    for _ in 0..5_000 {
        let value = random::damaged(&demo, &mut dice);
        let _ = Settings::decode(&value, "en");
        usable += usize::from(Config::decode(&value).0.is_ok());
    }
    assert!(usable > 2_500, "most of them should be usable, or this tries nothing: {usable}");
    let mut deep = Value::Null;
    for _ in 0..bharosa::value::MAX_DEPTH {
        deep = Value::List(vec![deep]);
    }
    assert!(Config::decode(&deep).0.is_err());
}
