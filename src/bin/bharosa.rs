//! The command line: what it is told and what it reads come in here, and what it prints goes out.

use std::io::{Read, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    // A name that is no text is a file that is not found, and no reason to fall over.
    let arguments: Vec<String> =
        std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let outcome = bharosa::cli::run(&arguments, &read);
    // Whoever reads may have heard enough: `bharosa reference | head`.
    let _ = std::io::stdout().write_all(outcome.printed.as_bytes());
    let _ = std::io::stderr().write_all(outcome.complained.as_bytes());
    ExitCode::from(outcome.code)
}

/// The text of a file; `-` is the standard input.
fn read(path: &str) -> std::io::Result<String> {
    if path != "-" {
        return std::fs::read_to_string(path);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}
