//! The config's sections for journeys: what is wrong with one is named, and what speaks of it goes with it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/mistakes.rs"]
mod mistakes;

use bharosa::config::{Class, Config, action};
use mistakes::{check, json, with};

fn decode(members: &str) -> Config {
    Config::decode(&json(&with(members))).0.unwrap()
}

#[test]
fn sections_attributes_and_groups() {
    check(&[
        (r##""sections": {"rates": {"match": "#rates", "name": {"en": "Rates"}}}"##, ""),
        (r#""sections": {"rates": {}}"#, ""),
        (r#""sections": {"Rates": {}}"#, "sections.Rates: must be 1 to 64 of a-z, 0-9, - and _"),
        (r#""sections": {"rates": {"match": ""}}"#, "sections.rates.match: must not be empty"),
        (r#""sections": {"rates": "a"}"#, "sections.rates: expected an object, found a text"),
        (r#""attributes": {"segment": "text", "isStaff": "boolean"}"#, ""),
        (r#""attributes": {"a.b": "text"}"#, "attributes.a.b: must be 1 to 64 of a-z, A-Z, 0-9, - and _"),
        (
            r#""attributes": {"a": "txt"}"#,
            r#"attributes.a: unknown word, did you mean "text"? It must be one of: text, number, boolean, list"#,
        ),
        (r#""groups": {"pilots": ["a", 7, true]}"#, ""),
        (
            r#""groups": {"pilots": [null]}"#,
            "groups.pilots[0]: expected a text, a number, true or false, found null",
        ),
        (r#""groups": {"pilots": "a"}"#, "groups.pilots: expected a list, found a text"),
        (r#""tracking": {"query": ["product"], "utm": ["source"]}"#, ""),
        (r#""tracking": {"query": ["a b"]}"#, "tracking.query[0]: must be 1 to 64 of a-z, A-Z, 0-9, - and _"),
        (r#""holdout": 0.05"#, ""),
        (r#""holdout": 5"#, "holdout: must be from 0 to 1"),
    ]);
    let many: Vec<&str> = vec!["1"; 1001];
    check(&[(
        &format!(r#""groups": {{"big": [{}]}}"#, many.join(",")),
        "groups.big: must have at most 1000 items, and has 1001: 1 too many",
    )]);
}

#[test]
fn durations() {
    let rule = |member: &str| format!(r#""rules": [{{"id": "a", "when": {{}}, "then": [], {member}}}]"#);
    let wrong = "must be seconds, or a text like 40s, 5m, 2h or 1d";
    for (member, expected) in [
        (r#""cooldown": 40"#, ""),
        (r#""cooldown": 0.5"#, ""),
        (r#""cooldown": "40s""#, ""),
        (r#""cooldown": "1.5h""#, ""),
        (r#""cooldown": "365d""#, ""),
        (r#""cooldown": -1"#, "rules[0].cooldown: must be from 0 to 31536000"),
        (r#""cooldown": "366d""#, "~rules[0].cooldown: is too long; at most 365d are allowed"),
        (r#""delay": "2h""#, "~rules[0].delay: is too long; at most 60m are allowed"),
        (r#""cooldown": true"#, "rules[0].cooldown: expected seconds or a text like 5m, found true or false"),
    ] {
        check(&[(&rule(member), expected)]);
    }
    for text in ["", "s", "40", "40 s", "-4s", "4w", "1e3s", "4.s", ".5s", "1234567s", "0.0001s", "٤s"] {
        check(&[(&rule(&format!(r#""delay": "{text}""#)), &format!("rules[0].delay: {wrong}"))]);
    }
    let rule = |cooldown: &str| {
        decode(&format!(r#""rules": [{{"id": "a", "when": {{}}, "then": [], "cooldown": {cooldown}}}]"#))
            .rules[0]
            .cooldown
    };
    for (written, millis) in [("40", 40_000), ("0.5", 500), (r#""5m""#, 300_000), (r#""1.5h""#, 5_400_000)] {
        assert_eq!(rule(written), millis, "{written}");
    }
}

#[test]
fn calendars() {
    let calendar = |members: &str| format!(r#""calendars": {{"c": {{"weekly": {{}}, {members}}}}}"#);
    for (members, expected) in [
        (r#""zone": "Asia/Karachi""#, ""),
        (r#""zone": "Etc/GMT+5""#, ""),
        (r#""zone": """#, "zone: must be a time zone like Asia/Karachi"),
        (r#""zone": "5 o'clock""#, "zone: must be a time zone like Asia/Karachi"),
        (r#""holidays": ["2028-02-29"]"#, ""),
        (r#""holidays": ["2026-02-29"]"#, "~holidays[0]: there is no such day"),
        (r#""holidays": ["2026-04-31"]"#, "~holidays[0]: there is no such day"),
        (r#""holidays": ["2026-4-30"]"#, "holidays[0]: must be a date like 2026-12-25"),
        (r#""holidays": ["2026-13-01"]"#, "holidays[0]: must be a date like 2026-12-25"),
        (r#""exceptions": {"2026-12-31": []}"#, ""),
        (r#""exceptions": {"new-year": []}"#, "exceptions.new-year: must be a date like 2026-12-25"),
        (r#""exceptions": {"2026-02-30": []}"#, "~exceptions.2026-02-30: there is no such day"),
    ] {
        let expected = match expected.strip_prefix('~') {
            Some(rest) => format!("~calendars.c.{rest}"),
            None if expected.is_empty() => String::new(),
            None => format!("calendars.c.{expected}"),
        };
        check(&[(&calendar(members), &expected)]);
    }
    let wrong = "calendars.c.weekly.mon[0]: must be hours like 09:00-17:30";
    for (hours, expected) in [
        ("09:00-13:00", ""),
        ("22:00-02:00", ""),
        ("00:00-24:00", ""),
        ("9:00-13:00", wrong),
        ("09:00", wrong),
        ("09:00-25:00", wrong),
        ("24:00-09:00", wrong),
        ("09:60-10:00", wrong),
        ("09:00-24:01", wrong),
        ("", wrong),
    ] {
        check(&[(&format!(r#""calendars": {{"c": {{"weekly": {{"mon": ["{hours}"]}}}}}}"#), expected)]);
    }
    check(&[
        (r#""calendars": {"c": {}}"#, "calendars.c.weekly: is missing"),
        (
            r#""calendars": {"c": {"weekly": {"monday": []}}}"#,
            r#"calendars.c.weekly.monday: unknown field, did you mean "mon"?"#,
        ),
    ]);
}

#[test]
fn experiments() {
    let with = |members: &str| format!(r#""experiments": {{"e": {{"variants": ["a", "b"], {members}}}}}"#);
    for (members, expected) in [
        (r#""weights": [0.2, 0.8], "coverage": 0.5, "seed": "s", "hash": 1"#, ""),
        (r#""weights": [0.5, 0.4]"#, "~experiments.e.weights: must be 1 together"),
        (r#""weights": [0.2, 0.2, 0.6]"#, "~experiments.e.weights: must have one number for each variant"),
        (r#""weights": [2, -1]"#, "experiments.e.weights[0]: must be from 0 to 1"),
        (r#""hash": 3"#, "experiments.e.hash: must be a whole number from 1 to 2"),
        (r#""hash": 1.5"#, "experiments.e.hash: must be a whole number from 1 to 2"),
        (r#""namespace": {"id": "n", "range": [0, 0.5]}"#, ""),
        (
            r#""namespace": {"id": "n", "range": [0.5, 0.5]}"#,
            "~experiments.e.namespace.range: must begin below its end",
        ),
        (
            r#""namespace": {"id": "n", "range": [0]}"#,
            "experiments.e.namespace.range: must have at least 2 items",
        ),
        (r#""force": "b""#, ""),
        (r#""force": "bb""#, r#"~experiments.e.force: there is no "bb" in `variants`, did you mean "b"?"#),
    ] {
        // The first of two mistakes is enough here.
        let report = Config::decode(&json(&self::with(&with(members)))).1;
        let first = report.iter().next().map(|error| {
            (if error.class == Class::Meaning { "~" } else { "" }).to_string() + &error.sentence()
        });
        assert_eq!(first.unwrap_or_default(), expected, "in: {members}");
    }
    check(&[
        (
            r#""experiments": {"e": {"variants": ["a"]}}"#,
            "experiments.e.variants: must have at least 2 items",
        ),
        (
            r#""experiments": {"e": {"variants": ["a", "a"]}}"#,
            "~experiments.e.variants: must have no variant twice",
        ),
    ]);
}

#[test]
fn signals() {
    let pages = r#""pages": {"rates": "/rates"}, "signals": "#;
    for (signal, expected) in [
        (r#"{"count": "form_error", "where": {"form": "apply", "n": {"$gt": 3}}, "within": "60s"}"#, ""),
        (
            r#"{"sequence": [{"page": "rates"}, {"page": "/x*"}, {"event": "e", "where": {}}], "within": 300}"#,
            "",
        ),
        (r#"{"since": "applied", "where": {"a.b": true}}"#, ""),
        (r#"{}"#, "s: must have exactly one of: count, sequence, since"),
        (r#"{"count": "a", "since": "b"}"#, "s: must have exactly one of: count, sequence, since"),
        (r#"{"cuont": "a"}"#, r#"s.cuont: unknown field, did you mean "count"?"#),
        (r#"{"since": "a", "within": "5m"}"#, "s.within: unknown field; it must be one of: since, where"),
        (r#"{"count": ""}"#, "s.count: must be 1 to 64 of a-z, A-Z, 0-9, - and _"),
        (r#"{"count": "a", "within": "31d"}"#, "~s.within: is too long; at most 30d are allowed"),
        (r#"{"count": "a", "where": 5}"#, "s.where: expected an object, found a number"),
        (
            r#"{"count": "a", "where": {"n": {"$gtt": 3}}}"#,
            r#"s.where.n.$gtt: unknown operator, did you mean "$gt"?"#,
        ),
        (r#"{"sequence": [{"event": "a"}]}"#, "s.sequence: must have at least 2 items"),
        (
            r#"{"sequence": [{"event": "a"}, {"page": "rats"}]}"#,
            r#"~s.sequence[1].page: there is no "rats" in `pages`, did you mean "rates"?"#,
        ),
    ] {
        let expected = match expected.strip_prefix('~') {
            Some(rest) => format!("~signals.{rest}"),
            None if expected.is_empty() => String::new(),
            None => format!("signals.{expected}"),
        };
        check(&[(&format!(r#"{pages}{{"s": {signal}}}"#), &expected)]);
    }
}

#[test]
fn caps_and_limits() {
    check(&[
        (r#""limits": {"gap": "30s", "page": 1, "session": 3, "visitor": 10, "quiet_pages": ["login"]}"#, ""),
        (r#""limits": {"gap": "soon"}"#, "limits.gap: must be seconds, or a text like 40s, 5m, 2h or 1d"),
        (r#""limits": {"page": 1.5}"#, "limits.page: must be a whole number from 0 to 1000"),
        (r#""limits": {"quiet_pages": "login"}"#, "limits.quiet_pages: expected a list, found a text"),
    ]);
    let rule = |cap: &str| format!(r#""rules": [{{"id": "a", "when": {{}}, "then": [], "cap": {cap}}}]"#);
    check(&[
        (&rule(r#"{"page": 2, "session": 3, "visitor": 5}"#), ""),
        (&rule(r#"{"page": 0}"#), "rules[0].cap.page: must be a whole number from 1 to 1000"),
        (&rule(r#"{"sesion": 1}"#), r#"rules[0].cap.sesion: unknown field, did you mean "session"?"#),
    ]);
    let cap = |written: &str| decode(&rule(written)).rules[0].cap;
    let given = cap(r#"{"page": 2, "visitor": 5}"#);
    assert_eq!((given.page, given.session, given.visitor), (2, 1, 5));
    assert_eq!(cap("{}").visitor, u64::MAX, "no cap when left out");
    // A quiet page is quiet even if another entry is wrong.
    let limits =
        decode(r#""limits": {"quiet_pages": ["login", 7, "payments"], "gap": true, "session": 3}"#).limits;
    assert_eq!(limits.quiet_pages, ["login", "payments"]);
    assert_eq!((limits.gap, limits.session, limits.page, limits.quiet), (0, 3, u64::MAX, None));
}

#[test]
fn actions() {
    let then = |action: &str| {
        format!(
            r#""attributes": {{"segment": "text", "n": "number", "tags": "list"}},
               "rules": [{{"id": "a", "when": {{}}, "then": [{action}]}}]"#
        )
    };
    let offer = |kind: &str, link: &str| {
        format!(r#"{{"offer": {{"kind": "{kind}", "text": "t", "label": "l", "link": "{link}"}}}}"#)
    };
    for (action, expected) in [
        (r#"{"fees": {"product": "auto-loan"}}"#, ""),
        (r#"{"fees": {}}"#, "fees.product: is missing"),
        (r#"{"ask": {"survey": "after-loan"}}"#, ""),
        (r#"{"ask": "x"}"#, "ask: expected an object, found a text"),
        (&offer("phone", "tel:+92421"), ""),
        (&offer("call_back", "/call-back"), ""),
        (
            &offer("phon", "tel:+92421"),
            r#"offer.kind: unknown word, did you mean "phone"? It must be one of: phone, call_back, voice, video, appointment, branch"#,
        ),
        (&offer("branch", "javascript:x"), "offer.link: must begin with one of: / https:// mailto: tel:"),
        (r#"{"set": {"segment": "a", "n": 4}}"#, ""),
        (
            r#"{"set": {"segmant": "a"}}"#,
            r#"~set.segmant: there is no "segmant" in `attributes`, did you mean "segment"?"#,
        ),
        (r#"{"set": {"n": "4"}}"#, "~set.n: expected a number, found a text"),
        (
            r#"{"set": {"tags": "4"}}"#,
            "~set.tags: expected nothing, since only the page can set a list, found a text",
        ),
        (r#"{"set": {"n": [4]}}"#, "set.n: expected a text, a number, true or false, found a list"),
        (r#"{"emit": {"name": "loan_interest", "detail": {"product": "auto", "n": 1}}}"#, ""),
        (r#"{"emit": {"detail": {}}}"#, "emit.name: is missing"),
        (
            r#"{"emit": {"name": "a", "detail": {"b": {}}}}"#,
            "emit.detail.b: expected a text, a number, true or false, found an object",
        ),
        (
            r#"{"say": {"text": "t", "replies": [{"text": "y", "then": [{"set": {"x": 1}}]}]}}"#,
            r#"~say.replies[0].then[0].set.x: there is no "x" in `attributes`; it has: segment, n, tags"#,
        ),
        (
            r#"{"say": {"text": "t", "replies": [{"text": "y", "then": [{"offer": {}}]}]}}"#,
            "say.replies[0].then[0].offer: unknown field; it must be one of: open, route, fees, ask, set, emit",
        ),
    ] {
        let expected = match expected.strip_prefix('~') {
            Some(rest) => format!("~rules[0].then[0].{rest}"),
            None if expected.is_empty() => String::new(),
            None => format!("rules[0].then[0].{expected}"),
        };
        let config = then(action);
        let report = Config::decode(&json(&with(&config))).1;
        let found: Vec<String> = report
            .iter()
            .map(|error| {
                (if error.class == Class::Meaning { "~" } else { "" }).to_string() + &error.sentence()
            })
            .collect();
        // A list is no scalar and no number: both are said.
        assert_eq!(found.first().map_or("", String::as_str), expected, "in: {action}");
        assert!(expected.is_empty() == found.is_empty(), "{found:?} in: {action}");
    }
    let config = decode(&then(r#"{"emit": {"name": "e", "detail": {"a": 1}}}, {"fees": {"product": "p"}}"#));
    let then: Vec<_> = config.rules[0].then.list().iter().map(action).collect();
    let (emit, fees) = (json(r#"{"name": "e", "detail": {"a": 1}}"#), json(r#"{"product": "p"}"#));
    assert_eq!(then, [("emit", &emit), ("fees", &fees)]);
}
