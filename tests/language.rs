//! The condition language beyond the rows of others: our operators, the limits, what authors are told, and what
//! a tracker asks of a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use bharosa::condition::{Condition, Names, Test, at_path, decode};
use bharosa::fact::FactType;
use bharosa::report::Report;
use bharosa::value::Value;
use common::json;

/// Facts of each type, slots in this order, and one saved group.
struct Facts;

const FACTS: [(&str, FactType); 5] = [
    ("text", FactType::Text),
    ("number", FactType::Number),
    ("flag", FactType::Bool),
    ("list", FactType::List),
    ("any", FactType::Any),
];

impl Names for Facts {
    fn slot(&mut self, name: &str, report: &mut Report) -> Option<(usize, FactType)> {
        let slot = FACTS.iter().position(|(known, _)| *known == name);
        if slot.is_none() {
            report.unknown("fact", name, &FACTS.map(|(known, _)| known));
        }
        slot.map(|slot| (slot, FACTS[slot].1))
    }

    fn group(&mut self, id: &str, report: &mut Report) -> Option<Vec<Value>> {
        if id != "branches" {
            report.unknown("group", id, &["branches"]);
            return None;
        }
        Some(vec!["lhr-01".into(), Value::Number(7.0)])
    }
}

fn decoded(condition: &str) -> (Condition, Vec<String>) {
    let mut report = Report::default();
    let condition = decode(&json(condition), &mut Facts, &mut report);
    (condition, report.iter().map(|error| error.sentence()).collect())
}

fn holds(condition: &Condition, facts: &str) -> bool {
    let facts = json(facts);
    let values = FACTS.map(|(name, _)| at_path(&facts, name));
    condition.holds(&|slot| values[slot])
}

/// Rows of a condition without mistakes, facts, and whether it holds.
fn check(rows: &[(&str, &str, bool)]) {
    for (condition, facts, expected) in rows {
        let (decoded, mistakes) = decoded(condition);
        assert_eq!(mistakes, [""; 0], "in {condition}");
        assert_eq!(holds(&decoded, facts), *expected, "{condition} for {facts}");
    }
}

/// Rows of a condition and what is said about it.
fn check_mistakes(rows: &[(&str, &[&str])]) {
    for (condition, expected) in rows {
        assert_eq!(decoded(condition).1, *expected, "in {condition}");
    }
}

