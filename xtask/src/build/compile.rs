//! Rust to WebAssembly: the tracker that every page runs, the widget that is fetched when the panel is wanted, and the
//! check that is fetched when a config has mistakes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::build::Mode;
use crate::paths::Paths;
use crate::progress::step;
use crate::run::{ask, cargo, run};

pub const TARGET: &str = "wasm32-unknown-unknown";

/// One compiled program, before wasm-bindgen has seen it.
pub struct Module {
    pub name: &'static str,
    pub wasm: Vec<u8>,
}

pub fn compile(paths: &Paths, mode: Mode) -> Result<Vec<Module>> {
    add_target()?;
    let (profile, folder) = match mode {
        Mode::Release => ("wasm", "wasm"),
        Mode::Dev => ("dev", "debug"),
    };
    step("compiling tracker, widget and check to WebAssembly", || {
        // The tracker is built without the sentences that the others say, so it takes a run of its own.
        for words in [&["tracker", "--no-default-features"][..], &["widget", "--bin", "check"]] {
            let mut cargo = cargo(&paths.root);
            cargo.args(["build", "--package", "bharosa", "--target", TARGET, "--profile", profile, "--bin"]);
            run(cargo.args(words))?;
        }
        Ok(())
    })?;
    let from = paths.target.join(TARGET).join(folder);
    ["tracker", "widget", "check"].map(|name| read(&from, name)).into_iter().collect()
}

/// A Rust installation comes without the browser's target; rustup adds it once per machine.
pub fn add_target() -> Result<()> {
    let libraries = ask("rustc", &["--print", "target-libdir", "--target", TARGET]);
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    step("adding the WebAssembly target (rustup)", || {
        run(Command::new("rustup").args(["target", "add", TARGET]).stdin(Stdio::null()))
            .with_context(|| format!("Rust's {TARGET} target is missing and could not be added"))
    })
}

fn read(from: &Path, name: &'static str) -> Result<Module> {
    let path = from.join(name).with_extension("wasm");
    let wasm = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Module { name, wasm })
}
