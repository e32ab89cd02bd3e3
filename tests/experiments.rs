//! Experiments: everybody has one variant, always the same, and shares are what the config says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/json.rs"]
mod json;
#[path = "common/random.rs"]
mod random;

use bharosa::experiment::Experiment;
use bharosa::hash::{hash, query_override};
use bharosa::value::Value;
use dice::Dice;
use json::json;

fn experiment(id: &str, config: &str) -> Experiment {
    Experiment::decode(id, &json(config)).unwrap_or_else(|| panic!("not decoded: {config}"))
}

/// The name of the variant `unit` has, `-` without one.
fn variant<'a>(experiment: &'a Experiment, unit: &str, forced: Option<&str>) -> &'a str {
    experiment.variant(unit, forced).map_or("-", |index| &experiment.variants[index])
}

fn units() -> impl Iterator<Item = String> {
    (0..20_000).map(|number| format!("visitor-{number}"))
}

/// How many of a hundred visitors have each variant, and none.
fn shares(experiment: &Experiment) -> String {
    let mut counts = vec![0.0; experiment.variants.len() + 1];
    for unit in units() {
        counts[experiment.variant(&unit, None).unwrap_or(experiment.variants.len())] += 1.0 / 200.0;
    }
    counts.iter().map(|count: &f64| format!("{:.0}", count)).collect::<Vec<_>>().join(" ")
}

