//! The desk as a program. All it does itself is to read the command line and to say what went wrong.

use std::io::Write;
use std::process::ExitCode;

use desk::options::{HELP, Options, VISITOR_SECRET, Wanted};

fn main() -> ExitCode {
    match Options::parse(std::env::args_os().skip(1)) {
        Ok(Wanted::Help) => match std::io::stdout().write_all(HELP.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Ok(Wanted::Run(options)) => match options.complete(std::env::var_os(VISITOR_SECRET)) {
            Ok(options) => match desk::server::run(options) {
                Ok(()) => ExitCode::SUCCESS,
                Err(message) => fail(&message, 1),
            },
            Err(message) => fail(&message, 2),
        },
        Err(message) => fail(&message, 2),
    }
}

fn fail(message: &str, code: u8) -> ExitCode {
    eprintln!("desk: {message}");
    ExitCode::from(code)
}
