//! Odd configs and visits: each is said in every format alike, and none makes the program fall over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/command.rs"]
mod command;

use command::bharosa;
use serde_json::Value;

/// Members of a config, and how many mistakes and warnings there are in it.
const MEMBERS: &[(&str, usize, usize)] = &[
    ("", 0, 0),
    (r#""pages": {"صفحہ": "/a", "": "/b", " ": "/c"}"#, 0, 0),
    (r#""holdout": 1e308, "limits": {"session": 1e300, "gap": 1e20}, "tracking": {"idle_s": -1e-300}"#, 4, 0),
    (r#""holdout": 0, "holdout": 0.5, "holdout": 1"#, 0, 3),
    (r#""languages": null, "brand": [], "pages": 5, "rules": {}, "queues": "x", "limits": true"#, 6, 0),
    (r#""": {"": {"": {}}}"#, 1, 0),
    (r#""rules": [null, 5, "x", [], {}]"#, 7, 0),
    (r#""rules": [{"id": "r", "when": {"": 1, ".": 1, "page.": 1, "page..id": 1}, "then": [{}]}]"#, 5, 0),
    (
        r#""rules": [{"id": "r", "when": {"$and": {"$or": []}}, "then": [{"say": {"text": "t"}, "open": "chat"}]}]"#,
        2,
        0,
    ),
    (
        r#""rules": [{"id": "r", "when": {"page.path": {"$regex": "("}, "page.views": {"$gte": "5"}}, "then": []}]"#,
        2,
        0,
    ),
    (r#""rules": [{"id": "r", "when": {"page.id": ["a"], "page.path": {"$foo%:,": 1}}, "then": []}]"#, 2, 1),
    (r#""rules": [{"id": "a", "when": {}, "then": []}, {"id": "a", "when": {}, "then": []}]"#, 1, 2),
    (r#""a\u001b[31m\r\n::error::b": 1, "😀": 2, "%0A,:": 3"#, 3, 0),
    (
        r#""calendars": {"c": {"zone": "PKT", "weekly": {"Monday": ["9-5"], "mon": "09:00-17:00"}, "holidays": ["2026-02-30"]}}"#,
        4,
        0,
    ),
    (r#""experiments": {"e": {"variants": ["a", "a"], "weights": [0, 0]}, "f": 1}"#, 3, 0),
    (r#""signals": {"a": {}, "b": {"count": "x", "since": "y"}, "c": {"sequence": []}}"#, 3, 0),
    (r#""brand": {"position": "bottom-right", "color": "red", "name": ["x"]}"#, 3, 0),
    (r#""limits": {"page": 0, "session": 0, "visitor": 0}, "launcher": {"label": {}}"#, 0, 4),
    (r#""attributes": {"a b": "text", "n": "int"}, "groups": {"g": [[], null]}"#, 4, 0),
    (r#""chat": {"greeting": {"en": 5}, "title": "{page.name}"}"#, 1, 1),
];

/// Texts that are no config at all: one mistake each, or two where both `version` and `backend` are missing.
const TEXTS: &[(&str, usize)] = &[
    ("", 1),
    ("\u{feff}", 1),
    ("null", 1),
    ("42", 1),
    ("\"x\"", 1),
    ("[]", 1),
    ("{}", 2),
    ("\r\n{\r\n}\r\n", 2),
    ("{\"version\": 1,}", 1),
    ("// x", 1),
    ("{", 1),
    ("{\"a\": \"", 1),
    ("\0", 1),
    ("{\"version\": 1, \"backend\": \"/ws\"}}", 1),
    ("{\"version\": 1e400, \"backend\": \"/ws\"}", 1),
    ("{\"version\": \"1\", \"backend\": \"ftp://x\"}", 2),
];

/// Holds what is said of a text in each format against the others.
fn check(text: &str, mistakes: usize, warnings: usize) {
    let said =
        |format: &str| bharosa(&format!("check --format {format} a,b:c.json"), &[("a,b:c.json", text)]);
    let (plain, github, document) = (said("text"), said("github"), said("json"));
    for outcome in [&plain, &github, &document] {
        assert_eq!(outcome.code, u8::from(mistakes > 0), "{text}");
        assert_eq!(outcome.complained, "", "{text}");
    }
    let document: Value = serde_json::from_str(&document.printed).unwrap();
    let issues = document["files"][0]["issues"].as_array().unwrap();
    let of = |level: &str| issues.iter().filter(|issue| issue["level"] == level).count();
    assert_eq!((of("error"), of("warning")), (mistakes, warnings), "{text}: {}", plain.printed);
    let lines: Vec<&str> = plain.printed.lines().collect();
    assert_eq!(lines.len(), issues.len() + 1, "{text}: {}", plain.printed);
    assert_eq!(github.printed.lines().count(), issues.len(), "{text}: {}", github.printed);
    for ((issue, line), command) in issues.iter().zip(lines).zip(github.printed.lines()) {
        let place = (&issue["line"], &issue["column"], issue["level"].as_str().unwrap());
        let sentence = line.split_once(&format!("{}: ", place.2)).unwrap().1;
        assert_eq!(line, format!("a,b:c.json:{}:{}: {}: {sentence}", place.0, place.1, place.2), "{text}");
        let escaped = sentence.replace('%', "%25");
        let head = format!("::{} file=a%2Cb%3Ac.json,line={},col={}::", place.2, place.0, place.1);
        assert_eq!(command, head + &escaped, "{text}");
        assert!(!sentence.contains(char::is_control), "{sentence}");
    }
}

#[test]
fn every_format_says_the_same() {
    for (members, mistakes, warnings) in MEMBERS {
        let comma = if members.is_empty() { "" } else { "," };
        check(&format!(r#"{{"version": 1, "backend": "/ws"{comma}{members}}}"#), *mistakes, *warnings);
    }
    for (text, mistakes) in TEXTS {
        check(text, *mistakes, 0);
    }
    check(&format!("{}1{}", "{\"a\":".repeat(5000), "}".repeat(5000)), 1, 0);
}

#[test]
fn one_bad_file_does_not_hide_the_good_ones() {
    let good = r#"{"version": 1, "backend": "/ws"}"#;
    let outcome = bharosa("check --format json good none bad", &[("good", good), ("bad", "{}")]);
    let document: Value = serde_json::from_str(&outcome.printed).unwrap();
    let counts: Vec<usize> = document["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["issues"].as_array().unwrap().len())
        .collect();
    assert_eq!((counts, outcome.code), (vec![0, 1, 2], 1));
    let github = bharosa("check --format github none", &[]);
    assert_eq!(github.printed, "::error file=none::cannot be read: no such file\n");
}

/// Events after a page view, and how many of them are passed over.
const EVENTS: &[(&str, usize)] = &[
    ("", 0),
    (r#", [9, 0, "exit"], [9, 9007199254740991, "exit"]"#, 0),
    (r#", [9007199254740991, 9007199254740991, "visible", false]"#, 0),
    (r#", [9, 9, "replied", 99], [9, 9, "dismissed"], [9, 9, "replied", -1]"#, 1),
    (r#", [9, 9, "view", null], [9, 9, "scroll", "a"], [9, 9, "form", {"id": "f", "kind": "zap"}]"#, 3),
    (r#", [9, 9, "restored", [1]], [9, 9, "known", "x"], [9, 9, "shared", {"fired": 5}]"#, 0),
    (r#", [9, 9, "track", {"name": "\u001b[31m", "detail": "a\nb"}]"#, 0),
    (r#", [9, 9, "set", [1]], [9, 9, "queue", null], [9, 9, "scroll", 1e308], [9, 9, "scroll", -5]"#, 0),
];

#[test]
fn odd_visits_are_told_to_the_end() {
    let config = r#"{"version": 1, "backend": "/ws", "signals": {"s": {"count": "x", "within": "5m"}},
        "rules": [{"id": "r", "when": {"page.dwell_s": {"$gte": 5}}, "then": [{"say": {"text": "t"}}]}]}"#;
    for (events, strange) in EVENTS {
        let trace = format!(
            r#"{{"trace": 1, "about": 5, "events": [[0, 5, "visible", true], [0, 5, "focused", true], [0, 5, "view", {{"path": "/a"}}]{events}]}}"#
        );
        let outcome = bharosa("simulate c t", &[("c", config), ("t", &trace)]);
        assert_eq!(
            (outcome.complained.lines().count(), outcome.code),
            (*strange, 0),
            "{events}: {}",
            outcome.complained
        );
        assert!(outcome.printed.contains("\nr: "), "{events}: {}", outcome.printed);
        assert!(!outcome.printed.contains('\u{1b}'), "{events}");
    }
}
