//! The small languages of the config: conditions, page patterns, texts with slots, and numbers as words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use bharosa::config::{Config, Pattern, Texts, fill};
use bharosa::journey::{Fact, FactType, FactValue};
use bharosa::text::{digits, plain};
use common::json;

/// Whether `condition` holds when the facts are as in `page.id=cards page.views=3`; others are empty or 0.
fn holds(condition: &str, facts: &str) -> bool {
    let rule = format!(r#"{{"id": "a", "when": {condition}, "then": []}}"#);
    let (config, errors) =
        Config::decode(&json(&format!(r#"{{"version": 1, "backend": "/ws", "rules": [{rule}]}}"#)));
    assert!(errors.is_empty(), "{errors:?} in {condition}");
    let given: Vec<(Fact, &str)> = facts
        .split_whitespace()
        .map(|fact| fact.split_once('=').expect("name=value"))
        .map(|(name, value)| (Fact::named(name).unwrap_or_else(|| panic!("no fact {name}")), value))
        .collect();
    config.unwrap().rules[0].when.holds(&|fact| {
        let value = given.iter().find(|(known, _)| *known == fact).map(|(_, value)| *value);
        match fact.about().kind {
            FactType::Text => FactValue::Text(value.unwrap_or_default()),
            FactType::Number => FactValue::Number(value.unwrap_or("0").parse().expect("a number")),
        }
    })
}

fn check(rows: &[(&str, &str, bool)]) {
    for (condition, facts, expected) in rows {
        assert_eq!(holds(condition, facts), *expected, "{condition} with {facts}");
    }
}

#[test]
fn all_lines_must_hold() {
    check(&[
        ("{}", "", true),
        (r#"{"page.id": "cards"}"#, "page.id=cards", true),
        (r#"{"page.id": "cards"}"#, "page.id=card", false),
        (r#"{"page.id": "cards"}"#, "page.id=Cards", false),
        (r#"{"page.id": "cards", "page.views": 2}"#, "page.id=cards page.views=2", true),
        (r#"{"page.id": "cards", "page.views": 2}"#, "page.id=cards page.views=1", false),
        (r#"{"page.views": {"$gt": 1, "$lt": 4}}"#, "page.views=3", true),
        (r#"{"page.views": {"$gt": 1, "$lt": 4}}"#, "page.views=4", false),
        (r#"{"page.views": {}}"#, "page.views=4", true),
    ]);
}

#[test]
fn numbers_compare_as_numbers_and_texts_as_texts() {
    check(&[
        (r#"{"page.dwell_s": {"$eq": 40}}"#, "page.dwell_s=40", true),
        (r#"{"page.dwell_s": {"$eq": 40}}"#, "page.dwell_s=40.5", false),
        (r#"{"page.dwell_s": {"$ne": 40}}"#, "page.dwell_s=40", false),
        (r#"{"page.dwell_s": {"$ne": 40}}"#, "page.dwell_s=41", true),
        (r#"{"page.dwell_s": {"$lt": 40}}"#, "page.dwell_s=39.999", true),
        (r#"{"page.dwell_s": {"$lt": 40}}"#, "page.dwell_s=40", false),
        (r#"{"page.dwell_s": {"$lte": 40}}"#, "page.dwell_s=40", true),
        (r#"{"page.dwell_s": {"$lte": 40}}"#, "page.dwell_s=40.001", false),
        (r#"{"page.dwell_s": {"$gt": 40}}"#, "page.dwell_s=40", false),
        (r#"{"page.dwell_s": {"$gt": 40}}"#, "page.dwell_s=100", true),
        (r#"{"page.dwell_s": {"$gte": 40}}"#, "page.dwell_s=40", true),
        (r#"{"page.dwell_s": {"$gte": 40}}"#, "page.dwell_s=9", false),
        (r#"{"page.path": {"$gt": "/b"}}"#, "page.path=/c", true),
        (r#"{"page.path": {"$lte": "/b"}}"#, "page.path=/c", false),
        // As texts, "10" comes before "9".
        (r#"{"page.path": {"$lt": "9"}}"#, "page.path=10", true),
    ]);
}

#[test]
fn lists_hold_any_of_their_items() {
    check(&[
        (r#"{"page.id": {"$in": ["a", "b"]}}"#, "page.id=b", true),
        (r#"{"page.id": {"$in": ["a", "b"]}}"#, "page.id=c", false),
        (r#"{"page.id": {"$in": []}}"#, "page.id=c", false),
        (r#"{"page.id": {"$nin": ["a", "b"]}}"#, "page.id=b", false),
        (r#"{"page.id": {"$nin": ["a", "b"]}}"#, "page.id=c", true),
        (r#"{"page.id": {"$nin": []}}"#, "page.id=c", true),
        (r#"{"page.views": {"$in": [1, 2]}}"#, "page.views=2", true),
    ]);
}

#[test]
fn groups_combine_and_may_be_empty() {
    let two = r#"[{"page.id": "a"}, {"page.views": 2}]"#;
    let row = |group: &str, facts: &str, expected| {
        assert_eq!(holds(&format!(r#"{{"{group}": {two}}}"#), facts), expected, "{group} with {facts}");
    };
    for (facts, and, or) in [
        ("page.id=a page.views=2", true, true),
        ("page.id=a page.views=1", false, true),
        ("page.id=b page.views=2", false, true),
        ("page.id=b page.views=1", false, false),
    ] {
        row("$and", facts, and);
        row("$or", facts, or);
        row("$nor", facts, !or);
    }
    check(&[
        (r#"{"$and": []}"#, "", true),
        // As in GrowthBook: an empty $or holds, and an empty $nor does not.
        (r#"{"$or": []}"#, "", true),
        (r#"{"$nor": []}"#, "", false),
        (r#"{"$or": [{"page.id": "a"}], "page.views": 2}"#, "page.id=a page.views=1", false),
        (
            r#"{"$or": [{"$and": [{"page.id": "a"}, {"page.views": 2}]}, {"page.id": "b"}]}"#,
            "page.id=b",
            true,
        ),
    ]);
}

#[test]
fn not_turns_around_one_comparison_or_all() {
    check(&[
        (r#"{"$not": {"page.id": "a"}}"#, "page.id=a", false),
        (r#"{"$not": {"page.id": "a"}}"#, "page.id=b", true),
        (r#"{"$not": {}}"#, "", false),
        (r#"{"$not": {"page.id": "a", "page.views": 2}}"#, "page.id=a page.views=1", true),
        (r#"{"page.views": {"$not": {"$gt": 2}}}"#, "page.views=2", true),
        (r#"{"page.views": {"$not": {"$gt": 2}}}"#, "page.views=3", false),
        (r#"{"page.views": {"$not": {"$in": [1, 2]}}}"#, "page.views=2", false),
        (r#"{"page.views": {"$not": {"$gt": 2, "$lt": 5}}}"#, "page.views=5", true),
        (r#"{"page.views": {"$not": 2}}"#, "page.views=2", false),
        (r#"{"page.views": {"$not": {"$not": {"$eq": 2}}}}"#, "page.views=2", true),
    ]);
}

#[test]
fn a_value_of_another_type_is_never_equal_and_never_ordered() {
    // The config is refused for it, but a machine must not depend on that.
    use bharosa::rules::condition::Test;
    let number = || bharosa::value::Value::Number(4.0);
    let text = FactValue::Text("4");
    assert!(!Test::Equal(number()).holds(text));
    assert!(Test::NotEqual(number()).holds(text));
    assert!(!Test::Less(number()).holds(text) && !Test::GreaterOrEqual(number()).holds(text));
    assert!(!Test::In(vec![number()]).holds(text) && Test::NotIn(vec![number()]).holds(text));
    let nan = FactValue::Number(f64::NAN);
    assert!(!Test::LessOrEqual(number()).holds(nan) && !Test::GreaterOrEqual(number()).holds(nan));
}

#[test]
fn patterns_recognise_pages() {
    for (pattern, fits, fits_not) in [
        ("/rates", &["/rates", "/rates/"][..], &["/", "/rates/x", "/Rates", "/a/rates", "/rate"][..]),
        ("/rates/", &["/rates", "/rates/"], &["/ratess"]),
        ("/", &["/"], &["/a"]),
        (
            "/loans/auto*",
            &["/loans/auto", "/loans/auto/", "/loans/auto/2026", "/loans/automatic"],
            &["/loans", "/x/loans/auto"],
        ),
        ("/loans/*", &["/loans/auto", "/loans/a/b"], &["/loan/s"]),
        ("*", &["/", "/a/b"], &[]),
        ("*/help", &["/help", "/a/help"], &["/help/me"]),
        ("/a/*/b", &["/a/x/b", "/a/x/y/b", "/a//b"], &["/a/b", "/a/x/c"]),
        ("/*a*b*", &["/ab", "/xaxbx"], &["/ba", "/b"]),
        ("/ab*ba", &["/abba", "/abxba"], &["/aba"]),
        ("/قرض*", &["/قرض", "/قرض/گاڑی"], &["/قر"]),
    ] {
        for path in fits {
            assert!(Pattern::new(pattern).matches(path), "{pattern} should fit {path}");
        }
        for path in fits_not {
            assert!(!Pattern::new(pattern).matches(path), "{pattern} should not fit {path}");
        }
    }
}

#[test]
fn a_hostile_pattern_takes_no_longer_than_its_length() {
    let pattern = Pattern::new(&"*a".repeat(90));
    assert!(!pattern.matches(&("/".to_string() + &"a".repeat(80) + &"b".repeat(20_000))));
}

#[test]
fn texts_fall_back_to_the_first_language() {
    let pick = |text: &str, language: &str| Texts::decode(Some(&json(text))).pick(language).to_string();
    assert_eq!(pick(r#"{"en": "Yes", "ur": "جی"}"#, "ur"), "جی");
    assert_eq!(pick(r#"{"en": "Yes", "ur": "جی"}"#, "hi"), "Yes");
    assert_eq!(pick(r#""Yes""#, "hi"), "Yes");
    assert_eq!(pick("{}", "en"), "");
    assert_eq!(pick("7", "en"), "");
    assert_eq!(Texts::decode(None).pick("en"), "");
}

#[test]
fn slots_are_filled_and_slips_stay_visible() {
    let slots = [("page.name", "Auto"), ("n", "40"), ("open", "{n}")];
    for (text, expected) in [
        ("Read {page.name} for {n} s", "Read Auto for 40 s"),
        ("{n}{n}", "4040"),
        ("no slots", "no slots"),
        ("{nn} {n", "{nn} {n"),
        ("} {{n}} {}", "} {40} {}"),
        // What is filled in is not filled again.
        ("{open}", "{n}"),
        ("{page.name} کے بارے میں", "Auto کے بارے میں"),
    ] {
        assert_eq!(fill(text, &slots), expected);
    }
}

#[test]
fn numbers_are_written_as_people_write_them() {
    for (number, expected) in [
        (0.0, "0"),
        (-0.0, "0"),
        (40.0, "40"),
        (12.34, "12.3"),
        (12.99, "12.9"),
        (0.05, "0"),
        (-0.05, "0"),
        (-2.5, "-2.5"),
        (1e9, "1000000000"),
    ] {
        assert_eq!(plain(number), expected);
    }
    for tenths in 0..5_000_u32 {
        let number = f64::from(tenths) / 10.0;
        assert_eq!(plain(number), number.to_string());
    }
    for number in [0, 7, 10, 99, 100, 1_795_305_600_000, u64::MAX] {
        assert_eq!(digits(number), number.to_string());
    }
}
