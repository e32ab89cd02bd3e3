//! The command line, from what is typed and read to what is printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/command.rs"]
mod command;

use bharosa::cli::{Issue, issues};
use bharosa::json;
use bharosa::value::Value;
use command::bharosa;
use std::io::Write;
use std::process::{Command, Stdio};

const GOOD: &str = r#"{"version": 1, "backend": "/ws"}"#;
const BAD: &str = "{\n  \"version\": 1,\n  \"backend\": \"/ws\",\n  \"rulez\": [],\n  \"rules\": [\n    {\"id\": \"ä\", \"when\": {\"page.dwel_s\": 1}, \"then\": []}\n  ]\n}";

#[test]
fn check_says_what_and_where() {
    let outcome = bharosa("check bank.json", &[("bank.json", BAD)]);
    assert_eq!(
        outcome.printed,
        "bank.json:4:3: error: rulez: unknown field, did you mean \"rules\"?\n\
         bank.json:6:6: error: rules[0].id: must be 1 to 64 of a-z, 0-9, - and _\n\
         bank.json:6:26: error: rules[0].when.page.dwel_s: unknown fact, did you mean \"page.dwell_s\"?\n\
         bank.json: 3 mistakes, no warnings\n"
    );
    assert_eq!(outcome.code, 1);
    let outcome = bharosa("check a.json b.json", &[("a.json", GOOD), ("b.json", BAD)]);
    assert!(
        outcome.printed.starts_with("a.json: no mistakes, no warnings\nb.json:4:3"),
        "{}",
        outcome.printed
    );
    assert_eq!(outcome.code, 1);
    assert_eq!(bharosa("check a.json", &[("a.json", GOOD)]).code, 0);
}

#[test]
fn what_cannot_be_read_is_a_sentence_too() {
    let outcome = bharosa("check x", &[("x", "[]")]);
    assert_eq!(outcome.printed.lines().next(), Some("x:1:1: error: expected an object, found a list"));
    let outcome = bharosa("check none.json", &[]);
    assert_eq!(
        outcome.printed,
        "none.json: error: cannot be read: no such file\nnone.json: 1 mistake, no warnings\n"
    );
    assert_eq!(outcome.code, 1);
}

#[test]
fn check_speaks_to_github_and_to_programs() {
    let outcome = bharosa("check --format github a%b.json", &[("a%b.json", BAD)]);
    assert_eq!(
        outcome.printed.lines().next(),
        Some("::error file=a%25b.json,line=4,col=3::rulez: unknown field, did you mean \"rules\"?")
    );
    assert_eq!((outcome.printed.lines().count(), outcome.code), (3, 1));
    let outcome =
        bharosa("check good.json bank.json --format json", &[("bank.json", BAD), ("good.json", GOOD)]);
    let document = json::parse(&outcome.printed).unwrap();
    let files = document.get("files").map_or(&[][..], Value::list);
    assert_eq!(files[0].get("issues"), Some(&Value::List(Vec::new())));
    assert_eq!(
        files[1].get("issues").unwrap().list()[0],
        json::parse(
            r#"{"level": "error", "kind": "structure", "path": "rulez", "line": 4, "column": 3,
                "problem": "unknown field, did you mean \"rules\"?", "suggestion": "rules"}"#
        )
        .unwrap()
    );
    assert_eq!(bharosa("check --format json good.json", &[("good.json", GOOD)]).code, 0);
}

