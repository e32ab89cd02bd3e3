//! The command line, from what is typed and read to what is printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bharosa::cli::{Issue, Outcome, issues, run};
use bharosa::json;
use bharosa::value::Value;
use std::io::{Error, ErrorKind};

/// Runs `bharosa …` with files that hold these texts.
fn bharosa(arguments: &str, files: &[(&str, &str)]) -> Outcome {
    let arguments: Vec<String> =
        ["bharosa"].into_iter().chain(arguments.split(' ')).map(str::to_string).collect();
    run(&arguments, &|name| match files.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => Ok(text.to_string()),
        None => Err(Error::new(ErrorKind::NotFound, "no such file")),
    })
}

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
    for (text, expected) in [
        ("", "x:1:1: error: this is not JSON: expected a value"),
        ("{\n  \"version\": 1,\n}", "x:3:1: error: this is not JSON: expected a name in quotes"),
        ("{\"a\": \"ü\" \"b\"}", "x:1:11: error: this is not JSON: expected , or }"),
        ("[1, 2", "x:1:6: error: this is not JSON: expected , or ]"),
        ("\u{feff}{}", "x:1:1: error: this is not JSON: expected a value"),
        ("[]", "x:1:1: error: expected an object, found a list"),
    ] {
        let outcome = bharosa("check x", &[("x", text)]);
        assert_eq!(outcome.printed.lines().next(), Some(expected), "{text}");
        assert_eq!(outcome.code, 1, "{text}");
    }
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
        (2, r#""one": {"name": 7}"#, ""),
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

/// The warnings about a config without mistakes, each as its sentence.
fn warnings(members: &str) -> Vec<String> {
    let found = issues(&format!(r#"{{"version": 1, "backend": "/ws", {members}}}"#));
    let told = |issue: Issue| {
        assert!(!issue.mistake, "{}: {} in {members}", issue.path, issue.problem);
        format!("{}: {}", issue.path, issue.problem)
    };
    found.into_iter().map(told).collect()
}

/// What conditions of these tests may speak of.
const WORLD: &str = r#""pages": {"rates": "/rates", "cards": "/cards", "login": "/login"},
    "attributes": {"n": "number", "t": "text", "b": "boolean", "l": "list"},
    "groups": {"some": ["a", "b"], "none": []}, "tracking": {"query": ["q"]},
    "signals": {"count": {"count": "e"}, "path": {"sequence": [{"event": "a"}, {"event": "b"}]}},
    "experiments": {"e": {"variants": ["x", "y"]}}, "limits": {"quiet_pages": ["login"]}"#;

#[test]
fn rules_that_can_never_fire() {
    for condition in [
        r#"{"page.dwell_s": {"$gt": 5, "$lt": 3}}"#,
        r#"{"page.dwell_s": {"$gt": 5, "$lte": 5}}"#,
        r#"{"page.dwell_s": {"$lt": 0}}"#,
        r#"{"page.scroll_pct": {"$gt": 100}}"#,
        r#"{"time.hour": {"$gte": 24}}"#,
        r#"{"page.id": {"$in": []}}"#,
        r#"{"page.id": "rates", "$and": [{"page.id": "cards"}]}"#,
        r#"{"page.id": "rates", "$or": [{"page.id": "cards"}, {"page.id": {"$nin": ["rates", "x"]}}]}"#,
        r#"{"$not": {"$or": [{"page.views": {"$gt": 3}}, {"page.views": {"$lte": 3}}]}}"#,
        r#"{"$nor": []}"#,
        r#"{"page.views": {"$not": {"$gte": 0}}}"#,
        r#"{"attributes.n": 3, "$nor": [{"attributes.n": {"$gte": 1}}]}"#,
        r#"{"attributes.t": {"$inGroup": "some", "$notInGroup": "some"}}"#,
        r#"{"attributes.t": {"$inGroup": "none"}}"#,
        r#"{"attributes.t": {"$eq": "abc", "$startsWith": "b"}}"#,
        r#"{"attributes.t": {"$in": ["abc", "abd"], "$not": {"$startsWith": "ab"}}}"#,
        r#"{"attributes.t": {"$gt": "b", "$lt": "a"}}"#,
        r#"{"attributes.b": true, "$not": {"attributes.b": {"$ne": false}}}"#,
        r#"{"signals.count": {"$lt": 0}}"#,
        r#"{"signals.path": true, "$and": [{"signals.path": false}]}"#,
        r#"{"page.dwell_s": {"$type": "string"}}"#,
        r#"{"page.id": {"$regex": "^z"}}"#,
    ] {
        let found =
            warnings(&format!(r#"{WORLD}, "rules": [{{"id": "r", "when": {condition}, "then": []}}]"#));
        let never =
            found.iter().filter(|sentence| sentence.starts_with("rules[0].when: can never fire")).count();
        assert_eq!(never, 1, "{condition}: {found:?}");
    }
}

#[test]
fn nothing_is_said_of_rules_that_can_fire() {
    for condition in [
        "{}",
        r#"{"page.dwell_s": {"$gt": 3, "$lt": 5}}"#,
        r#"{"page.dwell_s": {"$gte": 5, "$lte": 5}}"#,
        r#"{"page.dwell_s": {"$gt": 3, "$lt": 3.001}}"#,
        // A fact that is not known counts as 0, in the language's own terms.
        r#"{"attributes.n": {"$lt": 1}}"#,
        r#"{"attributes.n": {"$lt": -1}}"#,
        r#"{"page.id": {"$in": ["rates", "cards"]}, "$or": [{"page.id": "cards"}, {"page.id": "login"}]}"#,
        r#"{"page.id": ""}"#,
        r#"{"$or": []}"#,
        r#"{"$or": [{"page.views": {"$lt": 0}}, {"page.views": 2}]}"#,
        r#"{"$not": {"page.views": {"$gt": 3}, "page.id": "rates"}}"#,
        r#"{"page.path": {"$regex": "^/a", "$not": {"$glob": "/ab*"}}}"#,
        r#"{"page.path": {"$startsWith": "/a", "$endsWith": "b"}}"#,
        r#"{"attributes.t": {"$in": ["abc", "b"], "$startsWith": "b"}}"#,
        r#"{"attributes.t": {"$ne": "a", "$nin": ["b", ""]}}"#,
        r#"{"attributes.t": {"$gt": "a", "$lt": "b"}}"#,
        r#"{"attributes.t": {"$gt": "a", "$lt": "aa"}}"#,
        r#"{"attributes.t": {"$ini": ["A"], "$eq": "a"}}"#,
        r#"{"attributes.t": {"$vgt": "2.0", "$vlt": "1.0"}}"#,
        r#"{"attributes.l": {"$size": 2, "$elemMatch": {"$eq": 1}}}"#,
        r#"{"attributes.l": {"$in": ["a"], "$nin": ["b"]}, "$and": [{"attributes.l": {"$in": ["c"]}}]}"#,
        r#"{"attributes.b": {"$ne": true}}"#,
        r#"{"attributes.n": {"$exists": false}}"#,
        r#"{"attributes.n": null}"#,
        r#"{"experiments.e": {"$in": ["x", "y"]}}"#,
        r#"{"signals.count": {"$gte": 3, "$lt": 4}, "signals.path": false}"#,
        r#"{"page.query.q": "a", "$not": {"page.query.q": "b"}}"#,
        r#"{"visitor.days_since": {"$gte": 0, "$lt": 1}}"#,
        r#"{"page.id": {"$regex": "^r"}}"#,
    ] {
        let found =
            warnings(&format!(r#"{WORLD}, "rules": [{{"id": "r", "when": {condition}, "then": []}}]"#));
        assert_eq!(found, [""; 0], "{condition}");
    }
}

#[test]
fn words_that_a_fact_never_is() {
    let rule =
        |condition: &str| format!(r#"{WORLD}, "rules": [{{"id": "r", "when": {condition}, "then": []}}]"#);
    for (condition, expected) in [
        (
            r#"{"page.id": {"$in": ["rates", "card"]}}"#,
            r#"rules[0].when.page.id.$in[1]: this is never "card", did you mean "cards"?"#,
        ),
        (
            r#"{"$or": [{"visitor.device": "mobile"}, {"page.views": 1}]}"#,
            r#"rules[0].when.$or[0].visitor.device: this is never "mobile""#,
        ),
        (
            r#"{"time.weekday": {"$not": {"$eq": "Mon"}}}"#,
            r#"rules[0].when.time.weekday.$not.$eq: this is never "Mon", did you mean "mon"?"#,
        ),
        (
            r#"{"experiments.e": {"$ne": "xx"}}"#,
            r#"rules[0].when.experiments.e.$ne: this is never "xx", did you mean "x"?"#,
        ),
    ] {
        assert_eq!(warnings(&rule(condition)), [expected], "{condition}");
    }
    let found = warnings(&rule(r#"{"page.id": "login"}"#));
    assert_eq!(found, ["rules[0].when: can never fire: every page it is for is in `limits.quiet_pages`"]);
}

#[test]
fn rules_that_another_goes_before() {
    let say = r#""then": [{"say": {"text": "t"}}]"#;
    let pair = |first: &str, second: &str, more: &str| {
        warnings(&format!(
            r#"{WORLD}, "rules": [{{"id": "a", "when": {first}, {say}}}, {{"id": "b", "when": {second}, {say}{more}}}]"#
        ))
    };
    let shadowed = [
        r#"rules[1].when: the rule "a" goes first until its cap is used up: it can fire whenever this one can"#,
    ];
    for (first, second) in [
        ("{}", r#"{"page.id": "rates"}"#),
        (r#"{"page.id": "rates"}"#, r#"{"page.id": "rates", "page.views": 2}"#),
        (r#"{"page.dwell_s": {"$gte": 10}}"#, r#"{"page.dwell_s": {"$gte": 20}}"#),
        (r#"{"page.dwell_s": {"$gte": 10}}"#, r#"{"page.dwell_s": {"$gt": 10}}"#),
        (r#"{"page.id": {"$in": ["rates", "cards"]}}"#, r#"{"page.id": "cards"}"#),
        (r#"{"page.id": {"$ne": "rates"}}"#, r#"{"page.id": "cards"}"#),
        (r#"{"$or": [{"page.id": "rates"}, {"page.views": {"$gt": 1}}]}"#, r#"{"page.views": 3}"#),
        (r#"{"page.path": {"$regex": "a"}}"#, r#"{"page.path": {"$regex": "a"}, "page.views": 1}"#),
        (r#"{"attributes.t": {"$startsWith": "a"}}"#, r#"{"attributes.t": {"$in": ["ab", "ac"]}}"#),
    ] {
        assert_eq!(pair(first, second, ""), shadowed, "{first} before {second}");
    }
    for (first, second, more) in [
        (r#"{"page.id": "rates"}"#, r#"{"page.id": "cards"}"#, ""),
        (r#"{"page.id": "rates", "page.views": 2}"#, r#"{"page.id": "rates"}"#, ""),
        (r#"{"page.dwell_s": {"$gte": 20}}"#, r#"{"page.dwell_s": {"$gte": 10}}"#, ""),
        (r#"{"page.dwell_s": {"$gt": 10}}"#, r#"{"page.dwell_s": {"$gte": 10}}"#, ""),
        // A number that is not known is less than ten, but not for a rule that asks for at most none of it.
        (r#"{"attributes.n": {"$gt": 0}}"#, r#"{"attributes.n": {"$ne": 5}}"#, ""),
        (r#"{"page.path": {"$regex": "a"}}"#, r#"{"page.path": {"$regex": "ab"}}"#, ""),
        (r#"{"attributes.t": {"$startsWith": "a"}}"#, r#"{"attributes.t": {"$gte": "a"}}"#, ""),
        ("{}", r#"{"page.id": "rates"}"#, r#", "priority": 1"#),
        (
            r#"{"$or": [{"page.id": "rates"}, {"page.views": 1}]}"#,
            r#"{"$or": [{"page.id": "cards"}, {"page.views": 1}]}"#,
            "",
        ),
    ] {
        assert_eq!(pair(first, second, more), [""; 0], "{first} before {second}");
    }
    let quietly = format!(
        r#"{WORLD}, "rules": [{{"id": "a", "when": {{}}, "then": [{{"set": {{"n": 1}}}}]}}, {{"id": "b", "when": {{}}, {say}}}]"#
    );
    assert_eq!(warnings(&quietly), [""; 0], "what nobody sees is in nobody's way");
    let later = format!(
        r#"{WORLD}, "rules": [{{"id": "a", "when": {{}}, {say}, "delay": 5}}, {{"id": "b", "when": {{}}, {say}}}]"#
    );
    assert_eq!(warnings(&later), [""; 0], "the second may fire while the first waits");
}

#[test]
fn rules_that_repeat_without_a_pause() {
    let expected = "rules[0].cap: lets the rule repeat without a pause: give it a `cooldown`, or all rules a `limits.gap`";
    for (more, limits, warned) in [
        (r#""cap": {"session": 2}"#, "{}", true),
        (r#""cap": {"page": 2, "session": 1}"#, "{}", true),
        (r#""cap": {"session": 2}, "cooldown": "1m""#, "{}", false),
        (r#""cap": {"session": 2}"#, r#"{"gap": 5}"#, false),
        (r#""cap": {"visitor": 2}"#, "{}", false),
        (r#""priority": 1"#, "{}", false),
    ] {
        let rule =
            format!(r#""limits": {limits}, "rules": [{{"id": "r", "when": {{}}, "then": [], {more}}}]"#);
        let expected: &[&str] = if warned { &[expected] } else { &[] };
        assert_eq!(warnings(&rule), expected, "{more} {limits}");
    }
}

#[test]
fn words_that_are_missing_or_meant_otherwise() {
    let then = |action: &str| {
        format!(
            r#""queues": {{"loans": {{"name": "Loans"}}}}, "rules": [{{"id": "r", "when": {{}}, "then": [{action}]}}]"#
        )
    };
    let later = "the panel of this version shows nothing for this yet; the bank's page gets an event";
    for (members, expected) in [
        (
            r#""languages": ["en", "ur"], "launcher": {"label": {"en": "Help"}}"#.to_string(),
            vec![r#"launcher.label: has no text in the language "ur""#.to_string()],
        ),
        (
            r#""languages": ["en"], "launcher": {"label": {"en": "Help", "enn": "x"}}"#.to_string(),
            vec![r#"launcher.label.enn: there is no "enn" in `languages`, did you mean "en"?"#.to_string()],
        ),
        (r#""languages": ["en", "ur"], "launcher": {"label": "Help"}"#.to_string(), vec![]),
        (r#""launcher": {"label": {"en": "Help"}}"#.to_string(), vec![]),
        (then(r#"{"fees": {"product": "p"}}"#), vec![format!("rules[0].then[0].fees: {later}")]),
        (
            then(r#"{"say": {"text": "t", "replies": [{"text": "y", "then": [{"ask": {"survey": "s"}}]}]}}"#),
            vec![format!("rules[0].then[0].say.replies[0].then[0].ask: {later}")],
        ),
        (
            then(r#"{"route": {"queue": "loan"}}"#),
            vec![r#"rules[0].then[0].route.queue: there is no "loan" in `queues`, did you mean "loans"?"#.to_string()],
        ),
        (then(r#"{"route": {"queue": "loans"}}"#), vec![]),
        (
            r#""pages": {"login": "/l"}, "limits": {"quiet_pages": ["login", "logn"]}"#.to_string(),
            vec![r#"limits.quiet_pages[1]: there is no "logn" in `pages`, did you mean "login"?"#.to_string()],
        ),
        (
            r#""calendars": {"c": {"zone": "Asia/Karachee", "weekly": {}}, "d": {"zone": "Asia/Karachi", "weekly": {}}}"#
                .to_string(),
            vec!["calendars.c.zone: no time zone is known by this name".to_string()],
        ),
        (r#""holdout": 1"#.to_string(), vec!["holdout: holds back every visitor, so that no rule ever fires".to_string()]),
    ] {
        assert_eq!(warnings(&members), expected, "{members}");
    }
    let twice = warnings(r#""holdout": 0.1, "holdout": 0.2"#);
    assert_eq!(twice, [r#": "holdout" stands here twice; only the last counts"#]);
}

#[test]
fn warnings_alone_do_not_fail() {
    let text = r#"{"version": 1, "backend": "/ws", "holdout": 1}"#;
    let outcome = bharosa("check w.json", &[("w.json", text)]);
    assert!(outcome.printed.contains("w.json:1:34: warning: holdout"), "{}", outcome.printed);
    assert_eq!(outcome.code, 0);
}

#[test]
fn a_pattern_that_no_path_can_fit_is_named() {
    for (pattern, expected) in [
        ("loans/*", "can never fit: a path begins with /, so write \"/loans/*\" or \"*loans/*\""),
        ("https://bank.example/loans", "can never fit: a path has no host; leave out what stands before it"),
        ("/loans?x=1", "can never fit: a path has no query and no hash; ask for `page.query` instead"),
    ] {
        let text = format!(
            r#"{{"version": 1, "backend": "/ws", "pages": {{"p": {{"match": ["/a", "{pattern}"]}}}}}}"#
        );
        let printed = bharosa("check x", &[("x", &text)]).printed;
        assert!(printed.contains(&format!("warning: pages.p: {expected}\n")), "{printed}");
    }
}
