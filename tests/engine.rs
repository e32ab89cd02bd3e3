//! What the engine remembers is what it would find if it looked at everything anew, whatever happens in whatever
//! order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/dice.rs"]
mod dice;

use bharosa::event::Event;
use common::{Visit, json};
use dice::Dice;

/// Every kind of fact: fixed, of the page, of events, of time (growing and shrinking), pushed, with and without an id.
const FACTS: [(&str, &[&str]); 22] = [
    ("page.id", &["\"auto\"", "\"rates\"", "{\"$in\": [\"auto\", \"home\"]}", "{\"$ne\": \"rates\"}"]),
    (
        "page.path",
        &["{\"$regex\": \"^/(loans|rates)\"}", "{\"$glob\": \"/loans/*\"}", "{\"$endsWith\": \"s\"}"],
    ),
    ("page.query.product", &["\"suv\"", "{\"$exists\": true}", "{\"$exists\": false}"]),
    ("page.dwell_s", &["{\"$gte\": 5}", "{\"$gt\": 5, \"$lt\": 9.5}", "{\"$not\": {\"$gte\": 12}}", "7"]),
    ("page.visible_s", &["{\"$gte\": 8}", "{\"$nin\": [3, 4]}", "{\"$lte\": 0.25}"]),
    ("page.elapsed_s", &["{\"$gte\": 10}", "{\"$lt\": 20}"]),
    ("page.scroll_pct", &["{\"$gte\": 50}"]),
    ("page.views", &["{\"$gt\": 1}"]),
    ("section.fees.visible_s", &["{\"$gte\": 3}"]),
    ("section.fees.continuous_s", &["{\"$gte\": 2}", "{\"$lt\": 1}"]),
    ("session.pages", &["{\"$gte\": 2}", "{\"$lt\": 4}"]),
    ("session.duration_s", &["{\"$gte\": 30}"]),
    ("session.idle_s", &["{\"$gte\": 6}", "{\"$lt\": 2}"]),
    ("form.apply.hesitation_s", &["{\"$gte\": 4}"]),
    ("form.apply.errors", &["{\"$gte\": 2}"]),
    ("calendar.branch.open", &["true", "false"]),
    ("calendar.branch.opens_in_s", &["{\"$lte\": 30}", "{\"$gt\": 10}"]),
    ("queue.loans.wait_s", &["{\"$lt\": 60}", "{\"$not\": {\"$lt\": 60}}", "{\"$exists\": false}"]),
    ("attributes.segment", &["\"gold\"", "{\"$ne\": \"gold\"}"]),
    ("signals.clicks", &["{\"$gte\": 2}", "{\"$lt\": 1}"]),
    ("signals.path", &["true", "false"]),
    ("signals.since", &["{\"$lt\": 5}", "{\"$gte\": 5}"]),
];

fn condition(dice: &mut Dice, depth: usize) -> String {
    let lines: Vec<String> = (0..1 + dice.below(3))
        .map(|_| match dice.below(if depth > 1 { 1 } else { 8 }) {
            1 => format!("\"$or\": [{}, {}]", condition(dice, depth + 1), condition(dice, depth + 1)),
            2 => format!("\"$not\": {}", condition(dice, depth + 1)),
            3 => format!("\"$nor\": [{}]", condition(dice, depth + 1)),
            _ => {
                let (name, tests) = dice.pick(&FACTS);
                format!("\"{name}\": {}", dice.pick(tests))
            }
        })
        .collect();
    format!("{{{}}}", lines.join(", "))
}

fn config(dice: &mut Dice) -> String {
    let rules: Vec<String> = (0..12)
        .map(|index| {
            let when = condition(dice, 0);
            let delay = if dice.one_in(4) { ", \"delay\": 2" } else { "" };
            format!(
                r#"{{"id": "r{index}", "when": {when}, "then": [{{"emit": {{"name": "x"}}}}],
                    "cap": {{"page": 3, "session": 50}}{delay}}}"#
            )
        })
        .collect();
    format!(
        r#"{{"version": 1, "backend": "/ws",
        "pages": {{"auto": "/loans/auto*", "home": "/loans/home", "rates": "/rates"}},
        "tracking": {{"idle_s": 8, "query": ["product"]}}, "queues": {{"loans": {{"name": "Loans"}}}},
        "attributes": {{"segment": "text"}},
        "calendars": {{"branch": {{"zone": "UTC", "weekly": {{"thu": ["00:01-00:02"], "fri": ["00:00-24:00"]}}}}}},
        "signals": {{"clicks": {{"count": "click", "within": 7}},
                     "path": {{"sequence": [{{"page": "auto"}}, {{"event": "click"}}], "within": "9s"}},
                     "since": {{"since": "click"}}}},
        "rules": [{}]}}"#,
        rules.join(",\n")
    )
}

