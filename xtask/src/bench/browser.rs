//! The figures of WebAssembly and JavaScript, from a real Chromium.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Figure, Line};
use crate::chromium;
use crate::paths::Paths;
use crate::run::pipe;

/// What was measured, in one sentence, and the figures.
pub fn measure(paths: &Paths, folder: &Path) -> Result<(String, Vec<Line>)> {
    let mut node = Command::new("node");
    node.arg(paths.root.join("xtask/bench/chromium.mjs")).arg(folder).current_dir(&paths.root);
    node.env("CHROMIUM", chromium::find_or_install()?).stderr(Stdio::inherit());
    let measured: Value = serde_json::from_slice(&pipe(&mut node, &[])?).context("no figures came back")?;
    let text = |name: &str| measured[name].as_str().unwrap_or_default().to_string();
    let about = format!("{}; {} rules hold. Chromium {}.", text("about"), measured["held"], text("chromium"));
    let mut lines = Vec::new();
    for (index, work) in text("works").lines().enumerate() {
        let [id, what, goal, allocates] = work.split('|').collect::<Vec<_>>()[..] else { continue };
        lines.push(Line {
            id: id.to_string(),
            what: what.to_string(),
            goal: goal.parse().context("a goal is a number")?,
            allocates: allocates == "true",
            wasm: figure(&measured, id, "wasm"),
            plain: figure(&measured, id, "plain"),
            native: None,
            allocations: [measured["allocations"][index].as_f64(), None],
        });
    }
    Ok((about, lines))
}

fn figure(measured: &Value, id: &str, kind: &str) -> Option<Figure> {
    let series = measured["series"].as_array()?;
    let one = series.iter().find(|one| one["id"] == id && one["kind"] == kind)?;
    let [median, low, high] = ["median", "low", "high"].map(|name| one[name].as_f64());
    Some(Figure { median: median?, low: low?, high: high? })
}
