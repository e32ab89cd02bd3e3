//! What `bharosa check` says of configs without mistakes: rules that never fire, words that are missing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/command.rs"]
mod command;

use command::warnings;

/// What rules of these tests do.
const THEN: &str = r#""then": [{"emit": {"name": "e"}}]"#;

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
        let found = warnings(&format!(r#"{WORLD}, "rules": [{{"id": "r", "when": {condition}, {THEN}}}]"#));
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
        let found = warnings(&format!(r#"{WORLD}, "rules": [{{"id": "r", "when": {condition}, {THEN}}}]"#));
        assert_eq!(found, [""; 0], "{condition}");
    }
}

#[test]
fn words_that_a_fact_never_is() {
    let rule = |condition: &str| format!(r#"{WORLD}, "rules": [{{"id": "r", "when": {condition}, {THEN}}}]"#);
    for (condition, expected) in [
        (
            r#"{"page.id": {"$in": ["rates", "card"]}}"#,
            r#"rules[0].when.page.id.$in[1]: there is no "card" in `pages`, did you mean "cards"?"#,
        ),
        (
            r#"{"$or": [{"visitor.device": "mobile"}, {"page.views": 1}]}"#,
            r#"rules[0].when.$or[0].visitor.device: this is never "mobile", did you mean "phone"?"#,
        ),
        (
            r#"{"chat.state": {"$ne": "asleep"}}"#,
            r#"rules[0].when.chat.state.$ne: this is never "asleep"; it must be one of: never, open, closed, live, ended"#,
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
        let rule = format!(r#""limits": {limits}, "rules": [{{"id": "r", "when": {{}}, {THEN}, {more}}}]"#);
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
    assert_eq!(twice, [r#": "holdout" stands here twice; only the last counts"#]);
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
fn rules_that_do_nothing_or_too_much() {
    let say = r#"{"say": {"text": "t"}}"#;
    let offer = r#"{"offer": {"kind": "phone", "text": "t", "label": "l", "link": "tel:1"}}"#;
    let several =
        "rules[0].then: has several messages and only the last is shown; give each a rule of its own";
    for (then, expected) in [
        (String::new(), "rules[0].then: is empty: nothing happens but the event `fired` for the bank's page"),
        (format!("{say}, {say}"), several),
        (format!(r#"{offer}, {{"emit": {{"name": "e"}}}}, {say}"#), several),
        (format!(r#"{say}, {{"emit": {{"name": "e"}}}}"#), ""),
        (r#"{"say": {"text": "t", "replies": [{"text": "no", "then": []}]}}"#.to_string(), ""),
    ] {
        let found = warnings(&format!(r#""rules": [{{"id": "r", "when": {{}}, "then": [{then}]}}]"#));
        assert_eq!(found.join("; "), expected, "{then}");
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
