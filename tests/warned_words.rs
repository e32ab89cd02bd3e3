//! What `bharosa check` says of the rest of a config without mistakes: words that are missing, pages that no path
//! fits, settings that switch something off.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/command.rs"]
mod command;

use command::warnings;

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
        (
            r#""launcher": {"label": {"en": "Help"}}, "chat": {"title": {"en": "Chat", "ur": "x"}}"#
                .to_string(),
            vec![r#"launcher.label: has no text in the language "ur""#.to_string()],
        ),
        (then(r#"{"fees": {"product": "p"}}"#), vec![format!("rules[0].then[0].fees: {later}")]),
        (
            then(r#"{"say": {"text": "t", "replies": [{"text": "y", "then": [{"ask": {"survey": "s"}}]}]}}"#),
            vec![format!("rules[0].then[0].say.replies[0].then[0].ask: {later}")],
        ),
        (
            then(r#"{"route": {"queue": "loan"}}"#),
            vec![
                r#"rules[0].then[0].route.queue: there is no "loan" in `queues`, did you mean "loans"?"#
                    .to_string(),
            ],
        ),
        (then(r#"{"route": {"queue": "loans"}}"#), vec![]),
        (
            r#""pages": {"login": "/l"}, "limits": {"quiet_pages": ["login", "logn"]}"#.to_string(),
            vec![
                r#"limits.quiet_pages[1]: there is no "logn" in `pages`, did you mean "login"?"#.to_string(),
            ],
        ),
        (
            r#""holdout": 1"#.to_string(),
            vec!["holdout: holds back every visitor, so that no rule ever fires".to_string()],
        ),
    ] {
        assert_eq!(warnings(&members), expected, "{members}");
    }
    let twice = warnings(r#""holdout": 0.1, "holdout": 0.2"#);
    assert_eq!(twice, ["holdout: stands here twice; only the last counts"]);
}

#[test]
fn a_pattern_that_no_path_can_fit_is_named() {
    for (pattern, expected) in [
        ("loans/*", "can never fit: a path begins with /, so write \"/loans/*\" or \"*loans/*\""),
        ("https://bank.example/loans", "can never fit: a path has no host; leave out what stands before it"),
        ("/loans?x=1", "can never fit: a path has no query and no hash; ask for `page.query` instead"),
    ] {
        let found = warnings(&format!(r#""pages": {{"p": {{"match": ["/a", "{pattern}"]}}}}"#));
        assert_eq!(found, [format!("pages.p: {expected}")], "{pattern}");
    }
}

#[test]
fn pages_that_another_goes_before() {
    let before = "can never fit: \"all\" stands before it and fits all its paths; put this one first";
    for (pages, expected) in [
        (r#""all": "/*", "loans": "/loans*""#, vec![format!("pages.loans: {before}")]),
        (
            r#""all": {"match": ["/a*", "/b"]}, "b": {"match": ["/b/", "/ab"]}"#,
            vec![format!("pages.b: {before}")],
        ),
        (r#""all": "*loans*", "a": "/loans/*/x""#, vec![format!("pages.a: {before}")]),
        (r#""loans": "/loans*", "all": "/*""#, vec![]),
        (r#""all": "/loans/*", "loans": "/loans""#, vec![]),
        (r#""all": "/a*", "b": {"match": ["/ab", "/b"]}"#, vec![]),
        (r#""all": "/a*z", "b": "/a*""#, vec![]),
        (
            r#""none": {"match": []}"#,
            vec!["pages.none: can never fit: there is no pattern in its `match`".to_string()],
        ),
    ] {
        assert_eq!(warnings(&format!(r#""pages": {{{pages}}}"#)), expected, "{pages}");
    }
}

#[test]
fn what_switches_something_off() {
    let limit = "lets no rule fire that shows something; leave it out for no limit";
    for (members, expected) in [
        (r#""limits": {"session": 0}"#, format!("limits.session: {limit}")),
        (r#""limits": {"page": 0}"#, format!("limits.page: {limit}")),
        (r#""limits": {"visitor": 0}"#, format!("limits.visitor: {limit}")),
        (r#""limits": {"session": 1, "quiet_after_dismiss_s": 0, "gap": 0}"#, String::new()),
        (
            r#""experiments": {"e": {"variants": ["a", "b"], "coverage": 0}}"#,
            "experiments.e.coverage: lets nobody take part: a rule that asks for a variant never fires"
                .to_string(),
        ),
        (r#""experiments": {"e": {"variants": ["a", "b"], "coverage": 0, "force": "a"}}"#, String::new()),
        (
            r#""calendars": {"c": {"weekly": {"mon": []}, "exceptions": {"2026-12-31": []}}}"#,
            "calendars.c.weekly: has no hours: this calendar is never open".to_string(),
        ),
        (
            r#""calendars": {"c": {"weekly": {}, "exceptions": {"2026-12-31": ["09:00-10:00"]}}}"#,
            String::new(),
        ),
        (
            r#""signals": {"s": {"count": "e", "within": "0s"}}"#,
            "signals.s.within: is no time at all, so that nothing ever counts".to_string(),
        ),
        (r#""signals": {"s": {"count": "e"}, "t": {"since": "e"}}"#, String::new()),
    ] {
        let expected: Vec<String> =
            Some(expected).filter(|sentence| !sentence.is_empty()).into_iter().collect();
        assert_eq!(warnings(members), expected, "{members}");
    }
}

#[test]
fn texts_that_say_nothing_or_show_their_slots() {
    let elsewhere = "is not filled in here; it is in messages, their replies and reasons";
    for (text, expected) in [
        (r#""""#, "say.text: is empty; write a text".to_string()),
        (r#"" ""#, "say.text: is empty; write a text".to_string()),
        ("{}", "say.text: is empty; write a text".to_string()),
        (r#"{"en": "", "ur": "t"}"#, "say.text.en: is empty; write a text".to_string()),
        (r#""{page.name}, {page.dwell_s} s""#, String::new()),
        (
            r#""{page.nam}""#,
            r#"say.text: `{page.nam}` is not filled in, did you mean "page.name"?"#.to_string(),
        ),
        (
            r#"{"ur": "{first name}"}"#,
            "say.text.ur: `{first name}` is not filled in; it must be one of: page.name, page.dwell_s"
                .to_string(),
        ),
        (
            r#""{ page.name }""#,
            r#"say.text: `{ page.name }` is not filled in, did you mean "page.name"?"#.to_string(),
        ),
        (r#""{{page.name}}""#, "say.text: one pair of braces is enough: `{page.name}`".to_string()),
        (r#""Rates {from 5%, today} :-{ }""#, String::new()),
    ] {
        let found = warnings(&format!(
            r#""rules": [{{"id": "r", "when": {{}}, "then": [{{"say": {{"text": {text}}}}}]}}]"#
        ));
        let expected: Vec<String> = Some(expected)
            .filter(|tail| !tail.is_empty())
            .map(|tail| format!("rules[0].then[0].{tail}"))
            .into_iter()
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    let found = warnings(r#""launcher": {"label": ""}, "chat": {"greeting": "About {page.name}"}"#);
    let greeting = format!("chat.greeting: `{{page.name}}` {elsewhere}");
    assert_eq!(found, ["launcher.label: is empty; write a text, or leave it out".to_string(), greeting]);
}
