//! What `bharosa check` says of rules without mistakes: those that never fire, that another one goes before or
//! contradicts, that do nothing or repeat without a pause.
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
        r#"{"signals.count": {"$gt": 1000}}"#,
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
        r#"{"signals.count": {"$gte": 1000}}"#,
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
fn rules_that_contradict() {
    let pair = |(first, gold): (&str, &str), (second, silver): (&str, &str)| {
        warnings(&format!(
            r#"{WORLD}, "rules": [{{"id": "a", "when": {first}, "then": [{{"set": {gold}}}]}},
                {{"id": "b", "when": {second}, "then": [{{"set": {silver}}}]}}]"#
        ))
    };
    let (gold, silver) = (r#"{"t": "gold"}"#, r#"{"n": 1, "t": "silver"}"#);
    let contradicts = [
        r#"rules[1].then: sets `attributes.t` against the rule "a", which sets it to another value on the same condition"#,
    ];
    for (first, second) in [
        ("{}", "{}"),
        (r#"{"page.id": "rates"}"#, r#"{"page.id": {"$in": ["rates"]}}"#),
        (r#"{"page.id": "rates", "page.views": 2}"#, r#"{"page.views": {"$eq": 2}, "page.id": "rates"}"#),
    ] {
        assert_eq!(pair((first, gold), (second, silver)), contradicts, "{first} {second}");
        assert_eq!(pair((first, gold), (second, gold)), [""; 0], "{first} {second}");
        assert_eq!(pair((first, gold), (second, r#"{"n": 1}"#)), [""; 0], "{first} {second}");
    }
    for (first, second) in [
        // One for all, and another one for some, which comes when it comes.
        ("{}", r#"{"page.id": "rates"}"#),
        (r#"{"page.id": "rates"}"#, "{}"),
        (r#"{"page.id": "rates"}"#, r#"{"page.id": "cards"}"#),
    ] {
        assert_eq!(pair((first, gold), (second, silver)), [""; 0], "{first} {second}");
    }
}
