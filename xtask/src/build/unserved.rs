//! A program of our own tools for the browser, made the way the served ones are made, and never served.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::compile::{Module, TARGET, add_target};
use super::files::Files;
use super::{bindings, optimise};
use crate::node::Tools;
use crate::paths::Paths;
use crate::progress::step;
use crate::run::{cargo, run};

/// Builds the program `name` of `package`. Answers with the folder that holds `NAME.js` and `NAME.wasm`.
pub fn unserved(paths: &Paths, tools: &Tools, package: &str, name: &'static str) -> Result<PathBuf> {
    add_target()?;
    step(&format!("compiling {name} to WebAssembly"), || {
        let mut cargo = cargo(&paths.root);
        cargo.args(["build", "--package", package, "--target", TARGET, "--profile", "wasm", "--bin", name]);
        run(&mut cargo)
    })?;
    let compiled = paths.target.join(TARGET).join("wasm").join(name).with_extension("wasm");
    let wasm = fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let mut files = Files::default();
    bindings::add(paths, &mut files, &Module { name, wasm })?;
    let folder = paths.target.join(name);
    step("optimising WebAssembly (wasm-opt -Oz)", || optimise::all(tools, &folder, &mut files))?;
    for file in files.names() {
        write(&folder.join(&file), files.get(&file)?)?;
    }
    Ok(folder)
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}
