//! Where things are. Cargo tells the running xtask where its manifest lies, so every command works from any folder.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

pub struct Paths {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// The widget's files, ready to serve.
    pub files: PathBuf,
}

impl Paths {
    pub fn find() -> Result<Paths> {
        let root = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(manifest) => PathBuf::from(manifest).parent().map(PathBuf::from),
            None => env::current_dir().ok(),
        };
        let root = root.context("cannot tell where the repository is: run this as `cargo xtask …`")?;
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(target) => root.join(target),
            None => root.join("target"),
        };
        let files = target.join("bharosa");
        Ok(Paths { root, target, files })
    }

    pub fn demo_config(&self) -> PathBuf {
        self.root.join("examples/configs/demo-bank.json")
    }
}
