//! Whether `target/bharosa` is already what the sources ask for: a hash over every input of the build.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::compile::Module;
use super::files::read_folder;
use super::integrity::hash;
use crate::paths::Paths;

pub fn of_inputs(paths: &Paths, compiled: &[Module], optimised: bool) -> Result<String> {
    let mut digest = Sha256::new();
    let mut add = |name: &str, content: &[u8]| {
        digest.update(name);
        digest.update(content.len().to_le_bytes());
        digest.update(content);
    };
    add("optimised", &[u8::from(optimised)]);
    for lock in ["Cargo.lock", "package-lock.json"] {
        add(lock, &fs::read(paths.root.join(lock)).unwrap_or_default());
    }
    for module in compiled {
        add(module.name, &module.wasm);
    }
    // The build's own steps are an input too.
    for folder in ["www/bharosa", "src/browser/page", "xtask/src"] {
        for (name, content) in read_folder(&paths.root.join(folder))? {
            add(&name, &content);
        }
    }
    Ok(hash(&digest.finalize()))
}

pub fn is_current(paths: &Paths, stamp: &str) -> bool {
    paths.files.join("bharosa.js").is_file() && fs::read_to_string(file(paths)).is_ok_and(|old| old == stamp)
}

pub fn remember(paths: &Paths, stamp: &str) -> Result<()> {
    let file = file(paths);
    fs::write(&file, stamp).with_context(|| format!("cannot write {}", file.display()))
}

/// Beside the folder, not in it: what is inside gets served.
fn file(paths: &Paths) -> PathBuf {
    paths.files.with_extension("stamp")
}
