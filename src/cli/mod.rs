//! `bharosa`: what whoever writes configs asks of them at a desk, with the core that runs in the page.
//!
//! Nothing here touches the machine but the reading of files, which comes in as a function.

mod check;
mod events;
mod line;
mod lint;
mod place;
mod pretty;
mod read;
mod shown;
mod simulate;
mod slip;
mod visit;

pub use check::{Format, Issue, issues};
pub use events::{EVENTS, EventAbout};

use crate::config::{reference, schema};
use clap::{Parser, Subcommand, ValueEnum};

/// Checks configs, and prints what there is to know about them.
#[derive(Debug, Parser)]
#[command(name = "bharosa", bin_name = "cargo bharosa", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists everything that is wrong with configs, and what may not be as meant. Fails on a mistake.
    Check {
        /// Files; `-` is the standard input.
        #[arg(required = true)]
        config: Vec<String>,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Replays a visit recorded with `bharosa.trace()`: what fired when, and what held each rule back.
    Simulate {
        config: String,
        trace: String,
        /// Another visitor: what is left to chance, such as variants of experiments, comes out otherwise.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Prints the JSON Schema of configs, for editors.
    Schema,
    /// Prints a reference page in Markdown: of configs, or of recorded visits.
    Reference {
        #[arg(value_enum, default_value_t = Page::Config)]
        page: Page,
    },
}

/// What a reference page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Page {
    Config,
    Traces,
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// For the standard output.
    pub printed: String,
    /// For the standard error.
    pub complained: String,
    /// 0 when all is well, 1 for a mistake in a config, 2 for one in the command.
    pub code: u8,
}

/// Reads the text of a file.
pub type Read<'r> = dyn Fn(&str) -> std::io::Result<String> + 'r;

/// Runs the command that `arguments` name; the first is the program's own name.
pub fn run(arguments: &[String], read: &Read) -> Outcome {
    let command = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments.command,
        Err(problem) => {
            // Help and version come the same way.
            let text = problem.render().to_string();
            return match problem.use_stderr() {
                true => Outcome { complained: text, code: 2, ..Outcome::default() },
                false => Outcome { printed: text, ..Outcome::default() },
            };
        }
    };
    match command {
        Command::Check { config, format } => check::run(&config, format, read),
        Command::Simulate { config, trace, seed } => simulate::run(&config, &trace, seed, read),
        Command::Schema => print(pretty::write(&schema::schema())),
        Command::Reference { page: Page::Config } => print(reference::page()),
        Command::Reference { page: Page::Traces } => print(events::page()),
    }
}

fn print(printed: String) -> Outcome {
    Outcome { printed, ..Outcome::default() }
}