fn event(dice: &mut Dice) -> Event {
    let (name, argument) = *dice.pick(&[
        ("view", r#"{"path": "/loans/auto", "query": {"product": "suv"}}"#),
        ("view", r#"{"path": "/rates"}"#),
        ("moved", r#"{"path": "/loans/home", "push": true}"#),
        ("moved", r#"{"path": "/loans/auto/new", "push": false}"#),
        ("visible", "true"),
        ("visible", "true"),
        ("visible", "false"),
        ("focused", "true"),
        ("focused", "false"),
        ("activity", "null"),
        ("activity", "null"),
        ("scroll", "60"),
        ("section", r#"{"id": "fees", "seen": true}"#),
        ("section", r#"{"id": "fees", "seen": false}"#),
        ("form", r#"{"id": "apply", "kind": "focus"}"#),
        ("form", r#"{"id": "apply", "kind": "error"}"#),
        ("form", r#"{"id": "apply", "kind": "blur"}"#),
        ("queue", r#"{"queue": "loans", "wait_s": 30, "for_s": 4}"#),
        ("set", r#"{"segment": "gold"}"#),
        ("set", r#"{"segment": null}"#),
        ("track", r#"{"name": "click"}"#),
        ("track", r#"{"name": "click"}"#),
        ("consent", "true"),
        ("consent", "false"),
        ("dismissed", "null"),
        ("tick", "null"),
    ]);
    Event::decode(name, json(argument)).unwrap()
}

#[test]
fn what_is_remembered_is_what_a_full_sweep_finds() {
    let (mut held, mut looked) = (0, 0);
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        let config = config(&mut dice);
        let mut visit = Visit::new(&config);
        // Before the first page there are no facts at all.
        visit.run("0s view /");
        let mut now = 0;
        for _ in 0..60 {
            now += [0, 1, 40, 250, 999, 1000, 2500, 11_000][dice.below(8)];
            visit.until(now);
            visit.send(event(&mut dice));
            for (rule, (remembered, anew)) in visit.tracker.holding().into_iter().enumerate() {
                assert_eq!(
                    remembered,
                    anew,
                    "seed {seed}, at {now} ms, rule {rule} of {config}\n{:?}",
                    visit.tracker.facts()
                );
                held += usize::from(anew);
                looked += 1;
            }
        }
    }
    // Rules that never hold, or always do, would prove nothing.
    assert!(held > looked / 10 && held < looked * 9 / 10, "{held} of {looked}");
}

#[test]
fn every_wake_up_comes_in_time() {
    // With wake-ups alone, and nothing else happening, a rule about time fires at its threshold and not later.
    for (when, expected) in [
        (r#"{"page.dwell_s": {"$gte": 5}}"#, "5"),
        (r#"{"page.dwell_s": {"$gt": 5}}"#, "5.001"),
        (r#"{"page.visible_s": {"$gte": 0.25}}"#, "0.25"),
        (r#"{"page.elapsed_s": {"$gte": 3}, "page.visible_s": {"$lt": 9}}"#, "3"),
        (r#"{"session.idle_s": {"$gte": 6}}"#, "6"),
        (r#"{"calendar.branch.open": true}"#, "60"),
        (r#"{"calendar.branch.opens_in_s": {"$lt": 20}}"#, "40.001"),
        (r#"{"calendar.branch.opens_in_s": {"$lte": 20}}"#, "40"),
        (r#"{"$or": [{"page.dwell_s": 7}, {"page.dwell_s": {"$gte": 90}}]}"#, "7"),
        (r#"{"$nor": [{"page.elapsed_s": {"$lt": 4}}]}"#, "4"),
    ] {
        let config = format!(
            r#"{{"version": 1, "backend": "/ws",
            "calendars": {{"branch": {{"zone": "UTC", "weekly": {{"thu": ["00:01-00:02"]}}}}}},
            "rules": [{{"id": "r", "when": {when}, "then": [{{"open": "chat"}}]}}]}}"#
        );
        let mut visit = Visit::new(&config);
        visit.run("0s view /loans/auto");
        let fired = (0..70_000).find(|at| {
            visit.until(*at);
            visit.emitted.iter().any(|(name, _)| name == "fired")
        });
        let fired = fired.map(|at| (at as f64 / 1000.0).to_string());
        assert_eq!(fired.as_deref(), Some(expected), "{when}");
        assert!(visit.ticks < 6, "{when} woke {} times", visit.ticks);
    }
}
