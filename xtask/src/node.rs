//! The tools that come from npm: esbuild, wasm-opt (package `binaryen`) and Playwright.
//!
//! Nothing of them reaches a visitor, and a build without Node works; it is only larger.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use anyhow::Result;

use crate::progress::{step, warn};
use crate::run::{ask, run};

pub struct Tools {
    root: PathBuf,
}

impl Tools {
    /// Installs them first where they are missing or older than `package-lock.json`. `None` where Node is absent.
    pub fn find(root: &Path) -> Result<Option<Tools>> {
        if ask("node", &["--version"]).is_none() || ask("npm", &["--version"]).is_none() {
            warn(
                "Node.js and npm are not installed, so the files are neither optimised nor minified. \
                 They work, but are larger than what a bank should serve. Install Node.js 20 or newer.",
            );
            return Ok(None);
        }
        if !installed(root) {
            step("installing the tools of package-lock.json (npm ci)", || {
                let mut npm = Command::new("npm");
                npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
                run(npm.current_dir(root).stdin(Stdio::null()))
            })?;
        }
        Ok(Some(Tools { root: root.to_path_buf() }))
    }

    /// The tool `name`, to be run in the repository's root.
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.root.join("node_modules/.bin").join(name));
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }
}

/// npm writes `node_modules/.package-lock.json` last, so that it is there only after a whole installation.
fn installed(root: &Path) -> bool {
    let wanted = changed(&root.join("package-lock.json"));
    let present = changed(&root.join("node_modules/.package-lock.json"));
    present.is_some() && present >= wanted
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}
