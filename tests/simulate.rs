//! A recorded visit happens again at a desk: the timeline, and what held each rule back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bharosa::cli::{Outcome, run};
use std::io::{Error, ErrorKind};

/// Runs `bharosa simulate config trace` with these texts as files.
fn simulate(config: &str, trace: &str, more: &[&str]) -> Outcome {
    let arguments =
        ["bharosa", "simulate", "config", "trace"].iter().chain(more).map(|word| word.to_string());
    run(&arguments.collect::<Vec<_>>(), &|name| match name {
        "config" => Ok(config.to_string()),
        "trace" if !trace.is_empty() => Ok(trace.to_string()),
        _ => Err(Error::new(ErrorKind::NotFound, "no such file")),
    })
}

/// A config with these members.
fn config(members: &str) -> String {
    format!(r#"{{"version": 1, "backend": "/ws", {members}}}"#)
}

/// A visit in Lahore that begins on Wednesday, 2026-11-25 at noon, with these events: seconds and what follows them.
fn visit(events: &[(f64, &str)]) -> String {
    let begin = 1_795_590_000_000_u64;
    let event = |(at, rest): &(f64, &str)| {
        let at = (at * 1000.0) as u64;
        format!("[{}, {}, {rest}]", 5000 + at, begin + at)
    };
    let events: Vec<String> = events.iter().map(event).collect();
    format!(
        r#"{{"trace": 1, "about": {{"lang": "en", "direction": "ltr", "device": "phone", "zone": "Asia/Karachi"}},
            "events": [{}]}}"#,
        events.join(",")
    )
}

