//! `bharosa check`: everything that is wrong with configs, for people, programs and GitHub.

use super::place::{find, position, repeated};
use super::{Outcome, Read, lint};
use crate::config::{Class, Config};
use crate::json;
use crate::text::{digits, glue};
use crate::value::{Value, map};
use clap::ValueEnum;

/// How issues are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A line each: `bank.json:12:7: error: rules[0].id: is missing`.
    Text,
    /// One JSON document.
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a change.
    Github,
}

/// One thing to know about a config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// A mistake, or else a warning.
    pub mistake: bool,
    /// Whether a JSON Schema sees it too.
    pub structure: bool,
    /// As one would write it in JavaScript; empty for the whole file.
    pub path: String,
    /// What is wrong and what to do, without a full stop.
    pub problem: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
    /// From 1; 0 when the file could not be read.
    pub line: usize,
    pub column: usize,
}

impl Issue {
    fn of_file(problem: &str, at: (usize, usize)) -> Issue {
        Issue {
            mistake: true,
            structure: true,
            path: String::new(),
            problem: problem.to_string(),
            suggestion: None,
            line: at.0,
            column: at.1,
        }
    }

    fn level(&self) -> &'static str {
        if self.mistake { "error" } else { "warning" }
    }

    fn sentence(&self) -> String {
        if self.path.is_empty() { self.problem.clone() } else { glue(&[&self.path, ": ", &self.problem]) }
    }
}

/// Everything there is to say about the config `text`: mistakes, then warnings, each in the order of the file.
pub fn issues(text: &str) -> Vec<Issue> {
    let value = match json::parse(text) {
        Ok(value) => value,
        Err(mistake) => {
            let problem = glue(&["this is not JSON: ", mistake.problem]);
            return vec![Issue::of_file(&problem, position(text, mistake.at))];
        }
    };
    let (config, report) = Config::decode(&value);
    let mut issues = Vec::new();
    for error in report.iter() {
        let (line, column) = position(text, find(text, &error.steps));
        issues.push(Issue {
            mistake: true,
            structure: error.class == Class::Structure,
            path: error.path.clone(),
            problem: error.problem.clone(),
            suggestion: error.meant.clone(),
            line,
            column,
        });
    }
    let mut warnings = Vec::new();
    for (at, name) in repeated(text) {
        let mut warning = Issue::of_file(
            &glue(&["\"", &name, "\" stands here twice; only the last counts"]),
            position(text, at),
        );
        warning.mistake = false;
        warnings.push(warning);
    }
    if let Ok(config) = &config {
        for warning in lint::warnings(&value, config).iter() {
            let (line, column) = position(text, find(text, &warning.steps));
            let (path, problem) = (warning.path.clone(), warning.problem.clone());
            let suggestion = warning.meant.clone();
            warnings.push(Issue {
                mistake: false,
                structure: false,
                path,
                problem,
                suggestion,
                line,
                column,
            });
        }
    }
    for list in [&mut issues, &mut warnings] {
        list.sort_by_key(|issue| (issue.line, issue.column));
    }
    issues.extend(warnings);
    issues
}

/// Checks files and prints what is to be said about them.
pub fn run(files: &[String], format: Format, read: &Read) -> Outcome {
    let mut outcome = Outcome::default();
    let mut documents = Vec::new();
    for file in files {
        let issues = match read(file) {
            Ok(text) => issues(&text),
            Err(error) => vec![Issue::of_file(&glue(&["cannot be read: ", &error.to_string()]), (0, 0))],
        };
        if issues.iter().any(|issue| issue.mistake) {
            outcome.code = 1;
        }
        match format {
            Format::Text => text(file, &issues, &mut outcome.printed),
            Format::Github => github(file, &issues, &mut outcome.printed),
            Format::Json => documents.push(document(file, &issues)),
        }
    }
    if format == Format::Json {
        outcome.printed = super::pretty::write(&map([("files", Value::List(documents))]));
    }
    outcome
}

fn text(file: &str, issues: &[Issue], printed: &mut String) {
    for issue in issues {
        let mut place = file.to_string();
        if issue.line > 0 {
            place.push_str(&glue(&[":", &digits(issue.line as u64), ":", &digits(issue.column as u64)]));
        }
        printed.push_str(&glue(&[&place, ": ", issue.level(), ": ", &issue.sentence(), "\n"]));
    }
    let mistakes = issues.iter().filter(|issue| issue.mistake).count();
    let several = |count: usize, one: &str| match count {
        0 => glue(&["no ", one, "s"]),
        1 => glue(&["1 ", one]),
        _ => glue(&[&digits(count as u64), " ", one, "s"]),
    };
    let counted = [several(mistakes, "mistake"), several(issues.len() - mistakes, "warning")];
    printed.push_str(&glue(&[file, ": ", &counted.join(", "), "\n"]));
}

fn github(file: &str, issues: &[Issue], printed: &mut String) {
    let value = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let file = value(file).replace(':', "%3A").replace(',', "%2C");
    for issue in issues {
        printed.push_str(&glue(&["::", issue.level(), " file=", &file]));
        if issue.line > 0 {
            printed.push_str(&glue(&[
                ",line=",
                &digits(issue.line as u64),
                ",col=",
                &digits(issue.column as u64),
            ]));
        }
        printed.push_str(&glue(&["::", &value(&issue.sentence()), "\n"]));
    }
}

fn document(file: &str, issues: &[Issue]) -> Value {
    let issue = |issue: &Issue| {
        let number = |number: usize| if number > 0 { (number as u64).into() } else { Value::Null };
        map([
            ("level", issue.level().into()),
            ("kind", if issue.structure { "structure" } else { "meaning" }.into()),
            ("path", issue.path.as_str().into()),
            ("line", number(issue.line)),
            ("column", number(issue.column)),
            ("problem", issue.problem.as_str().into()),
            ("suggestion", issue.suggestion.as_deref().into()),
        ])
    };
    map([("file", file.into()), ("issues", Value::List(issues.iter().map(issue).collect()))])
}