#[test]
fn shares_are_as_configured() {
    let rows = [
        (r#"{"variants": ["a", "b"]}"#, "50 50 0"),
        (r#"{"variants": ["a", "b"], "hash": 1}"#, "50 50 0"),
        (r#"{"variants": ["a", "b", "c"], "weights": [0.6, 0.3, 0.1]}"#, "60 30 10 0"),
        (r#"{"variants": ["a", "b"], "coverage": 0.4}"#, "20 20 60"),
        (r#"{"variants": ["a", "b"], "coverage": 0}"#, "0 0 100"),
        (r#"{"variants": ["a", "b"], "weights": [0, 1]}"#, "0 100 0"),
        (r#"{"variants": ["a", "b"], "namespace": {"id": "n", "range": [0, 0.3]}}"#, "15 15 70"),
        (r#"{"variants": ["a", "b"], "namespace": {"id": "n", "range": [0.3, 0.3]}}"#, "0 0 100"),
        (r#"{"variants": ["a", "b"], "force": "b", "coverage": 0}"#, "0 100 0"),
    ];
    let share = |text: &str| text.split(' ').map(|share| share.parse().unwrap()).collect::<Vec<i32>>();
    for (config, expected) in rows {
        let found = shares(&experiment("shares", config));
        let near = share(&found).iter().zip(share(expected)).all(|(found, wanted)| {
            // None and all are exact; between them chance has its say.
            if matches!(wanted, 0 | 100) { *found == wanted } else { (found - wanted).abs() <= 2 }
        });
        assert!(near, "{config}: {found}, not {expected}");
    }
}

#[test]
fn a_preview_goes_above_all_else() {
    let forced = r#"{"variants": ["cold", "warm", "2nd"], "coverage": 0}"#;
    let decided = r#"{"variants": ["cold", "warm"], "force": "cold"}"#;
    let rows = [
        (forced, Some("warm"), "warm"),
        (forced, Some("1"), "warm"),
        (forced, Some("2"), "2nd"),
        (forced, Some("2nd"), "2nd"),
        (forced, Some("3"), "-"),
        (forced, Some("-1"), "-"),
        (forced, Some("99999999999999999999999999"), "-"),
        (forced, Some("Warm"), "-"),
        (forced, Some(""), "-"),
        (forced, None, "-"),
        (decided, Some("warm"), "warm"),
        (decided, Some("hot"), "cold"),
        (decided, None, "cold"),
    ];
    for (config, forced, expected) in rows {
        for unit in ["visitor", ""] {
            assert_eq!(
                variant(&experiment("e", config), unit, forced),
                expected,
                "{config} {forced:?} {unit}"
            );
        }
    }
}

#[test]
fn without_an_id_nobody_takes_part() {
    let all = experiment("e", r#"{"variants": ["a", "b"]}"#);
    assert_eq!(variant(&all, "", None), "-");
    assert_ne!(variant(&all, "visitor", None), "-");
}

#[test]
fn the_same_seed_puts_the_same_visitors_together() {
    let plain = experiment("first", r#"{"variants": ["a", "b"]}"#);
    let same = experiment("second", r#"{"variants": ["a", "b"], "seed": "first"}"#);
    let other = experiment("second", r#"{"variants": ["a", "b"]}"#);
    let differ = |one: &Experiment, two: &Experiment| {
        units().filter(|unit| one.variant(unit, None) != two.variant(unit, None)).count()
    };
    assert_eq!(differ(&plain, &same), 0);
    let half = differ(&plain, &other);
    assert!((9_000..11_000).contains(&half), "independent experiments agree on half: {half}");
}

#[test]
fn a_namespace_keeps_experiments_apart() {
    let low =
        experiment("low", r#"{"variants": ["a", "b"], "namespace": {"id": "offers", "range": [0, 0.5]}}"#);
    let high =
        experiment("high", r#"{"variants": ["a", "b"], "namespace": {"id": "offers", "range": [0.5, 1]}}"#);
    for unit in units() {
        assert!(low.variant(&unit, None).is_some() != high.variant(&unit, None).is_some(), "{unit}");
    }
}

#[test]
fn hashes_are_growthbooks() {
    // Beyond ASCII the unit is half a surrogate pair, neither a byte nor a character.
    let rows = [
        ("b", "a", 1, Some(0.946)),
        ("seed", "a", 2, Some(0.0505)),
        ("", "Zürich", 2, Some(0.1997)),
        ("", "😀", 2, Some(0.4971)),
        ("", "a", 0, None),
        ("", "a", 3, None),
    ];
    for (seed, value, version, expected) in rows {
        assert_eq!(hash(seed, value, version), expected, "{seed} {value} {version}");
    }
}

#[test]
fn an_address_names_a_variant() {
    let rows = [
        ("?e=1", Some(1)),
        ("/path?e=1", Some(1)),
        ("?a=0&e=1&b=0", Some(1)),
        ("?e=1&e=0", Some(1)),
        ("?e=x&e=0", None),
        ("?e=1.9", Some(1)),
        ("?e=1abc", Some(1)),
        ("?e=1=0", Some(1)),
        ("?e=1#e=0", Some(1)),
        ("#frag?e=1", Some(1)),
        ("?e=2", None),
        ("?e=", None),
        ("?e", None),
        ("?xe=1", None),
        ("?E=1", None),
        ("?x?e=1", None),
        ("e=1", None),
        ("", None),
    ];
    for (url, expected) in rows {
        assert_eq!(query_override("e", url, 2), expected, "{url}");
    }
}

#[test]
fn what_is_no_experiment_is_not_decoded() {
    let good = r#"{"variants": ["a", "b"], "weights": [0.5, 0.5], "coverage": 1, "seed": "s", "hash": 2,
                   "namespace": {"id": "n", "range": [0, 0.5]}, "force": "a"}"#;
    assert!(Experiment::decode("e", &json(good)).is_some());
    let rows = [
        "null",
        "{}",
        r#"{"variants": []}"#,
        r#"{"variants": ["a", 1]}"#,
        r#"{"variants": ["a"], "weights": ["1"]}"#,
        r#"{"variants": ["a"], "coverage": "1"}"#,
        r#"{"variants": ["a"], "seed": 1}"#,
        r#"{"variants": ["a"], "hash": 3}"#,
        r#"{"variants": ["a"], "namespace": {"id": "n", "range": [0]}}"#,
        r#"{"variants": ["a"], "namespace": {"range": [0, 1]}}"#,
        r#"{"variants": ["a"], "force": "b"}"#,
    ];
    for config in rows {
        assert_eq!(Experiment::decode("e", &json(config)), None, "{config}");
    }
    // Whatever else comes in does not panic, neither here nor later.
    let mut dice = Dice::new(7);
    for _ in 0..5_000 {
        let value: Value = random::damaged(&json(good), &mut dice);
        if let Some(experiment) = Experiment::decode("e", &value) {
            let index = experiment.variant("visitor", None);
            assert!(index.is_none_or(|index| index < experiment.variants.len()));
        }
    }
}