#[test]
fn places_are_found_through_odd_texts() {
    let text = r#"{"version": 1, "backend": "/ws", "pages": {"a\"b": "/x", "a\u0063": {"match": [1]}, "{[": 5},
"queues": {"one": {"name": "\\"}, "one": {"name": 7}},
"limits": {"page": -0.5e1}}"#;
    let found: Vec<(usize, usize, String)> =
        issues(text).into_iter().map(|issue| (issue.line, issue.column, issue.path)).collect();
    let place = |line: usize, what: &str| {
        let row = text.lines().nth(line - 1).unwrap();
        (line, row[..row.rfind(what).unwrap()].chars().count() + 1)
    };
    for (line, what, path) in [
        (1, "1]}", "pages.ac.match[0]"),
        (1, r#""{[""#, "pages.{["),
        (2, r#""name": 7"#, "queues.one.name"),
        (2, r#""one": {"name": 7}"#, "queues.one"),
        (3, r#""page""#, "limits.page"),
    ] {
        let (line, column) = place(line, what);
        assert!(found.contains(&(line, column, path.to_string())), "{path} at {line}:{column} in {found:?}");
    }
    assert_eq!(found.len(), 5, "{found:?}");
}

#[test]
fn schema_and_reference_are_printed() {
    let schema = json::parse(&bharosa("schema", &[]).printed).unwrap();
    assert_eq!(schema, bharosa::config::schema::schema());
    assert!(bharosa("reference", &[]).printed.starts_with("# The config\n"));
    assert_eq!(bharosa("schema", &[]).code, 0);
}

#[test]
fn a_mistyped_command_is_explained() {
    for (arguments, word) in [("chek a", "check"), ("check", "CONFIG"), ("check --format xml a", "github")] {
        let outcome = bharosa(arguments, &[]);
        assert!(outcome.complained.contains(word) && outcome.printed.is_empty(), "{}", outcome.complained);
        assert_eq!(outcome.code, 2, "{arguments}");
    }
    let help = bharosa("--help", &[]);
    assert!(help.printed.contains("check") && help.code == 0);
}

#[test]
fn warnings_alone_do_not_fail() {
    let text = r#"{"version": 1, "backend": "/ws", "holdout": 1}"#;
    let outcome = bharosa("check w.json", &[("w.json", text)]);
    assert!(outcome.printed.contains("w.json:1:34: warning: holdout"), "{}", outcome.printed);
    assert_eq!(outcome.code, 0);
}

/// The mistakes in a config with these members, each as its sentence with what is suggested.
fn mistakes(members: &str) -> Vec<String> {
    let found = issues(&format!(r#"{{"version": 1, "backend": "/ws", {members}}}"#));
    let told = |issue: &Issue| {
        format!("{}: {} -> {}", issue.path, issue.problem, issue.suggestion.as_deref().unwrap_or(""))
    };
    found.iter().filter(|issue| issue.mistake).map(told).collect()
}

#[test]
fn what_was_meant_is_near_or_said_so_elsewhere() {
    let page = |fact: &str| format!(r#"{{"{fact}": "a"}}"#);
    let path = |operator: &str| format!(r#"{{"page.path": {{"{operator}": "a"}}}}"#);
    for (condition, expected) in [
        (page("page.name"), "page.id"),
        (page("page.pth"), "page.path"),
        (page("pagePath"), "page.path"),
        (page("url"), "page.path"),
        (page("pathname"), "page.path"),
        (page("page.dwell"), "page.dwell_s"),
        (page("device"), "visitor.device"),
        (page("utm"), ""),
        (page("moon.phase"), ""),
        (page("page.v"), ""),
        (path("$like"), "$glob"),
        (path("$startswith"), "$startsWith"),
        (path("$matches"), "$regex"),
        (path("$includes"), "$contains"),
        (path("$notIn"), "$nin"),
        (path(">="), "$gte"),
        (path("$equals"), "$eq"),
        (path("$strtsWith"), "$startsWith"),
        (path("$foo"), ""),
    ] {
        let found = mistakes(&format!(r#""rules": [{{"id": "r", "when": {condition}, "then": []}}]"#));
        let meant: Vec<&str> = found.iter().map(|told| told.rsplit(" -> ").next().unwrap()).collect();
        assert_eq!(meant, [expected], "{condition}: {found:?}");
    }
}

#[test]
fn a_comparison_between_facts_is_put_in_its_place() {
    let rule = r#""rules": [{"id": "r", "when": {"$gte": 5}, "then": []}]"#;
    let place = "between facts stands one of: $and, $or, $nor, $not";
    let inside = "comparisons stand inside of a fact, like {\"page.dwell_s\": {\"$gte\": 40}}";
    assert_eq!(mistakes(rule), [format!("rules[0].when.$gte: {place}; {inside} -> ")]);
}

#[test]
fn a_list_where_one_value_stands_asks_for_in() {
    let rule = |condition: &str| {
        mistakes(&format!(
            r#""attributes": {{"t": "text"}}, "rules": [{{"id": "r", "when": {condition}, "then": []}}]"#
        ))
    };
    let of = |path: &str, meant: &str| {
        format!(
            "rules[0].when.{path}: expected a text, found a list; to ask for one of several, write {{\"{meant}\": […]}} -> {meant}"
        )
    };
    for (condition, path, meant) in [
        (r#"{"page.id": ["a", "b"]}"#, "page.id", "$in"),
        (r#"{"$or": [{"attributes.t": ["a"]}]}"#, "$or[0].attributes.t", "$in"),
        (r#"{"page.id": {"$eq": ["a"]}}"#, "page.id.$eq", "$in"),
        (r#"{"page.id": {"$ne": ["a"]}}"#, "page.id.$ne", "$nin"),
    ] {
        assert_eq!(rule(condition), [of(path, meant)], "{condition}");
    }
    let nested = "rules[0].when.page.id.$in[0]: expected a text, found a list -> ";
    assert_eq!(rule(r#"{"page.id": {"$in": [["a"]]}}"#), [nested]);
}

#[test]
fn zones_are_known_or_a_mistake() {
    let zone = |zone: &str| {
        mistakes(&format!(
            r#""calendars": {{"c": {{"zone": "{zone}", "weekly": {{"mon": ["09:00-10:00"]}}}}}}"#
        ))
    };
    let none = "calendars.c.zone: there is no time zone of this name";
    for (name, expected) in [
        ("Asia/Karachi", String::new()),
        ("UTC", String::new()),
        ("US/Pacific", String::new()),
        ("Asia/Calcutta", String::new()),
        ("Asia/Karachee", format!("{none}, did you mean \"Asia/Karachi\"? -> Asia/Karachi")),
        ("karachi", format!("{none}, did you mean \"Asia/Karachi\"? -> Asia/Karachi")),
        ("Mars/Olympus", format!("{none} -> ")),
        ("+05:00", "calendars.c.zone: must be a time zone like Asia/Karachi -> ".to_string()),
    ] {
        let expected: Vec<String> = Some(expected).filter(|told| !told.is_empty()).into_iter().collect();
        assert_eq!(zone(name), expected, "{name}");
    }
}

#[test]
fn too_many_rules_are_counted() {
    let rules: Vec<String> = (0..1001)
        .map(|nth| format!(r#"{{"id": "r{nth}", "when": {{"page.views": {nth}}}, "then": []}}"#))
        .collect();
    assert_eq!(
        mistakes(&format!(r#""rules": [{}]"#, rules.join(","))),
        [
            "rules: must have at most 1000 rules, and has 1001: 1 too many; what comes later is left out, so put rules together with $or and $in -> "
        ]
    );
}

/// Ten thousand messages take the time of ten thousand, on many lines and on one.
#[test]
fn many_messages_take_their_time_once() {
    for between in ["\n", " "] {
        let pages: Vec<String> = (0..10_000).map(|nth| format!(r#""ä{nth}": 1"#)).collect();
        let text = format!(
            r#"{{"version": 1, "backend": "/ws", "pages": {{{}}}}}"#,
            pages.join(&[",", between].concat())
        );
        let found = issues(&text);
        assert_eq!(found.len(), 10_000);
        let last = found.last().unwrap();
        let column =
            text.rsplit('\n').next().unwrap().chars().count() - r#""ä9999": 1}}"#.chars().count() + 1;
        assert_eq!((last.line, last.column), (text.lines().count(), column));
    }
}

/// Runs the program itself.
fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_bharosa"))
}

/// The schema is more than a pipe holds.
#[test]
fn whoever_has_heard_enough_may_go() {
    let mut child = program().arg("schema").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let outcome = child.wait_with_output().unwrap();
    assert_eq!((outcome.status.code(), outcome.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_dash_is_the_standard_input() {
    let mut child =
        program().args(["check", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(br#"{"version": 1}"#).unwrap();
    let outcome = child.wait_with_output().unwrap();
    assert_eq!(outcome.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(outcome.stdout).unwrap(),
        "-:1:1: error: backend: is missing\n-: 1 mistake, no warnings\n"
    );
}

#[test]
fn what_is_no_text_file_is_a_sentence() {
    for (name, expected) in [
        ("src", "src: error: cannot be read: it is a folder; name the file in it"),
        ("docs/story.png", "docs/story.png: error: cannot be read: it is not text in UTF-8; save it as that"),
        ("docs/none.json", "docs/none.json: error: cannot be read: no such file"),
    ] {
        let outcome = program().args(["check", name]).output().unwrap();
        let printed = String::from_utf8(outcome.stdout).unwrap();
        assert_eq!((printed.lines().next(), outcome.status.code()), (Some(expected), Some(1)));
    }
}

#[test]
fn names_do_not_disturb_the_terminal() {
    let long = "x".repeat(10_000);
    let text = format!(r#"{{"version": 1, "backend": "/ws", "a\u001b[31m\nb": 1, "{long}": 1}}"#);
    let printed = bharosa("check x", &[("x", &text)]).printed;
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines[0], "x:1:34: error: a\\u{1b}[31m\\nb: unknown field");
    assert!(lines.len() == 3 && lines[1].chars().count() < 600, "{printed}");
}

#[test]
fn what_has_a_mistake_is_not_called_missing() {
    let found = mistakes(
        r#""attributes": {"seg": "txt"}, "calendars": {"c": {"weekly": []}},
           "rules": [{"id": "r", "when": {"attributes.seg": "x", "calendar.c.open": true}, "then": [{"set": {"seg": 1, "sag": 1}}]}]"#,
    );
    let lost = |place: &str, name: &str| {
        format!("\"{name}\" in `{place}` has a mistake, so that nothing can ask about it -> ")
    };
    assert_eq!(
        found[2..],
        [
            format!("rules[0].when.attributes.seg: {}", lost("attributes", "seg")),
            format!("rules[0].when.calendar.c.open: {}", lost("calendars", "c")),
            format!("rules[0].then[0].set.seg: {}", lost("attributes", "seg")),
            "rules[0].then[0].set.sag: there is no \"sag\" in `attributes` -> ".to_string(),
        ]
    );
    let position = mistakes(r#""brand": {"position": 5}"#);
    assert_eq!(position, ["brand.position: expected one of: end, start; found a number -> "]);
    assert_eq!(mistakes(r#""version": 2"#)[0], "version: must be 1 -> ");
}
