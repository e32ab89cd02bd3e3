//! `cargo xtask bench rules`: how long the rules take, in Chromium and natively, beside their goals.
//!
//! Nothing fails for being slow: figures are of the machine they were taken on. The same work written by hand in
//! JavaScript runs by turns with ours, so that the ratio can be compared between machines.

mod browser;
mod native;
mod table;

use anyhow::{Context, Result};

use crate::build;
use crate::node::Tools;
use crate::paths::Paths;
use crate::progress::{note, step};

const PACKAGE: &str = "bharosa-bench";

/// Times in microseconds: the middle one, and between which eight of ten lie.
#[derive(Clone, Copy)]
pub struct Figure {
    pub median: f64,
    pub low: f64,
    pub high: f64,
}

/// One kind of work, as far as it was measured.
pub struct Line {
    pub id: String,
    pub what: String,
    pub goal: f64,
    /// Whether memory may be asked for.
    pub allocates: bool,
    pub wasm: Option<Figure>,
    pub plain: Option<Figure>,
    pub native: Option<Figure>,
    /// How often memory is asked for each time, in the browser and natively.
    pub allocations: [Option<f64>; 2],
}

pub fn command() -> Result<bool> {
    let paths = Paths::find()?;
    let tools = Tools::find(&paths.root)?.context("the figures need Node.js 20 or newer")?;
    let folder = build::unserved(&paths, &tools, PACKAGE, "figures")?;
    let (about, mut lines) = step("measuring in Chromium", || browser::measure(&paths, &folder))?;
    step("measuring natively (criterion)", || native::measure(&paths, &mut lines))?;
    note(&about);
    println!("{}", table::of(&lines));
    Ok(true)
}
