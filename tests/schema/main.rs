//! The JSON Schema and the decoder agree: what the schema accepts has no mistake of structure, and the other way
//! round. Tried on every example config and on damaged copies of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod damage;
#[path = "../common/dice.rs"]
mod dice;
#[path = "../common/json.rs"]
mod json;

use bharosa::config::describe::{Field, Kind};
use bharosa::config::file::CONFIG;
use bharosa::config::schema::schema;
use bharosa::config::{Class, Config};
use bharosa::json::write;
use bharosa::value::Value;
use boon::{Compiler, SchemaIndex, Schemas};
use damage::{Path, TRICKS, damaged, size};
use dice::Dice;
use json::json;
use std::collections::BTreeMap;

/// What the schema says of a value.
struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    fn new() -> Judge {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        let schema = serde_json::from_str(&write(&schema())).unwrap();
        compiler.add_resource("bharosa.json", schema).unwrap();
        let index =
            compiler.compile("bharosa.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
        Judge { schemas, index }
    }

    fn accepts(&self, value: &Value) -> Result<(), String> {
        let value = serde_json::from_str(&write(value)).unwrap();
        self.schemas.validate(&value, self.index).map_err(|error| format!("{error:#}"))
    }

    /// Whether the value is right, about which both must agree; `None` where the decoder stopped looking.
    fn agreed(&self, value: &Value, place: &str) -> Option<bool> {
        let report = Config::decode(value).1;
        let mistakes: Vec<_> = report.iter().filter(|error| error.class == Class::Structure).collect();
        let verdict = self.accepts(value);
        if mistakes.is_empty() && report.iter().any(|error| stops(&error.problem)) {
            return None;
        }
        let agreed = verdict.is_ok() == mistakes.is_empty();
        assert!(agreed, "{place}\nschema: {verdict:?}\ndecoder: {mistakes:?}");
        Some(verdict.is_ok())
    }
}

/// The example configs, by file name.
fn examples() -> Vec<(String, Value)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/configs");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files
        .iter()
        .map(|path| {
            (path.file_name().unwrap().display().to_string(), json(&std::fs::read_to_string(path).unwrap()))
        })
        .collect()
}

#[test]
fn every_example_is_right_for_both() {
    let judge = Judge::new();
    let examples = examples();
    assert!(examples.len() >= 2, "the examples are not where they were");
    for (name, value) in &examples {
        let (config, report) = Config::decode(value);
        let sentences: Vec<String> = report.iter().map(ToString::to_string).collect();
        assert_eq!(sentences, [""; 0], "{name}");
        assert!(config.is_ok(), "{name}");
        judge.accepts(value).unwrap_or_else(|problem| panic!("{name}: {problem}"));
    }
}

#[test]
fn defaults_and_examples_fit_their_own_fields() {
    let text = write(&schema());
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    pointers(&document, "#", &mut found);
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("bharosa.json", document.clone()).unwrap();
    for (pointer, value) in &found {
        let index = compiler.compile(&format!("bharosa.json{pointer}"), &mut schemas).unwrap();
        let verdict = schemas.validate(value, index);
        assert!(verdict.is_ok(), "{pointer}: {value}");
    }
    assert!(found.len() > 40, "{} are too few", found.len());
}

/// Every default and example, with the way to the schema it stands in.
fn pointers(schema: &serde_json::Value, at: &str, found: &mut Vec<(String, serde_json::Value)>) {
    let members = schema.as_object().into_iter().flatten();
    for (key, value) in members {
        match (key.as_str(), value) {
            ("default", value) => found.push((at.to_string(), value.clone())),
            ("examples", serde_json::Value::Array(values)) => {
                found.extend(values.iter().map(|value| (at.to_string(), value.clone())));
            }
            (_, value) => {
                let step = key.replace('~', "~0").replace('/', "~1").replace('%', "%25").replace('^', "%5E");
                pointers(value, &format!("{at}/{step}"), found);
            }
        }
    }
    for (nth, item) in schema.as_array().into_iter().flatten().enumerate() {
        pointers(item, &format!("{at}/{nth}"), found);
    }
}

/// Mistakes after which the decoder looks no further, so that the schema may see more.
fn stops(problem: &str) -> bool {
    problem.contains("levels deep") || problem.contains("must have at most 64 parts")
}

