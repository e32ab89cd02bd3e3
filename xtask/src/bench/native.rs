//! The native figures, by criterion.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Figure, Line, PACKAGE};
use crate::paths::Paths;
use crate::run::{cargo, run_reading};

/// Runs criterion and adds its figures to the lines.
pub fn measure(paths: &Paths, lines: &mut [Line]) -> Result<()> {
    let mut bench = cargo(&paths.root);
    bench.args(["bench", "--quiet", "--package", PACKAGE, "--bench", "rules", "--", "--quiet", "--noplot"]);
    run_reading(&mut bench, |said| {
        let Some((id, count)) = said.strip_prefix("allocations|").and_then(|said| said.split_once('|'))
        else {
            return;
        };
        if let Some(line) = lines.iter_mut().find(|line| line.id == id) {
            line.allocations[1] = count.parse().ok();
        }
    })?;
    for line in lines {
        let path = paths.target.join("criterion").join(&line.id).join("new/sample.json");
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        line.native = figure(&serde_json::from_slice(&text)?);
    }
    Ok(())
}

/// From criterion's samples: so many times took so many nanoseconds.
fn figure(sample: &Value) -> Option<Figure> {
    let (times, took) = (sample["iters"].as_array()?, sample["times"].as_array()?);
    let each = times.iter().zip(took).filter_map(|(n, ns)| Some(ns.as_f64()? / n.as_f64()? / 1000.0));
    let mut each: Vec<f64> = each.collect();
    each.sort_by(f64::total_cmp);
    let at = |part: f64| each.get((each.len().saturating_sub(1) as f64 * part).round() as usize).copied();
    Some(Figure { median: at(0.5)?, low: at(0.1)?, high: at(0.9)? })
}
