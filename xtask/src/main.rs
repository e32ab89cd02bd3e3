//! `cargo xtask COMMAND`: everything a developer or CI runs, in one place.
//!
//! One file per command (`build`, `size`, `demo`, `test`); the rest are small helpers named after what they do.

mod bench;
mod build;
mod chromium;
mod compress;
mod counts;
mod demo;
mod node;
mod paths;
mod progress;
mod reliability;
mod report;
mod run;
mod size;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  demo [--port N]   build everything and serve the demo bank with its desk (port 8080)
  build [--dev]     write the widget's files to target/bharosa, ready to serve;
                    --dev is quick and unoptimised
  size              print what a visitor downloads and hold it to the budgets
  test [--quick]    formatting, lints, host tests, build, sizes and the browser tests;
                    --quick stops after the host tests
  reliability       write docs/reliability.md from the figures of the last test
  bench rules       time the rules, in Chromium and natively
  help              print this

`build` takes --release too, which is what it does anyway.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Says whether all is well: a command may finish its work and still find something over budget or failing.
fn dispatch(words: &[String]) -> anyhow::Result<bool> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["build"] | ["build", "--release"] => build::command(build::Mode::Release),
        ["build", "--dev"] => build::command(build::Mode::Dev),
        ["size"] => size::command(),
        ["demo"] => demo::command(demo::PORT),
        ["demo", "--port", port] => demo::command(demo::parse_port(port)?),
        ["test"] => test::command(test::Scope::All),
        ["test", "--quick"] => test::command(test::Scope::Quick),
        ["reliability"] => reliability::command(),
        ["bench", "rules"] => bench::command(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(true)
        }
        _ => anyhow::bail!("there is no command `{}`.\n\n{HELP}", words.join(" ")),
    }
}
