//! The rows others have made for the languages this project speaks, read in place and never copied: from the folder
//! $BHAROSA_CONFORMANCE, else `../shared/conformance`. Each file's line says how many of its rows pass; without
//! the folder, or a file of it, that is said instead, and only our own cases speak.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod conditions;
mod hashing;
#[path = "../common/json.rs"]
mod json;

use serde_json::Value as Json;
use std::path::PathBuf;

/// The folder of rows, which need not be there.
fn folder() -> PathBuf {
    let given = std::env::var_os("BHAROSA_CONFORMANCE").map(PathBuf::from);
    // A relative folder is seen from the package, wherever the tests are started from.
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    package.join(given.unwrap_or_else(|| "../shared/conformance".into()))
}

/// Runs every row of `file`, prints `file passed/total` and fails below the total. `row` says what is wrong.
pub fn rows(file: &str, row: impl Fn(&Json) -> Result<(), String>) {
    let folder = folder();
    if !folder.is_dir() {
        println!("{file} not run: the folder {} is absent", folder.display());
        return;
    }
    let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
        println!("{file} not run: it is absent from {}", folder.display());
        return;
    };
    let whole: Json = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let cases = whole["cases"].as_array().unwrap_or_else(|| panic!("{file} has no cases"));
    let failures: Vec<String> = cases.iter().filter_map(|case| row(case).err()).collect();
    println!("{file} {}/{}", cases.len() - failures.len(), cases.len());
    assert!(!cases.is_empty(), "{file} has no cases");
    assert!(failures.is_empty(), "{file}:\n{}", failures.join("\n"));
}
