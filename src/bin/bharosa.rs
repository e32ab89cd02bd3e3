//! The command line: what it is told and what it reads come in here, and what it prints goes out.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let outcome = bharosa::cli::run(&arguments, &|path| std::fs::read_to_string(path));
    // Whoever reads may have heard enough: `bharosa reference | head`.
    let _ = std::io::Write::write_all(&mut std::io::stdout(), outcome.printed.as_bytes());
    let _ = std::io::Write::write_all(&mut std::io::stderr(), outcome.complained.as_bytes());
    ExitCode::from(outcome.code)
}
