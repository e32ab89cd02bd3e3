//! The real panel and the real desk through thousands of invented lives, each from one number: what was promised must
//! hold whatever goes wrong.
//!
//! `SEEDS=n` lives through so many, `SEED_FROM=k` begins there. One seed alone tells all that happens in it:
//! `SEEDS=1 SEED_FROM=k cargo test --test simulation -- --nocapture`; `FAULTS=Reset,Kill` keeps only those of its faults,
//! and `SHRINK=1` finds the fewest it fails with. `PLANTED=no` leaves the planted mistakes out, `PLANTED=only` does
//! nothing else, and `FAILURES=n` goes on until so many seeds have failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod agent;
mod book;
mod faults;
mod figures;
mod locks;
mod look;
mod network;
mod noted;
mod page;
mod plant;
mod queue;
mod rest;
mod run;
mod server;
mod shared;
mod storage;
mod strikes;
mod tab;
mod trace;
mod visitor;
mod world;

#[path = "../common/dice.rs"]
mod dice;

/// Nearly half of the time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use faults::names;
use figures::Figures;
use plant::PLANTS;
use std::time::Instant;

/// So many lives must hold.
const SEEDS: u64 = 10_000;
/// Within so many seeds every planted mistake must be found.
const FOUND_WITHIN: u64 = 1_000;
/// Seeds that are lived through twice.
const TWICE: u64 = 200;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// Which of a seed's faults are wanted: all, if the variable does not say.
fn only() -> u64 {
    std::env::var("FAULTS").map_or(u64::MAX, |text| faults::named(&text))
}

/// One test, because its parts share the machine and the figures.
#[test]
fn what_was_promised_holds_whatever_goes_wrong() {
    let (seeds, from) = (number("SEEDS", SEEDS), number("SEED_FROM", 0));
    if seeds == 1 {
        return one(from);
    }
    let started = Instant::now();
    let mut figures = Figures::default();
    let planted_wanted = std::env::var("PLANTED").unwrap_or_default();
    if planted_wanted == "only" {
        figures.planted = planted();
        return figures.print();
    }
    let mut wrong = Vec::new();
    let only = only();
    run::all(
        seeds,
        |job| run::seed(from + job, only, None, false),
        |outcome| {
            figures.take(&outcome);
            if let Some(how) = outcome.wrong {
                wrong.push((outcome.seed, how));
            }
            (wrong.len() as u64) < number("FAILURES", 10)
        },
    );
    figures.seconds = started.elapsed().as_secs_f64();
    if !wrong.is_empty() {
        wrong.sort();
        for (seed, how) in &wrong {
            println!("seed {seed}: {how}");
        }
        panic!("{}", shrunk(wrong[0].0));
    }
    if planted_wanted == "no" {
        return figures.print();
    }
    if only == u64::MAX {
        let changed = (0..TWICE.min(seeds)).find(|seed| {
            let lived = || run::seed(from + seed, only, None, false).hash;
            lived() != lived()
        });
        assert_eq!(changed, None, "a seed that does not tell the same twice");
        figures.twice = TWICE.min(seeds);
        figures.planted = planted();
        figures.all_seconds = started.elapsed().as_secs_f64();
        figures.print();
        figures.write();
        figures.judge();
    }
}

/// Lives through one seed and tells all; with the variable `SHRINK` only as much of it as is needed to fail.
fn one(seed: u64) {
    let set = if std::env::var("SHRINK").is_ok() { fewest(seed) } else { only() };
    let outcome = run::seed(seed, set, None, true);
    outcome.lines.iter().for_each(|line| println!("{line}"));
    println!(
        "seed {seed}: {} events, faults on: {}; struck: {}",
        outcome.events,
        names(outcome.on),
        names(outcome.hit)
    );
    assert_eq!(outcome.wrong, None, "in seed {seed}");
}

/// Takes faults away from a failing seed, half of them at a time and then one by one, while it still fails.
fn fewest(seed: u64) -> u64 {
    // Without its numbers, so that another failure is not taken for the one looked for.
    let kind = |how: String| how.chars().filter(|c| !c.is_ascii_hexdigit()).take(40).collect::<String>();
    let all = run::seed(seed, only(), None, false);
    let wanted = all.wrong.map(kind);
    let fails = |set: u64| run::seed(seed, set, None, false).wrong.map(kind) == wanted;
    let mut set = all.on;
    let mut step = set.count_ones().div_ceil(2);
    while step > 0 {
        let bits: Vec<u64> = (0..64).map(|bit| 1 << bit).filter(|bit| set & bit != 0).collect();
        for some in bits.chunks(step as usize) {
            let without = some.iter().fold(set, |left, bit| left & !bit);
            if fails(without) {
                set = without;
            }
        }
        step = if step == 1 { 0 } else { step.div_ceil(2) };
    }
    set
}

/// What to say of a failing seed, and how to see it.
fn shrunk(seed: u64) -> String {
    let set = fewest(seed);
    let how = run::seed(seed, set, None, false).wrong.unwrap_or_default();
    format!(
        "seed {seed} fails with these faults alone: {}\n{how}\n  FAULTS={} SEEDS=1 SEED_FROM={seed} cargo test --test simulation -- --nocapture",
        names(set),
        names(set)
    )
}

/// Looks for every planted mistake; for each, how many seeds that took and which rule found it.
fn planted() -> Vec<(&'static str, Option<(u64, String)>)> {
    let mut found: Vec<_> = PLANTS.iter().map(|(_, told)| (*told, None)).collect();
    run::all(
        PLANTS.len() as u64,
        |job| {
            let (plant, _) = PLANTS[job as usize];
            let mut figures = Figures::default();
            let caught = (0..FOUND_WITHIN).find_map(|seed| {
                let outcome = run::seed(seed, u64::MAX, Some(plant), false);
                figures.take(&outcome);
                // What fails without the mistake as well does not count as having found it.
                let healthy = |_: &String| run::seed(seed, u64::MAX, None, false).wrong.is_none();
                let how = outcome.wrong.filter(healthy).or_else(|| figures.slow().or_else(|| figures.herd()));
                how.map(|how| (seed + 1, how))
            });
            (job, caught)
        },
        |(job, caught)| {
            found[job as usize].1 = caught;
            true
        },
    );
    found
}
