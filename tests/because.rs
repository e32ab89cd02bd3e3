//! Why a rule acts goes with everything it causes, and with nothing that the visitor or the page caused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use bharosa::value::Value;
use common::{Visit, json};

/// A config in which the one rule `a` does `then` on the page /auto, after a second of reading.
fn config(then: &str) -> String {
    format!(
        r#"{{"version": 1, "backend": "/ws", "pages": {{"auto": {{"match": "/auto", "name": "Auto loans"}}}},
            "queues": {{"loans": {{"name": "Loans"}}}}, "attributes": {{"segment": "text"}},
            "rules": [{{"id": "a", "when": {{"page.id": "auto", "page.dwell_s": {{"$gte": 1}}}}, "then": [{then}]}}]}}"#
    )
}

/// What went to the panel or to the page, each with what caused it: `open a page.id=auto page.dwell_s=1`.
fn causes(visit: &mut Visit) -> Vec<String> {
    visit
        .causes
        .drain(..)
        .filter(|(_, cause)| *cause != Value::Null)
        .map(|(name, cause)| {
            let mut line = format!("{name} {}", cause.text_at("rule").unwrap());
            for because in cause.get("because").unwrap().list() {
                let text = |key| because.text_at(key).unwrap();
                line += &format!(" {}={}", text("key"), text("value"));
                assert_eq!(text("name"), "Auto loans");
            }
            line
        })
        .collect()
}

#[test]
fn every_action_says_which_rule_and_why() {
    const WHY: &str = "a page.id=auto page.dwell_s=1";
    for (then, expected) in [
        (r#"{"open": "chat"}"#, &["open"][..]),
        (r#"{"route": {"queue": "loans"}}"#, &["route"]),
        (r#"{"fees": {"product": "card"}}"#, &["fees", "fees"]),
        (r#"{"ask": {"survey": "nps"}}"#, &["ask", "ask"]),
        (r#"{"emit": {"name": "seen"}}"#, &["seen"]),
        (r#"{"say": {"text": "Help?"}}"#, &["say"]),
        (r#"{"offer": {"kind": "phone", "text": "?", "label": "Call", "link": "tel:+4930"}}"#, &["say"]),
        (r#"{"set": {"segment": "gold"}}, {"emit": {"name": "seen"}}, {"open": "chat"}"#, &["seen", "open"]),
    ] {
        let mut visit = Visit::new(&config(then));
        visit.run("0s view /auto | 1s use");
        let expected: Vec<String> = expected.iter().map(|name| format!("{name} {WHY}")).collect();
        assert_eq!(causes(&mut visit), expected, "{then}");
        let fired = &visit.emitted.iter().find(|(name, _)| name == "fired").expect("fired").1;
        assert_eq!(fired.text_at("rule"), Some("a"), "the page hears the same as it fires");
    }
}

#[test]
fn what_a_reply_brings_about_has_the_reasons_of_the_message() {
    let then = r#"{"say": {"text": "Help?", "replies": [
        {"text": "Yes", "then": [{"route": {"queue": "loans"}}, {"emit": {"name": "yes"}}]}, {"text": "No"}]}}"#;
    let mut visit = Visit::new(&config(then));
    visit.run("0s view /auto | 1s use | 9s reply 0");
    let why = "a page.id=auto page.dwell_s=1";
    assert_eq!(causes(&mut visit), [format!("say {why}"), format!("route {why}"), format!("yes {why}")]);
    let mut visit = Visit::new(&config(then));
    visit.run("0s view /auto | 1s use | 9s dismiss");
    assert_eq!(causes(&mut visit), [format!("say {why}"), format!("dismissed {why}")]);
}

#[test]
fn what_visitors_and_pages_do_themselves_has_no_rule_behind_it() {
    let mut visit = Visit::new(&config(r#"{"emit": {"name": "seen"}}"#));
    visit.run("0s view /auto | 0.1s press | 0.2s opened | 0.3s send open | 0.4s send close | 0.5s closed | 0.6s live");
    assert!(visit.causes.len() > 4, "{:?}", visit.causes);
    assert_eq!(causes(&mut visit), [""; 0]);
}

#[test]
fn an_experiment_says_for_which_rule_it_matters() {
    let config = config(r#"{"emit": {"name": "seen"}}"#)
        .replace(r#""page.id": "auto""#, r#""page.id": "auto", "experiments.warm": "warm""#)
        .replace("\"rules\"", r#""experiments": {"warm": {"variants": ["control", "warm"]}}, "rules""#);
    for (variant, expected) in [
        (
            "warm",
            &[
                "experiment a page.id=auto experiments=warm page.dwell_s=1",
                "seen a page.id=auto experiments=warm page.dwell_s=1",
            ][..],
        ),
        ("control", &["experiment a page.id=auto page.dwell_s=1"]),
    ] {
        let mut visit = Visit::new(&config);
        visit.run(&format!("0s view /auto?warm={variant} | 1s use"));
        for (_, cause) in &mut visit.causes {
            // The variant is about the experiment, not about the page.
            *cause = json(&bharosa::json::write(cause).replace(r#""name":"warm""#, r#""name":"Auto loans""#));
        }
        assert_eq!(causes(&mut visit), expected);
    }
}

#[test]
fn a_link_that_is_followed_is_told_and_ends_the_message() {
    let offer = r#"{"offer": {"kind": "phone", "text": "?", "label": "Call", "link": "tel:+4930"}}"#;
    let config = config(offer).replace(
        "\"rules\": [",
        r#""signals": {"calls": {"count": "link_followed", "where": {"rule": "a"}}}, "rules": [
                {"id": "b", "when": {"signals.calls": 1}, "then": [{"emit": {"name": "thanks"}}]}, "#,
    );
    let mut visit = Visit::new(&config);
    assert_eq!(visit.run("0s view /auto | 1s use | 2s send followed"), "say a | hide");
    assert_eq!(visit.told("followed", "rule"), ["a"]);
    let mut visit = Visit::new(&config);
    visit.run("0s view /auto | 0.5s send followed");
    assert_eq!(visit.told("followed", "rule"), [""; 0], "there is no message");
    let mut visit = Visit::new(&config);
    visit.run("0s view /auto | 1s use | 2s send followed");
    assert!(visit.emitted.iter().any(|(name, _)| name == "thanks"), "signals count it");
    assert!(!visit.emitted.iter().any(|(name, _)| name == "dismissed"), "it is no dismissal");
}

#[test]
fn the_shell_gets_the_cause_behind_name_and_argument() {
    use bharosa::effect::Effect;
    use bharosa::offer::Offer;
    let cause = json(r#"{"rule": "a", "because": []}"#);
    let written = |effect: Effect| bharosa::json::write(&effect.to_value());
    assert_eq!(
        written(Effect::Emit("x".into(), Value::Null, cause.clone())),
        r#"["emit",{"name":"x"},{"rule":"a","because":[]}]"#
    );
    assert_eq!(
        written(Effect::Offer(Offer::Close, cause)),
        r#"["offer",{"kind":"close"},{"rule":"a","because":[]}]"#
    );
    assert_eq!(written(Effect::Offer(Offer::Close, Value::Null)), r#"["offer",{"kind":"close"}]"#);
}
