//! `cargo xtask size`: what a visitor downloads, held to the budgets.
//!
//! Brotli-11 bytes, as a server sends prepared files. A kB is 1,000 bytes, the stricter reading.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::build::{self, Built, Mode};
use crate::compress::brotli_11;
use crate::paths::Paths;

struct Size {
    name: String,
    raw: usize,
    packed: usize,
}

struct Budget {
    what: &'static str,
    files: Vec<String>,
    limit: usize,
    /// By how much it is known to be exceeded, and told so every time; more than that fails.
    known: usize,
}

/// Bytes by which every page's budget is exceeded since rules can say all they can: a ratchet, to be turned down.
const KNOWN_OVER: usize = 18_100;

/// The demo bank's config stands for a bank's own, which is served from wherever the bank likes.
const CONFIG: &str = "config (demo bank)";

pub fn command() -> Result<bool> {
    let paths = Paths::find()?;
    let built = build::build(&paths, Mode::Release)?;
    report(&paths, &built)
}

/// Prints both tables and says whether every sum is within its budget.
pub fn report(paths: &Paths, built: &Built) -> Result<bool> {
    let mut sizes = measure(&paths.files, "")?;
    sizes.push(config(paths)?);
    println!("\n  {:<20} {:>9} {:>11}", "bytes", "raw", "brotli 11");
    for size in &sizes {
        println!("  {:<20} {:>9} {:>11}", size.name, size.raw, size.packed);
    }
    println!("\n  {:<72} {:>9} {:>9}", "needed (brotli 11, kB of 1,000 bytes)", "kB", "budget");
    let mut within = true;
    for budget in budgets(&sizes)? {
        let sum = budget.sum(&sizes)?;
        let fits = sum <= budget.limit;
        let verdict = match sum.checked_sub(budget.limit) {
            None | Some(0) => String::new(),
            Some(over) if over <= budget.known => {
                format!("  OVER BUDGET by {:.2}, known: see ARCHITECTURE.md, Bytes", over as f64 / 1000.0)
            }
            Some(_) => "  OVER BUDGET".to_string(),
        };
        println!("  {:<72} {:>9.2} {:>9}{verdict}", budget.what, sum as f64 / 1000.0, budget.limit / 1000);
        within &= fits || sum <= budget.limit + budget.known;
    }
    println!();
    if !built.optimised {
        println!("  Built without Node.js, so nothing is optimised: these figures do not count.\n");
    }
    Ok(within)
}

/// The sums of `product.md`.
fn budgets(sizes: &[Size]) -> Result<Vec<Budget>> {
    let languages = sizes.iter().filter(|size| size.name.starts_with("lang/"));
    let largest = languages.max_by_key(|size| size.packed).context("the build has no language file")?;
    let of = |what, files: &[&str], kb: usize| Budget {
        what,
        files: files.iter().map(|name| (*name).to_string()).collect(),
        limit: kb * 1000,
        known: 0,
    };
    Ok(vec![
        of("loader", &["bharosa.js"], 3),
        of("until the launcher shows: loader, config", &["bharosa.js", CONFIG], 4),
        Budget {
            known: KNOWN_OVER,
            ..of(
                "every page: loader, tracker.js, tracker.wasm",
                &["bharosa.js", "tracker.js", "tracker.wasm"],
                32,
            )
        },
        of(
            "panel: widget .js, .wasm, .css, say .js, .css, shared.js, hashes, largest language",
            &[
                "later.json",
                "widget.js",
                "widget.wasm",
                "widget.css",
                "say.js",
                "say.css",
                "shared.js",
                &largest.name,
            ],
            130,
        ),
    ])
}

impl Budget {
    fn sum(&self, sizes: &[Size]) -> Result<usize> {
        let packed = |name: &String| {
            let size = sizes.iter().find(|size| size.name == *name);
            size.map(|size| size.packed).with_context(|| format!("the build has no file {name}"))
        };
        self.files.iter().map(packed).sum()
    }
}

/// Every served file and the length of the twin beside it.
fn measure(folder: &Path, prefix: &str) -> Result<Vec<Size>> {
    let mut sizes = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            sizes.extend(measure(&path, &format!("{name}/"))?);
        } else if let Ok(twin) = fs::metadata(build::twin(&path)) {
            sizes.push(Size { name, raw: fs::metadata(&path)?.len() as usize, packed: twin.len() as usize });
        }
    }
    sizes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(sizes)
}

fn config(paths: &Paths) -> Result<Size> {
    let path = paths.demo_config();
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let small = build::json_text(&text).with_context(|| format!("in {}", path.display()))?;
    Ok(Size { name: CONFIG.to_string(), raw: small.len(), packed: brotli_11(&small)?.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes() -> Vec<Size> {
        let names = [
            ("bharosa.js", 3000),
            ("tracker.js", 4000),
            ("tracker.wasm", 25_001),
            ("widget.js", 1),
            ("widget.wasm", 2),
            ("widget.css", 2),
            ("say.css", 1),
            ("say.js", 1),
            ("shared.js", 0),
            ("later.json", 5),
            ("lang/en.json", 10),
            ("lang/ur.json", 40),
            (CONFIG, 1000),
        ];
        names.map(|(name, packed)| Size { name: name.to_string(), raw: 0, packed }).into_iter().collect()
    }

    #[test]
    fn sums_are_held_to_a_kilobyte_of_1000_bytes() {
        let sizes = sizes();
        let budgets = budgets(&sizes).unwrap();
        let fits: Vec<bool> = budgets.iter().map(|b| b.sum(&sizes).unwrap() <= b.limit).collect();
        assert_eq!(fits, [true, true, false, true]);
    }

    #[test]
    fn the_panel_counts_the_largest_language() {
        let sizes = sizes();
        let budgets = budgets(&sizes).unwrap();
        assert_eq!(budgets[3].sum(&sizes).unwrap(), 1 + 2 + 2 + 1 + 1 + 5 + 40);
    }
}
