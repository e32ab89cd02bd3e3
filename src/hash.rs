//! Who is in which share: GrowthBook's hashing, so that an experiment gives the same visitor the same variant here
//! as in every other place that runs it.

use crate::text::{cut, digits, glue, within};

/// A number from 0 up to, not including, 1 that is always the same for the same `seed` and `value`.
///
/// Version 1 has a thousand steps and is kept for namespaces and old experiments; version 2 has ten thousand and
/// mixes better. There is no other version.
pub fn hash(seed: &str, value: &str, version: u64) -> Option<f64> {
    match version {
        1 => Some(f64::from(fnv(value, seed) % 1_000) / 1_000.0),
        2 => Some(f64::from(fnv(&digits(fnv(seed, value).into()), "") % 10_000) / 10_000.0),
        _ => None,
    }
}

/// FNV-1a of 32 bits, over whole UTF-16 units, as a browser's text is made of.
fn fnv(first: &str, second: &str) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for text in [first, second] {
        for unit in text.encode_utf16() {
            hash = (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
        }
    }
    hash
}

/// Whether `unit` is among those whom the namespace `id` gives the numbers from `from` up to, not including, `to`.
/// Experiments with ranges apart never share a visitor.
pub fn in_namespace(unit: &str, id: &str, from: f64, to: f64) -> bool {
    hash(&glue(&["__", id]), unit, 1).is_some_and(|number| number >= from && number < to)
}

/// The same share for everybody.
pub fn equal_weights(variants: usize) -> Vec<f64> {
    vec![1.0 / variants as f64; variants]
}

/// The numbers each variant answers to: from, and up to but not including.
///
/// `coverage` of each share takes part. Weights that are too few or too many, or do not come to 1 (± 0.01), are
/// taken as equal.
pub fn bucket_ranges(variants: usize, coverage: f64, weights: Option<&[f64]>) -> Vec<(f64, f64)> {
    let weights = weights.unwrap_or(&[]);
    let mut total = 0.0;
    for weight in weights {
        total += weight;
    }
    let equal = equal_weights(variants);
    let fits = weights.len() == variants && (0.99..=1.01).contains(&total);
    let coverage = within(coverage, 0.0, 1.0);
    let mut ranges = Vec::new();
    let mut from = 0.0;
    for weight in if fits { weights } else { &equal } {
        ranges.push((from, from + coverage * weight));
        from += weight;
    }
    ranges
}

/// The variant that answers to `number`, if one does.
pub fn choose_variation(number: f64, ranges: &[(f64, f64)]) -> Option<usize> {
    ranges.iter().position(|(from, to)| number >= *from && number < *to)
}

/// The variant an address asks for with `?key=1`, if there are that many variants. The first `key` decides.
pub fn query_override(key: &str, url: &str, variants: usize) -> Option<usize> {
    let (_, query) = cut(url, b'?')?;
    let mut rest = before(before(query, b'?'), b'#');
    while !rest.is_empty() {
        let (pair, others) = cut(rest, b'&').unwrap_or((rest, ""));
        let (name, value) = cut(pair, b'=').unwrap_or((pair, ""));
        if name == key {
            return index(value, variants);
        }
        rest = others;
    }
    None
}

/// The whole number `text` begins with, if it is below `end`.
pub fn index(text: &str, end: usize) -> Option<usize> {
    let mut number = None;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() {
            break;
        }
        let longer = number.unwrap_or(0) * 10 + usize::from(byte - b'0');
        if longer >= end {
            return None;
        }
        number = Some(longer);
    }
    number
}

/// What stands before the first `mark`: all of it when there is none.
fn before(text: &str, mark: u8) -> &str {
    cut(text, mark).map_or(text, |(before, _)| before)
}
