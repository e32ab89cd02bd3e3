//! wasm-opt, binaryen's optimiser, for size.

use std::fs;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, anyhow};

use super::files::Files;
use crate::node::Tools;
use crate::run::run;

/// What Rust's wasm32 target turns on, by name: with `--all-features` the result is a module that Chromium refuses.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// `scratch` is a folder for wasm-opt's input and output: it reads and writes files only.
pub fn all(tools: &Tools, scratch: &Path, files: &mut Files) -> Result<()> {
    fs::create_dir_all(scratch).with_context(|| format!("cannot make {}", scratch.display()))?;
    let names: Vec<String> = files.names().into_iter().filter(|name| name.ends_with(".wasm")).collect();
    let optimised: Vec<Vec<u8>> = thread::scope(|scope| {
        let files: &Files = files;
        let workers: Vec<_> = names
            .iter()
            .map(|name| scope.spawn(move || one(tools, scratch, name, files.get(name)?)))
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().map_err(|_| anyhow!("a thread stopped"))?)
            .collect::<Result<_>>()
    })?;
    for (name, wasm) in names.iter().zip(optimised) {
        files.set(name, wasm);
    }
    Ok(())
}

fn one(tools: &Tools, scratch: &Path, name: &str, wasm: &[u8]) -> Result<Vec<u8>> {
    let (input, output) = (scratch.join(format!("in-{name}")), scratch.join(name));
    fs::write(&input, wasm).with_context(|| format!("cannot write {}", input.display()))?;
    let mut command = tools.command("wasm-opt");
    command.args(FEATURES).args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    // Rust puts nothing but the far end of the stack below address 1,024.
    // Taken apart and put together again, a small program comes out a hundredth smaller; a large one takes minutes.
    command.args(
        if name == "tracker.wasm" {
            "--low-memory-unused --merge-similar-functions -Oz --flatten --rereloop -Os -Oz --reorder-functions"
        } else {
            "-Oz"
        }
        .split(' '),
    );
    run(command.arg(&input).arg("-o").arg(&output)).with_context(|| format!("cannot optimise {name}"))?;
    fs::read(&output).with_context(|| format!("cannot read {}", output.display()))
}
