//! `cargo xtask build`: from sources to `target/bharosa`, the folder that a bank serves.
//!
//! compile → bind → optimise → minify → link by hashes → write, each file with its brotli twin.
//! Everything between compiling and writing happens in memory, so that the folder is never half new.

mod bindings;
mod compile;
mod files;
mod integrity;
mod minify;
mod modules;
mod names;
mod optimise;
mod panics;
mod stamp;
mod starter;
mod unserved;

pub use compile::{TARGET, add_target};
pub use files::twin;
pub use minify::json_text;
pub use unserved::unserved;

use anyhow::Result;

use crate::node::Tools;
use crate::paths::Paths;
use crate::progress::{note, step};
use files::Files;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What visitors get.
    Release,
    /// Quick to build, large to load.
    Dev,
}

/// What a build left behind.
pub struct Built {
    /// Whether the files went through every size tool. If not, their sizes mean nothing.
    pub optimised: bool,
}

pub fn command(mode: Mode) -> Result<bool> {
    let paths = Paths::find()?;
    build(&paths, mode)?;
    note(&format!("The widget's files are in {}", paths.files.display()));
    Ok(true)
}

/// Does only what the sources call for: an unchanged tree costs one look at every input.
pub fn build(paths: &Paths, mode: Mode) -> Result<Built> {
    let tools = match mode {
        Mode::Release => Tools::find(&paths.root)?,
        Mode::Dev => None,
    };
    let built = Built { optimised: tools.is_some() };
    let compiled = compile::compile(paths, mode)?;

    let stamp = stamp::of_inputs(paths, &compiled, built.optimised)?;
    if stamp::is_current(paths, &stamp) {
        note("the widget's files are up to date");
        return Ok(built);
    }

    let mut files = Files::default();
    step("joining WebAssembly and JavaScript (wasm-bindgen)", || {
        compiled.iter().try_for_each(|module| bindings::add(paths, &mut files, module))
    })?;
    files.add_folder(&paths.root.join("www/bharosa"))?;
    let asked = modules::bundle(&paths.root.join("src/browser/page"), "asked")?;
    files.set("asked.js", asked.into_bytes());
    if let Some(tools) = &tools {
        step("optimising WebAssembly (wasm-opt -Oz)", || {
            optimise::all(tools, &paths.target.join("wasm-opt"), &mut files)
        })?;
        step("minifying JavaScript and CSS (esbuild)", || minify::scripts_and_styles(tools, &mut files))?;
    }
    minify::json(&mut files)?;
    integrity::link(&mut files, env!("CARGO_PKG_VERSION"))?;
    step("compressing (brotli 11)", || files.write(&paths.files))?;
    stamp::remember(paths, &stamp)?;
    Ok(built)
}
