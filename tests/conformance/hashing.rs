//! GrowthBook's rows about who is in which share.

use crate::json::from_json;
use crate::rows;
use bharosa::hash::{bucket_ranges, choose_variation, equal_weights, hash, in_namespace, query_override};
use bharosa::value::Value;

/// Runs a file whose rows are as `holds` reads them.
fn check(file: &str, holds: fn(&[Value]) -> bool) {
    rows(&format!("growthbook/{file}.json"), |row| {
        let fits = holds(from_json(row).list());
        if fits { Ok(()) } else { Err(row.to_string()) }
    });
}

#[test]
fn hashing() {
    check("hash", hashes);
}

#[test]
fn hashing_beyond_ascii() {
    check("hash-non-ascii", hashes);
}

#[test]
fn bucket_ranges_of_variants() {
    check("getBucketRange", ranges);
}

#[test]
fn variants_of_numbers() {
    check("chooseVariation", chosen);
}

#[test]
fn variants_in_addresses() {
    check("getQueryStringOverride", overridden);
}

#[test]
fn namespaces() {
    check("inNamespace", inside);
}

#[test]
fn weights_that_are_equal() {
    check("getEqualWeights", equal);
}

/// `[seed, value, version, number or null]`
fn hashes(row: &[Value]) -> bool {
    let [seed, value, version, expected] = row else { return false };
    hash(text(seed), text(value), number(version) as u64) == expected.number()
}

/// `[name, [variants, coverage, weights or null], [[from, to], …]]`
fn ranges(row: &[Value]) -> bool {
    let [_, given, expected] = row else { return false };
    let [variants, coverage, weights] = given.list() else { return false };
    let weights = match weights {
        Value::List(weights) => Some(weights.iter().map(number).collect::<Vec<f64>>()),
        _ => None,
    };
    let ranges = bucket_ranges(number(variants) as usize, number(coverage), weights.as_deref());
    let ranges = ranges.iter().map(|(from, to)| vec![rounded(*from), rounded(*to)]);
    ranges.collect::<Vec<_>>() == expected.list().iter().map(numbers).collect::<Vec<_>>()
}

/// `[name, number, ranges, index or -1]`
fn chosen(row: &[Value]) -> bool {
    let [_, n, ranges, expected] = row else { return false };
    let ranges: Vec<(f64, f64)> = ranges
        .list()
        .iter()
        .map(|range| match range.list() {
            [from, to] => (number(from), number(to)),
            other => panic!("no range: {other:?}"),
        })
        .collect();
    choose_variation(number(n), &ranges).map_or(-1.0, |index| index as f64) == number(expected)
}

/// `[name, experiment, address, variants, index or null]`
fn overridden(row: &[Value]) -> bool {
    let [_, key, url, variants, expected] = row else { return false };
    let found = query_override(text(key), text(url), number(variants) as usize);
    found.map(|index| index as f64) == expected.number()
}

/// `[name, unit, [namespace, from, to], true or false]`
fn inside(row: &[Value]) -> bool {
    let [_, unit, space, expected] = row else { return false };
    let [id, from, to] = space.list() else { return false };
    Some(in_namespace(text(unit), text(id), number(from), number(to))) == expected.bool()
}

/// `[variants, weights]`; a number of variants below zero is none here.
fn equal(row: &[Value]) -> bool {
    let [variants, expected] = row else { return false };
    let weights = equal_weights(number(variants) as usize);
    weights.into_iter().map(rounded).collect::<Vec<_>>() == numbers(expected)
}

/// As far as the rows are written out.
fn rounded(number: f64) -> f64 {
    (number * 1e8).floor() / 1e8
}

fn numbers(list: &Value) -> Vec<f64> {
    list.list().iter().map(number).collect()
}

fn number(value: &Value) -> f64 {
    value.number().unwrap_or_else(|| panic!("no number: {value:?}"))
}

fn text(value: &Value) -> &str {
    value.text().unwrap_or_else(|| panic!("no text: {value:?}"))
}