/// The name of a kind, and of each kind below it.
fn names(kind: &Kind, found: &mut BTreeMap<String, (usize, usize)>) {
    found.entry(name(kind)).or_default();
    match kind {
        Kind::Item(of) | Kind::Short(of) | Kind::List { of, .. } | Kind::Map(_, of) => names(of, found),
        Kind::Object(fields) => fields.iter().for_each(|field| names(&field.kind, found)),
        Kind::Choice(forms) => forms.iter().copied().flatten().for_each(|field| names(&field.kind, found)),
        _ => {}
    }
}

fn name(kind: &Kind) -> String {
    format!("{kind:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

/// The kinds that a value at `path` is of: `Item` and `Short` stand around others.
fn kinds<'k>(kind: &'k Kind, path: &[String], found: &mut Vec<&'k Kind>) {
    let field = |fields: &'k [Field]| {
        fields.iter().find(|field| Some(field.name) == path.first().map(String::as_str))
    };
    match (kind, path) {
        (Kind::Item(of), _) => kinds(of, path, found),
        (Kind::Short(of), _) => {
            if path.is_empty() {
                found.push(kind);
            }
            kinds(of, path, found);
        }
        (_, []) | (Kind::Condition | Kind::Where | Kind::Texts, _) => found.push(kind),
        (Kind::List { of, .. } | Kind::Map(_, of), [_, rest @ ..]) => kinds(of, rest, found),
        (Kind::Object(fields), [_, rest @ ..]) => {
            field(fields).into_iter().for_each(|field| kinds(&field.kind, rest, found));
        }
        (Kind::Choice(forms), [_, rest @ ..]) => {
            forms
                .iter()
                .find_map(|form| field(form))
                .into_iter()
                .for_each(|field| kinds(&field.kind, rest, found));
        }
        _ => {}
    }
}

#[test]
fn schema_and_decoder_agree_on_damaged_configs() {
    let (judge, examples, mut dice) = (Judge::new(), examples(), Dice::new(20_261_122));
    let (mut right, mut wrong, mut stopped) = (0, 0, 0);
    // How often each trick left the config right, and how often wrong.
    let mut tricks = vec![(0, 0); TRICKS.len()];
    for round in 0..10_000 {
        let (name, good) = &examples[round % examples.len()];
        let (value, played) = damaged(good, &mut dice);
        let Some(passes) = judge.agreed(&value, &format!("round {round}, {name}, {played:?}")) else {
            stopped += 1;
            continue;
        };
        *(if passes { &mut right } else { &mut wrong }) += 1;
        for (trick, _) in played {
            let (passed, failed) = &mut tricks[trick];
            *(if passes { passed } else { failed }) += 1;
        }
    }
    println!("{right} right, {wrong} wrong, {stopped} beyond the limits of a condition");
    assert!(right >= 2_000 && wrong >= 2_000 && stopped <= 200, "{right}, {wrong}, {stopped}");
    for (trick, (passed, failed)) in TRICKS.iter().zip(tricks) {
        println!("{trick}: {passed} right, {failed} wrong");
        assert!(passed > 10 && failed > 10, "{trick} is hardly tried");
    }
}

#[test]
fn every_kind_goes_both_ways() {
    let (judge, mut dice) = (Judge::new(), Dice::new(7));
    let (_, good) =
        examples().into_iter().find(|(name, _)| name == "everything.json").expect("the big example");
    let mut hit = BTreeMap::new();
    names(&CONFIG, &mut hit);
    let mut places: BTreeMap<String, Vec<Path>> = BTreeMap::new();
    for mut nth in 0..size(&good) {
        let (mut path, mut found) = (Path::new(), Vec::new());
        damage::nth(&mut good.clone(), &mut nth, &mut path);
        kinds(&CONFIG, &path, &mut found);
        found.into_iter().for_each(|kind| places.entry(name(kind)).or_default().push(path.clone()));
    }
    for (kind, paths) in &places {
        let (passed, failed) = hit.entry(kind.clone()).or_default();
        for _ in 0..200 {
            if *passed + *failed >= 20 && *passed > 0 && *failed > 0 {
                break;
            }
            let path = dice.pick(paths);
            let mut value = good.clone();
            damage::change(damage::at(&mut value, path), &mut dice);
            let passes = judge.agreed(&value, &format!("{kind} at {path:?}"));
            *(if passes == Some(true) { &mut *passed } else { &mut *failed }) += 1;
        }
    }
    // What is decoded on its own is of the kind it stands around.
    hit.retain(|kind, _| kind != "Item");
    for (kind, (passed, failed)) in hit {
        println!("{kind}: {passed} right, {failed} wrong");
        assert!(passed > 0 && failed > 0, "{kind}: {passed} right, {failed} wrong");
    }
}
