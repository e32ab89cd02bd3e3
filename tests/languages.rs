//! The language files say the same things, and all that is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/tree.rs"]
mod tree;

use bharosa::fact::Fact;
use bharosa::value::Value;
use common::json;
use std::collections::BTreeSet;
use tree::{File, files, none, read};

const LANGUAGES: [&str; 3] = ["en", "ur", "hi"];

/// Texts by key. Those of an entry with several, for certain values or for one and many, each by `key = value`.
fn texts(language: &str) -> Vec<(String, String)> {
    let Value::Map(entries) = json(&read(&format!("www/bharosa/lang/{language}.json"))) else {
        panic!("{language}.json is no object")
    };
    let mut texts = Vec::new();
    for (key, entry) in entries {
        match entry.text() {
            Some(text) => texts.push((key.to_string(), text.to_string())),
            None => {
                assert!(!entry.entries().is_empty(), "{language}: {key} is neither a text nor texts");
                for (value, text) in entry.entries() {
                    texts.push((format!("{key} = {value}"), text.text().expect("a text").to_string()));
                }
            }
        }
    }
    texts
}

/// The names in braces.
fn slots(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// Where texts are asked for by key.
fn speakers() -> Vec<File> {
    let own = |file: &File| {
        file.path.starts_with("src/ui/")
            || file.path == "src/view/mod.rs"
            || file.path.starts_with("src/browser/page/")
    };
    let mut speakers: Vec<File> = files("src").into_iter().filter(own).collect();
    speakers.extend(files("www/bharosa").into_iter().filter(|file| file.ends(&[".js"])));
    speakers
}

#[test]
fn all_say_the_same_things() {
    let mut problems = Vec::new();
    let english = texts("en");
    for language in LANGUAGES {
        let texts = texts(language);
        let find = |key: &str| texts.iter().find(|(known, _)| known == key).map(|(_, text)| text.as_str());
        for (key, text) in &english {
            match find(key) {
                None => problems.push(format!("{language}: {key} is missing")),
                Some(other) if slots(other) != slots(text) => {
                    problems.push(format!("{language}: {key} has other slots"))
                }
                Some(other) if other.trim().is_empty() => {
                    problems.push(format!("{language}: {key} is empty"))
                }
                Some(_) => {}
            }
        }
        let known: BTreeSet<&str> = english.iter().map(|(key, _)| key.as_str()).collect();
        problems.extend(
            texts
                .iter()
                .filter(|(key, _)| !known.contains(key.as_str()))
                .map(|(key, _)| format!("{language}: {key} is not in English")),
        );
        let unique: BTreeSet<_> = texts.iter().map(|(key, _)| key).collect();
        assert_eq!(unique.len(), texts.len(), "{language}: a key stands twice");
    }
    none(problems, "the language files differ");
}

#[test]
fn every_key_asked_for_exists() {
    let english = texts("en");
    let known = |key: &str| english.iter().any(|(name, _)| name == key);
    let mut asked = 0;
    let mut problems = Vec::new();
    for file in speakers() {
        for (number, line) in file.code() {
            for call in [".text(\"", ".fill(\"", " word('", "(word('"] {
                for rest in line.split(call).skip(1) {
                    let key = rest.split(['"', '\'']).next().unwrap_or_default();
                    asked += 1;
                    if !known(key) {
                        problems.push(format!("{}:{number}: {key}", file.path));
                    }
                }
            }
        }
    }
    assert!(asked > 20, "the way texts are asked for has changed: this test reads nothing");
    none(problems, "no language file has");
}

/// Whether `file` speaks of `key`: in quotes, or in JavaScript as a member.
fn said(file: &File, key: &str) -> bool {
    let quoted = ["\"", "'"].iter().any(|quote| file.text.contains(&[quote, key, quote].concat()));
    let member = [").", key].concat();
    quoted || file.ends(&[".js"]) && file.text.contains(&member)
}

/// Whether `key` is a sentence about a fact.
fn is_reason(key: &str) -> bool {
    let key = key.split(" = ").next().unwrap_or(key);
    let facts = Fact::ALL.map(|fact| fact.about().name.replace(".*", ""));
    key.strip_prefix("because.").is_some_and(|name| facts.iter().any(|fact| fact == name))
}

#[test]
fn a_text_for_one_and_many_has_all_forms_of_its_language() {
    for language in LANGUAGES {
        let texts = texts(language);
        let has = |key: &str| texts.iter().any(|(known, _)| known == key);
        for (key, _) in &texts {
            let Some((entry, form)) = key.split_once(" = ") else { continue };
            // English, Urdu and Hindi know two.
            let other = match form {
                "one" => "other",
                "other" => "one",
                _ => continue,
            };
            assert!(has(&format!("{entry} = {other}")), "{language}: {entry} has no form `{other}`");
        }
    }
}

#[test]
fn every_text_is_used() {
    let speakers = speakers();
    // `because.` and a fact, without the part that is the bank's own. `share.` and the name of a context line: the
    // lines are made in the prompt.
    let lines = read("src/prompt.rs");
    let used = |key: &str| match key.strip_prefix("share.") {
        Some(line) => lines.contains(&format!("\"{line}\"")),
        None => speakers.iter().any(|file| said(file, key)) || is_reason(key),
    };
    let unused = texts("en").into_iter().map(|(key, _)| key).filter(|key| !used(key)).collect();
    none(unused, "nobody says");
}

#[test]
fn every_context_line_has_words_for_the_visitor() {
    let source = read("src/prompt.rs");
    let keys: Vec<&str> =
        source.split(" line(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(!keys.is_empty(), "the way context lines are made has changed: this test reads nothing");
    for key in keys {
        assert!(
            texts("en").iter().any(|(name, _)| *name == format!("share.{key}")),
            "share.{key} is missing"
        );
    }
}
