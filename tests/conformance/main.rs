//! Rows that other systems are held to, from the folder that BHAROSA_CONFORMANCE names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hashing;
#[path = "../common/json.rs"]
mod json;

use bharosa::value::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder, or `None` after saying that there is none.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("BHAROSA_CONFORMANCE").map(PathBuf::from).filter(|path| path.is_dir());
    if folder.is_none() {
        println!("BHAROSA_CONFORMANCE names no folder: rows of other systems were not tried");
    }
    folder
}

/// Prints how many rows of a file hold, and says whether all do. A file that is not there has none.
fn run(folder: &Path, name: &str, holds: fn(&[Value]) -> bool) -> bool {
    let Ok(text) = fs::read_to_string(folder.join(format!("{name}.json"))) else {
        println!("{name}: not in {}", folder.display());
        return true;
    };
    let file = json::json(&text);
    let rows = file.get("cases").unwrap_or(&file).list();
    let failed: Vec<&Value> = rows.iter().filter(|row| !holds(row.list())).collect();
    println!("{name} {}/{}", rows.len() - failed.len(), rows.len());
    for row in &failed {
        println!("  {row:?}");
    }
    failed.is_empty() && !rows.is_empty()
}

#[test]
fn growthbook_hashing() {
    let Some(folder) = folder() else { return };
    let failed: Vec<&str> = hashing::FILES
        .into_iter()
        .filter(|(name, holds)| !run(&folder.join("growthbook"), name, *holds))
        .map(|(name, _)| name)
        .collect();
    assert!(failed.is_empty(), "rows do not hold: {failed:?}");
}
