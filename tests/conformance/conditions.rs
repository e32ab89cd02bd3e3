//! GrowthBook's condition language.

use crate::json::from_json;
use crate::rows;
use bharosa::condition::{Paths, at_path, decode};
use bharosa::report::Report;
use bharosa::value::Value;
use serde_json::Value as Json;

/// Whether a condition holds for attributes, with the mistakes found in it.
fn evaluate(condition: &Json, attributes: &Json, groups: Option<&Json>) -> (bool, Report) {
    let groups = groups.map(from_json).unwrap_or_default();
    let groups =
        groups.entries().iter().map(|(id, values)| (id.to_string(), values.list().to_vec())).collect();
    let mut names = Paths { paths: Vec::new(), groups };
    let mut report = Report::default();
    let condition = decode(&from_json(condition), &mut names, &mut report);
    let attributes = from_json(attributes);
    let facts: Vec<&Value> = names.paths.iter().map(|path| at_path(&attributes, path)).collect();
    (condition.holds(&|slot| facts[slot]), report)
}

/// A row is `[name, condition, attributes, expected, groups?]`.
fn row(row: &Json) -> Result<(), String> {
    let (holds, report) = evaluate(&row[1], &row[2], row.get(4));
    if Some(holds) == row[3].as_bool() { Ok(()) } else { Err(format!("{row}\n  {holds}, {:?}", report)) }
}

#[test]
fn conditions() {
    rows("growthbook/evalCondition.json", row);
}

#[test]
fn conditions_on_facts_of_fixed_types() {
    rows("growthbook/evalCondition-typed.json", row);
}

#[test]
fn conditions_on_missing_facts() {
    rows("growthbook/evalCondition-missing.json", row);
}

#[test]
fn conditions_that_convert() {
    rows("growthbook/evalCondition-coercion.json", row);
}

/// Our own rows, which are there when the folder is not: `[condition, attributes, expected]`, as the library that
/// defines the language answers.
#[test]
fn own_rows() {
    let own: Json = serde_json::from_str(include_str!("own.json")).unwrap();
    for row in own.as_array().unwrap() {
        let (holds, _) = evaluate(&row[0], &row[1], row.get(3));
        assert_eq!(Some(holds), row[2].as_bool(), "{row}");
    }
}
