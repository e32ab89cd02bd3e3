//! `cargo xtask demo`: the demo bank, its desk and the agents' page, from one command.

use std::fs;
use std::net::TcpListener;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::{self, Mode};
use crate::paths::Paths;
use crate::progress::step;
use crate::run::{cargo, run};

pub const PORT: u16 = 8080;

pub fn command(port: u16) -> Result<bool> {
    // Asked first: nobody wants to learn it after a build.
    if TcpListener::bind(("127.0.0.1", port)).is_err() {
        bail!(
            "port {port} is taken on this machine; choose another one: cargo xtask demo --port {}",
            other(port)
        );
    }
    let paths = Paths::find()?;
    build::build(&paths, Mode::Release)?;
    step("compiling the desk", || {
        run(cargo(&paths.root).args(["build", "--package", "desk", "--bin", "desk"]))
    })?;
    let home = paths.target.join("demo");
    fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
    println!("· serving; Ctrl-C stops it\n");
    let mut desk = Command::new(paths.target.join("debug/desk"));
    desk.current_dir(&paths.root);
    desk.arg("--listen").arg(format!("127.0.0.1:{port}"));
    desk.arg("--widget").arg(&paths.files);
    desk.args(["--site", "www/bank"]);
    desk.arg("--config").arg(paths.demo_config());
    desk.arg("--database").arg(home.join("desk.sqlite3"));
    become_program(desk)
}

pub fn parse_port(text: &str) -> Result<u16> {
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => bail!("--port takes a number from 1 to 65535, not `{text}`"),
    }
}

fn other(port: u16) -> u16 {
    port.checked_add(1).unwrap_or(PORT)
}

/// The desk takes this process's place, so that Ctrl-C and every other signal reaches it and nothing else.
#[cfg(unix)]
fn become_program(mut program: Command) -> Result<bool> {
    use std::os::unix::process::CommandExt;
    Err(program.exec()).context("cannot start the desk")
}

#[cfg(not(unix))]
fn become_program(mut program: Command) -> Result<bool> {
    run(&mut program)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_number_that_can_be_listened_on() {
        assert_eq!(parse_port("9000").unwrap(), 9000);
        for wrong in ["0", "65536", "-1", "http", ""] {
            assert!(parse_port(wrong).is_err(), "{wrong}");
        }
    }
}
