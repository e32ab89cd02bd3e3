//! `cargo xtask test`: all that must hold before a change is sent in. CI runs exactly this.

use anyhow::{Context, Result, bail, ensure};

use crate::build::{self, Built, Mode};
use crate::chromium;
use crate::counts::Counts;
use crate::node::Tools;
use crate::paths::Paths;
use crate::reliability;
use crate::report::Report;
use crate::run::{cargo, run, run_reading};
use crate::size;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    All,
    /// What needs neither WebAssembly nor a browser.
    Quick,
}

/// The command line and its tests.
const COMMAND: [&str; 2] = ["--features", "bharosa/cli"];

/// Cargo's default here is the root package alone: this is all but the tools.
const PRODUCT: [&str; 5] = ["--workspace", "--exclude", "xtask", "--exclude", "bharosa-bench"];

pub fn command(scope: Scope) -> Result<bool> {
    let paths = Paths::find()?;
    let mut report = Report::default();
    report.step("formatting", |_| run(cargo(&paths.root).args(["fmt", "--all", "--check"])));
    report.step("lints, host", |_| host_lints(&paths));
    report.step("host tests", |counts| host_tests(&paths, counts));
    if scope == Scope::All {
        report.step("lints, browser", |_| browser_lints(&paths));
        built_files(&paths, &mut report);
    }
    Ok(report.close())
}

fn built_files(paths: &Paths, report: &mut Report) {
    let mut built: Option<Built> = None;
    report.step("build", |_| {
        built = Some(build::build(paths, Mode::Release)?);
        Ok(())
    });
    let desk = report.step("desk", |_| desk(paths));
    match &built {
        Some(built) => {
            report.step("sizes", |_| sizes(paths, built));
        }
        None => report.skip("sizes", "the build failed"),
    }
    match (built, desk) {
        (Some(_), true) => {
            report.step("browser tests", |counts| browser_tests(paths, counts));
        }
        _ => report.skip("browser tests", "the build or the desk failed"),
    }
}

fn host_lints(paths: &Paths) -> Result<()> {
    let mut clippy = cargo(&paths.root);
    run(clippy
        .args(["clippy", "--workspace", "--all-targets"])
        .args(COMMAND)
        .args(["--", "--deny", "warnings"]))
}

/// In the profile of the build, so that both share their macros and build scripts.
fn browser_lints(paths: &Paths) -> Result<()> {
    build::add_target()?;
    let mut clippy = cargo(&paths.root);
    clippy.args(["clippy", "--package", "bharosa", "--lib", "--bin", "tracker", "--bin", "widget"]);
    run(clippy.args(["--target", build::TARGET, "--profile", "wasm", "--", "--deny", "warnings"]))
}

/// xtask goes alone, as it was built to run this: together with the desk it would be compiled a second time,
/// for another choice of its dependencies' features.
fn host_tests(paths: &Paths, counts: &mut Counts) -> Result<()> {
    let mut test = |packages: &[&str]| {
        let mut cargo = cargo(&paths.root);
        cargo.arg("test").args(packages).arg("--no-fail-fast");
        run_reading(&mut cargo, |line| *counts += Counts::of_cargo_line(line))
    };
    let product = test(&[PRODUCT.as_slice(), &COMMAND].concat());
    if product.is_ok() {
        println!("{}", reliability::summary(paths)?);
    }
    // As the tracker has it: mistakes are counted, and cost the same rules as where they are told.
    let counted = test(&["--package", "bharosa", "--no-default-features", "--test", "kept"]);
    let tools = test(&["--package", "xtask"]);
    product.and(counted).and(tools)
}

fn desk(paths: &Paths) -> Result<()> {
    run(cargo(&paths.root).arg("build").args(PRODUCT).arg("--bins"))
}

fn sizes(paths: &Paths, built: &Built) -> Result<()> {
    let within = size::report(paths, built)?;
    ensure!(within || !built.optimised, "over budget: see the table above");
    Ok(())
}

fn browser_tests(paths: &Paths, counts: &mut Counts) -> Result<()> {
    let Some(tools) = Tools::find(&paths.root)? else {
        bail!("the browser tests need Node.js 20 or newer");
    };
    let results = paths.root.join("tests/browser/results/report.json");
    // A report of an earlier run must not be counted if this one writes none.
    if results.exists() {
        std::fs::remove_file(&results).with_context(|| format!("cannot remove {}", results.display()))?;
    }
    let mut playwright = tools.command("playwright");
    playwright.args(["test", "--config", "tests/browser/playwright.config.js"]);
    playwright.env("CHROMIUM", chromium::find_or_install()?);
    playwright.env("BHAROSA_DESK", paths.target.join("debug/desk"));
    playwright.env("BHAROSA_FILES", &paths.files);
    playwright.env("BHAROSA_FIGURES", paths.target.join("figures"));
    let outcome = run(&mut playwright);
    match Counts::of_playwright(&results) {
        Ok(more) => *counts += more,
        // Without a report there was no run: what Playwright itself said comes first.
        Err(error) => return outcome.and(Err(error)),
    }
    outcome
}