const VISIBLE: (f64, &str) = (0.0, r#""visible", true"#);
const FOCUSED: (f64, &str) = (0.0, r#""focused", true"#);

fn view(at: f64, path: &str) -> (f64, String) {
    (at, format!(r#""view", {{"path": "{path}", "query": {{}}, "referrer": "", "resumed": false}}"#))
}

#[test]
fn the_example_is_told_to_the_end() {
    let outcome = simulate(
        include_str!("../examples/configs/demo-bank.json"),
        include_str!("../examples/traces/auto-loans.json"),
        &[],
    );
    for line in [
        "    31.5 s    the rule auto-loan-help fires",
        "    31.5 s    message: Questions about Auto loans? A loan officer can help you now.",
        "    31.5 s        [Yes, please] [No, thanks]",
        "    39.0 s    a person is asked for in queue loans, skill auto: Read Auto loans for 15 seconds",
        "auto-loan-help: fired at 31.5 s",
        "     5.0 s  waiting: page.dwell_s is 12.5, needs at least 15",
        "    59.0 s  blocked: it has fired as often as its cap allows: 1 per session",
    ] {
        assert!(outcome.printed.lines().any(|printed| printed == line), "{line}\nin:\n{}", outcome.printed);
    }
    assert_eq!((outcome.code, outcome.complained.as_str()), (0, ""));
}

#[test]
fn it_wakes_when_the_config_of_now_wants_it() {
    let rules = config(
        r#""rules": [{"id": "later", "when": {"page.visible_s": {"$gte": 7}}, "then": [{"say": {"text": "Hello"}}]},
                     {"id": "soon", "when": {"page.elapsed_s": {"$gt": 2}}, "then": [{"emit": {"name": "two"}}], "delay": "1.5s"}]"#,
    );
    let begin = view(0.0, "/a");
    // The wake-ups of the recording are of another config: they change nothing.
    let events =
        [VISIBLE, FOCUSED, (0.0, begin.1.as_str()), (1.0, r#""tick", null"#), (20.0, r#""visible", false"#)];
    let printed = simulate(&rules, &visit(&events), &[]).printed;
    for line in [
        "7.0 s    the rule later fires",
        "the page hears two",
        "later: fired at 7.0 s",
        "soon: fired at 3.5 s",
    ] {
        assert!(printed.contains(line), "{line}\nin:\n{printed}");
    }
}

#[test]
fn calendars_are_in_their_own_zones() {
    let rules = config(
        r#""calendars": {"here": {"weekly": {"wed": ["12:00-12:30"]}},
                         "there": {"zone": "Europe/London", "weekly": {"wed": ["07:00-07:01"]}}},
           "rules": [{"id": "here", "when": {"calendar.here.open": true, "time.hour": 12}, "then": []},
                     {"id": "there", "when": {"calendar.there.open": true}, "then": []},
                     {"id": "closed", "when": {"calendar.there.open": false}, "then": []}]"#,
    );
    let begin = view(0.0, "/a");
    let events = [VISIBLE, FOCUSED, (0.0, begin.1.as_str()), (90.0, r#""activity", null"#)];
    let printed = simulate(&rules, &visit(&events), &[]).printed;
    for line in ["here: fired at 0.0 s", "there: fired at 0.0 s", "closed: fired at 60.0 s"] {
        assert!(printed.contains(line), "{line}\nin:\n{printed}");
    }
}

#[test]
fn what_is_left_to_chance_is_the_same_for_the_same_seed() {
    let rules = config(
        r#""experiments": {"e": {"variants": ["x", "y"]}},
           "rules": [{"id": "x", "when": {"experiments.e": "x"}, "then": []},
                     {"id": "y", "when": {"experiments.e": "y"}, "then": []}]"#,
    );
    let begin = view(0.0, "/a");
    let trace = visit(&[VISIBLE, FOCUSED, (0.0, begin.1.as_str()), (1.0, r#""visible", false"#)]);
    let mut seen = [0, 0];
    for seed in 0..40 {
        let seed = seed.to_string();
        let told = || simulate(&rules, &trace, &["--seed", &seed]).printed;
        let printed = told();
        assert_eq!(printed, told(), "seed {seed}");
        seen[usize::from(printed.contains("y: fired"))] += 1;
    }
    assert!(seen[0] > 5 && seen[1] > 5, "{seen:?}");
}

#[test]
fn what_is_no_visit_is_a_sentence() {
    let good = config(r#""rules": []"#);
    let begin = view(0.0, "/a");
    for (config, trace, expected) in [
        (good.as_str(), "", "trace: cannot be read: no such file"),
        (&good, "{", "trace: this is not JSON: at 1:2 the file ends before the { of 1:1 is closed; add }"),
        (&good, "{}", "trace: this is no visit recorded with bharosa.trace(): it lacks \"trace\": 1"),
        (
            &good,
            r#"{"trace": 1, "events": [[1, 2]]}"#,
            "trace: events[0]: expected [ms, ms since 1970, name, argument] of an event",
        ),
        (
            &good,
            r#"{"trace": 1, "events": [[1, 2, "none", 1]]}"#,
            "trace: events[0]: there is no event \"none\"; docs/traces.md lists all",
        ),
        (
            &good,
            r#"{"trace": 1, "events": [[1, 2, "visble", true]]}"#,
            "trace: events[0]: there is no event \"visble\", did you mean \"visible\"?",
        ),
        (
            &good,
            r#"{"trace": 1, "events": {}}"#,
            "trace: events: expected a list of what happened; docs/traces.md describes it",
        ),
        (
            &good,
            r#"{"trace": 1, "events": [[5, 5, "exit"], [4, 6, "exit"]]}"#,
            "trace: events[1]: comes before the one before it",
        ),
        ("[]", &visit(&[(0.0, &begin.1)]), "config: cannot be used; `cargo bharosa check config` says why"),
    ] {
        let outcome = simulate(config, trace, &[]);
        assert_eq!((outcome.complained.trim_end(), outcome.code), (expected, 1), "{config} {trace}");
        assert_eq!(outcome.printed, "", "{trace}");
    }
    let left_out = self::config(r#""rules": [{"id": "A", "when": {}, "then": []}]"#);
    let outcome = simulate(&left_out, &visit(&[VISIBLE]), &[]);
    assert!(
        outcome.complained.starts_with("config: 1 mistake; what has one is left out"),
        "{}",
        outcome.complained
    );
    assert_eq!(outcome.code, 0);
}

#[test]
fn what_falls_on_a_wake_up_is_told_at_its_time() {
    let rules = config(
        r#""rules": [{"id": "seven", "when": {"page.elapsed_s": {"$gte": 7}}, "then": [{"say": {"text": "Hello"}}]},
                     {"id": "quiet", "when": {"page.elapsed_s": {"$gte": 9}}, "then": [{"set": {"n": 1}}]}],
           "attributes": {"n": "number"}"#,
    );
    let begin = view(0.0, "/a");
    // Nobody is told of the activity, which comes at the very moment of the wake-up and takes its place.
    let events = [
        VISIBLE,
        FOCUSED,
        (0.0, begin.1.as_str()),
        (7.0, r#""activity", null"#),
        (9.0, r#""activity", null"#),
        (20.0, r#""visible", false"#),
    ];
    let printed = simulate(&rules, &visit(&events), &[]).printed;
    let history = |rule: &str| {
        let of_rule = printed.split(&format!("\n{rule}: ")).nth(1).unwrap().split("\n\n").next().unwrap();
        of_rule.lines().map(|line| line.trim().split("  ").next().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(history("seven"), ["fired at 7.0 s", "0.0 s", "7.0 s"], "{printed}");
    assert_eq!(history("quiet"), ["fired at 9.0 s", "0.0 s", "9.0 s"], "{printed}");
}

#[test]
fn what_the_tracker_does_not_understand_is_passed_over() {
    let trace = visit(&[VISIBLE, (1.0, r#""track", {"detail": 1}"#), (2.0, r#""exit""#)]);
    let outcome = simulate(&config(r#""rules": []"#), &trace, &[]);
    assert_eq!(
        outcome.complained,
        "trace: events[1]: is left out: \"track\" does not go with this, but with one like {\"name\": \"calculated\", \"detail\": {\"years\": 4}}\n"
    );
    assert_eq!(outcome.printed, "     0.0 s  visible true\n     2.0 s  exit\n");
    assert_eq!(outcome.code, 0);
}