#[test]
fn parts_of_texts() {
    check(&[
        (r#"{"text": {"$glob": "/loans/*"}}"#, r#"{"text": "/loans/auto"}"#, true),
        (r#"{"text": {"$glob": "/loans/*"}}"#, r#"{"text": "/loans/"}"#, true),
        // Unlike a page's pattern: a slash at the end counts.
        (r#"{"text": {"$glob": "/loans/*"}}"#, r#"{"text": "/loans"}"#, false),
        (r#"{"text": {"$glob": "/loans"}}"#, r#"{"text": "/loans/"}"#, false),
        (r#"{"text": {"$glob": "*auto*rate"}}"#, r#"{"text": "/auto/x/rates/rate"}"#, true),
        (r#"{"text": {"$glob": "*auto*rate"}}"#, r#"{"text": "/auto/x/rates"}"#, false),
        (r#"{"text": {"$glob": "a*a"}}"#, r#"{"text": "a"}"#, false),
        (r#"{"text": {"$glob": "a.c"}}"#, r#"{"text": "abc"}"#, false),
        (r#"{"text": {"$glob": "**"}}"#, r#"{"text": ""}"#, true),
        (r#"{"text": {"$glob": ""}}"#, r#"{"text": "a"}"#, false),
        (r#"{"text": {"$startsWith": "گا"}}"#, r#"{"text": "گاڑی"}"#, true),
        (r#"{"text": {"$startsWith": "b"}}"#, r#"{"text": "ab"}"#, false),
        (r#"{"text": {"$endsWith": "/rates"}}"#, r#"{"text": "/loans/rates"}"#, true),
        (r#"{"text": {"$endsWith": "/rates"}}"#, r#"{"text": "rates"}"#, false),
        (r#"{"text": {"$contains": "oan"}}"#, r#"{"text": "/loans"}"#, true),
        (r#"{"text": {"$contains": "*"}}"#, r#"{"text": "/loans"}"#, false),
        (r#"{"text": {"$contains": ""}}"#, r#"{"text": ""}"#, true),
        (r#"{"text": {"$contains": "abc"}}"#, r#"{"text": "ab"}"#, false),
        // Not known, or no text: no part of it is either.
        (r#"{"text": {"$contains": "null"}}"#, "{}", false),
        (r#"{"any": {"$startsWith": "4"}}"#, r#"{"any": 40}"#, false),
        (r#"{"text": {"$not": {"$contains": "x"}}}"#, "{}", true),
    ]);
}

#[test]
fn facts_of_a_type_compare_with_values_of_that_type() {
    check(&[
        (r#"{"number": {"$gte": 40, "$lt": 50.5}}"#, r#"{"number": 50.25}"#, true),
        (r#"{"number": {"$in": [1, 2, null]}}"#, "{}", true),
        (r#"{"number": null}"#, "{}", true),
        (r#"{"flag": false}"#, "{}", false),
        (r#"{"flag": {"$ne": true}}"#, r#"{"flag": false}"#, true),
        (r#"{"list": {"$size": {"$gt": 1}}}"#, r#"{"list": [1, 2]}"#, true),
        (r#"{"list": {"$in": ["a", 1]}}"#, r#"{"list": [1]}"#, true),
        (r#"{"list": ["a"]}"#, r#"{"list": ["a"]}"#, true),
        (r#"{"list": {"$elemMatch": {"$contains": "uto"}}}"#, r#"{"list": ["x", "auto"]}"#, true),
        (r#"{"text": {"$inGroup": "branches"}}"#, r#"{"text": "lhr-01"}"#, true),
        (r#"{"number": {"$notInGroup": "branches"}}"#, r#"{"number": 7}"#, false),
    ]);
    check_mistakes(&[
        (r#"{"text": 5}"#, &["text: expected a text, found a number"]),
        (r#"{"number": "5"}"#, &["number: expected a number, found a text"]),
        (r#"{"number": {}}"#, &["number: expected a number, found an object"]),
        (r#"{"flag": "yes"}"#, &["flag: expected true or false, found a text"]),
        (r#"{"list": "a"}"#, &["list: expected a list, found a text"]),
        (r#"{"number": {"$gte": "40"}}"#, &["number.$gte: expected a number, found a text"]),
        (
            r#"{"number": {"$in": [1, "2", true]}}"#,
            &[
                "number.$in[1]: expected a number, found a text",
                "number.$in[2]: expected a number, found true or false",
            ],
        ),
        (r#"{"text": {"$in": "a"}}"#, &["text.$in: expected a list, found a text"]),
        (r#"{"text": {"$exists": 1}}"#, &["text.$exists: expected true or false, found a number"]),
        (
            r#"{"text": {"$type": "strng"}}"#,
            &[
                r#"text.$type: unknown type, did you mean "string"? It must be one of: string, number, boolean, array, object, null"#,
            ],
        ),
        (r#"{"text": {"$glob": 1}}"#, &["text.$glob: expected a text, found a number"]),
        (r#"{"text": {"$vgt": 1}}"#, &["text.$vgt: expected a text, found a number"]),
        (r#"{"list": {"$size": "2"}}"#, &["list.$size: expected a number, found a text"]),
        (r#"{"number": {"$regex": "4"}}"#, &["number.$regex: does not suit a fact of this type"]),
        (r#"{"flag": {"$lt": true}}"#, &["flag.$lt: does not suit a fact of this type"]),
        (r#"{"text": {"$size": 1}}"#, &["text.$size: does not suit a fact of this type"]),
        (r#"{"list": {"$eq": "a"}}"#, &["list.$eq: does not suit a fact of this type"]),
        (
            r#"{"text": {"$inGroup": "branch"}}"#,
            &[r#"text.$inGroup: unknown group, did you mean "branches"?"#],
        ),
        (r#"{"text": {"$inGroup": 1}}"#, &["text.$inGroup: expected a text, found a number"]),
        // Facts of any type take anything, but what has a form of its own must have it.
        (r#"{"any": {"$lt": "5", "$in": [1, "a"], "$eq": true, "$vgt": 1}}"#, &[]),
        (r#"{"any": {"$elemMatch": 1}}"#, &["any.$elemMatch: expected an object, found a number"]),
        (r#"{"any": {"$all": 1}}"#, &["any.$all: expected a list, found a number"]),
    ]);
}

#[test]
fn names_what_is_unknown() {
    check_mistakes(&[
        (r#"{"numbr": 1}"#, &[r#"numbr: unknown fact, did you mean "number"?"#]),
        (r#"{"$adn": []}"#, &[r#"$adn: unknown operator, did you mean "$and"?"#]),
        (r#"{"number": {"$gtee": 1}}"#, &[r#"number.$gtee: unknown operator, did you mean "$gte"?"#]),
        (r#"{"number": {"gte": 1}}"#, &[r#"number.gte: unknown operator, did you mean "$gte"?"#]),
        (
            r#"{"$or": [{"number": 1}, {"number": {"$foobarbaz": 1}}]}"#,
            &["$or[1].number.$foobarbaz: unknown operator"],
        ),
        (r#"{"$or": {}}"#, &["$or: expected a list, found an object"]),
        (r#"{"$and": [1]}"#, &["$and[0]: expected an object, found a number"]),
        (r#"{"$not": []}"#, &["$not: expected an object, found a list"]),
        ("[]", &["config: expected an object, found a list"]),
        // Inside an item every name is a path.
        (
            r#"{"list": {"$elemMatch": {"whatever.it": {"$gtt": 1}}}}"#,
            &[r#"list.$elemMatch.whatever.it.$gtt: unknown operator, did you mean "$gt"?"#],
        ),
    ]);
}

#[test]
fn a_mistake_never_makes_a_condition_hold() {
    for condition in [
        r#"{"numbr": 1}"#,
        r#"{"$not": {"numbr": 1}}"#,
        r#"{"$nor": [{"numbr": 1}]}"#,
        r#"{"$nor": {"numbr": 1}}"#,
        r#"{"$not": {"$not": {"numbr": 1}}}"#,
        r#"{"text": {"$not": {"$rgex": "a"}}}"#,
        r#"{"text": {"$not": {"$regex": "("}}}"#,
        r#"{"$and": 1}"#,
        r#"{"$not": 1}"#,
        r#"{"text": {"$notInGroup": "unknown"}}"#,
    ] {
        let (decoded, mistakes) = decoded(condition);
        assert_eq!(
            (mistakes.len(), holds(&decoded, r#"{"text": "a", "number": 1}"#)),
            (1, false),
            "{condition}"
        );
    }
    // And it loses nothing else.
    let (decoded, _) = decoded(r#"{"$or": [{"numbr": 1}, {"number": 1}]}"#);
    assert!(holds(&decoded, r#"{"number": 1}"#) && !holds(&decoded, r#"{"number": 2}"#));
}

#[test]
fn conditions_have_limits() {
    let nested = |levels: usize| format!("{}{{}}{}", r#"{"$not": "#.repeat(levels), "}".repeat(levels));
    let lines = |count: usize| format!(r#"{{"$and": [{}]}}"#, vec![r#"{"number": 1}"#; count].join(","));
    let items = |count: usize| format!(r#"{{"number": {{"$in": [{}]}}}}"#, vec!["1"; count].join(","));
    let deep = format!("{}: must be at most 8 levels deep", ["$not"; 9].join("."));
    for (condition, expected) in [
        (nested(8), None),
        (nested(9), Some(deep.as_str())),
        (lines(63), None),
        (lines(64), Some("config: must have at most 64 parts")),
        (items(256), None),
        (items(257), Some("number.$in: must have at most 256 items, and has 257: 1 too many")),
    ] {
        let (decoded, mistakes) = decoded(&condition);
        assert_eq!(mistakes, expected.into_iter().collect::<Vec<_>>());
        assert!(expected.is_none() || !holds(&decoded, r#"{"number": 1}"#), "what is too big never holds");
    }
    assert_eq!(decoded(&nested(31)).1.len(), 1, "what lies deeper is not looked at");
}

/// The comparison in a condition that has but one.
fn only(condition: &str) -> Test {
    let (decoded, mistakes) = decoded(condition);
    assert_eq!(mistakes, [""; 0], "in {condition}");
    let mut tests = Vec::new();
    decoded.walk(true, &mut |_, test, _| tests.push(test.clone()));
    assert_eq!(tests.len(), 1, "in {condition}");
    tests.remove(0)
}

#[test]
fn tests_that_ask_whether_a_fact_is_there() {
    for (operand, expected) in [
        (r#"{"$exists": true}"#, true),
        (r#"{"$exists": false}"#, true),
        (r#"{"$type": "null"}"#, true),
        ("null", true),
        (r#"{"$eq": null}"#, true),
        (r#"{"$ne": null}"#, true),
        (r#"{"$in": [1, null]}"#, true),
        (r#"{"$nin": [null]}"#, true),
        (r#"{"$nin": [1]}"#, false),
        (r#"{"$lt": 10}"#, false),
        (r#"{"$ne": 1}"#, false),
        ("1", false),
    ] {
        assert_eq!(only(&format!(r#"{{"any": {operand}}}"#)).asks_presence(), expected, "{operand}");
    }
}

#[test]
fn numbers_at_which_the_answer_may_change() {
    for (operand, expected) in [
        (r#"{"$gte": 40}"#, &[40.0][..]),
        (r#"{"$in": [1, 2.5]}"#, &[1.0, 2.5]),
        ("7", &[7.0]),
        (r#"{"$ne": 3}"#, &[3.0]),
        (r#"{"$lt": "12"}"#, &[12.0]),
        (r#"{"$lt": null}"#, &[0.0]),
        (r#"{"$exists": true}"#, &[]),
        (r#""abc""#, &[]),
    ] {
        let mut thresholds = Vec::new();
        only(&format!(r#"{{"any": {operand}}}"#)).thresholds(&mut |number| thresholds.push(number));
        assert_eq!(thresholds, expected, "{operand}");
    }
}

#[test]
fn equal_tests_are_the_same_comparison() {
    let same = |a: &str, b: &str| only(&format!(r#"{{"any": {a}}}"#)) == only(&format!(r#"{{"any": {b}}}"#));
    for operand in [r#"{"$gte": 40}"#, r#"{"$regex": "a+"}"#, r#"{"$all": ["a"]}"#, r#"{"$veq": "1.2"}"#, "1"]
    {
        assert!(same(operand, operand), "{operand}");
    }
    for (a, b) in [
        (r#"{"$gte": 40}"#, r#"{"$gt": 40}"#),
        (r#"{"$gte": 40}"#, r#"{"$gte": 41}"#),
        (r#"{"$gte": 40}"#, r#"{"$gte": "40"}"#),
        (r#"{"$in": ["a"]}"#, r#"{"$ini": ["a"]}"#),
        (r#"{"$all": ["a"]}"#, r#"{"$alli": ["a"]}"#),
        (r#"{"$regex": "a"}"#, r#"{"$regexi": "a"}"#),
        (r#"{"$veq": "1"}"#, r#"{"$eq": "1"}"#),
        (r#"{"$eq": 1}"#, "1"),
        (r#"{"$elemMatch": {"a": 1}}"#, r#"{"$elemMatch": {"b": 1}}"#),
    ] {
        assert!(!same(a, b), "{a} and {b}");
    }
}

#[test]
fn walking_tells_slots_and_negation() {
    let (decoded, _) = decoded(
        r#"{"number": {"$gt": 1, "$not": {"$lt": 9}}, "$nor": [{"text": "a"}, {"$not": {"flag": true}}]}"#,
    );
    let mut seen = Vec::new();
    decoded.walk(true, &mut |slot, _, positive| seen.push((slot, positive)));
    assert_eq!(seen, [(1, true), (1, false), (0, false), (2, true)]);
}
