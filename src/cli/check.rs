//! `bharosa check`: everything that is wrong with configs, for people, programs and GitHub.

use super::line::Lines;
use super::place::Places;
use super::shown::shown;
use super::{Outcome, Read, lint, read, slip};
use crate::config::{Class, Config, ConfigError};
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

    /// On one line, whatever stands in the names.
    fn sentence(&self) -> String {
        let (path, problem) = (shown(&self.path), shown(&self.problem));
        if path.is_empty() { problem } else { glue(&[&path, ": ", &problem]) }
    }
}

/// Everything there is to say about the config `text`: mistakes, then warnings, each in the order of the file.
pub fn issues(text: &str) -> Vec<Issue> {
    let lines = Lines::new(text);
    let value = match json::parse(text) {
        Ok(value) => value,
        Err(mistake) => {
            let (at, problem) = slip::told(text, &mistake);
            let begin = if text.trim().is_empty() {
                "; {\"version\": 1, \"backend\": \"/ws\"} is a beginning"
            } else {
                ""
            };
            let problem = glue(&["this is not JSON: ", &problem, begin]);
            return vec![Issue::of_file(&problem, lines.position(at))];
        }
    };
    let places = Places::new(text);
    let issue = |told: &ConfigError, mistake: bool| {
        let told = &blamed(told, &value);
        let (line, column) = lines.position(places.find(&told.steps));
        Issue {
            mistake,
            structure: mistake && told.class == Class::Structure,
            path: told.path.clone(),
            problem: told.problem.clone(),
            suggestion: told.meant.clone(),
            line,
            column,
        }
    };
    let (config, report) = Config::decode(&value);
    let mut issues: Vec<Issue> = report.iter().map(|told| issue(told, true)).collect();
    issues.extend(lint::mistakes(&value, &report).iter().map(|told| issue(told, true)));
    let mut warnings = Vec::new();
    for (at, path) in &places.repeated {
        let problem = "stands here twice; only the last counts";
        warnings.push(Issue {
            mistake: false,
            structure: false,
            path: path.clone(),
            ..Issue::of_file(problem, lines.position(*at))
        });
    }
    if let Ok(config) = &config {
        warnings.extend(lint::warnings(&value, config).iter().map(|told| issue(told, false)));
    }
    for list in [&mut issues, &mut warnings] {
        list.sort_by_key(|issue| (issue.line, issue.column));
    }
    issues.extend(warnings);
    issues
}

/// What is there and was left out for a mistake in it is not told to be missing.
fn blamed(told: &ConfigError, value: &Value) -> ConfigError {
    let mut told = told.clone();
    if let Some((place, name)) = &told.absent
        && value.get(place).is_some_and(|section| section.get(name).is_some())
    {
        told.problem =
            glue(&["\"", name, "\" in `", place, "` has a mistake, so that nothing can ask about it"]);
        told.meant = None;
    }
    told
}

/// Checks files and prints what is to be said about them.
pub fn run(files: &[String], format: Format, read: &Read) -> Outcome {
    let mut outcome = Outcome::default();
    let mut documents = Vec::new();
    for file in files {
        let issues = match read::text(file, read) {
            Ok(text) => issues(&text),
            Err(problem) => vec![Issue::of_file(&problem, (0, 0))],
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
