//! The command line with files made of texts.
#![allow(dead_code)]

use bharosa::cli::{Issue, Outcome, issues, run};
use std::io::{Error, ErrorKind};

/// Runs `bharosa …` with files that hold these texts.
pub fn bharosa(arguments: &str, files: &[(&str, &str)]) -> Outcome {
    let arguments: Vec<String> =
        ["bharosa"].into_iter().chain(arguments.split(' ')).map(str::to_string).collect();
    run(&arguments, &|name| match files.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => Ok(text.to_string()),
        None => Err(Error::new(ErrorKind::NotFound, "no such file")),
    })
}

/// The warnings about a config without mistakes, each as its sentence.
pub fn warnings(members: &str) -> Vec<String> {
    let found = issues(&format!(r#"{{"version": 1, "backend": "/ws", {members}}}"#));
    let told = |issue: Issue| {
        assert!(!issue.mistake, "{}: {} in {members}", issue.path, issue.problem);
        format!("{}: {}", issue.path, issue.problem)
    };
    found.into_iter().map(told).collect()
}
