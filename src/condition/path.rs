//! Facts named by a path into a value: properties of an event, elements of a list.

use super::Names;
use crate::fact::FactType;
use crate::report::Report;
use crate::text::{cut, digits, to_number};
use crate::value::Value;

/// What stands at a path whose dots go down into objects, and whose numbers into lists; null if nothing does.
pub fn at_path<'v>(root: &'v Value, path: &str) -> &'v Value {
    let (key, rest) = cut(path, b'.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let found = match root {
        Value::List(items) => {
            let index = to_number(key) as usize;
            items.get(index).filter(|_| digits(index as u64) == key)
        }
        _ => root.get(key),
    };
    match (found, rest) {
        (Some(value), Some(rest)) => at_path(value, rest),
        (Some(value), None) => value,
        (None, _) => &Value::Null,
    }
}

/// Any path is a fact, of any type; a slot is the place of its path in `paths`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paths {
    pub paths: Vec<String>,
    /// Saved groups by name. One that is missing is reported, and empty.
    pub groups: Vec<(String, Vec<Value>)>,
}

impl Names for Paths {
    fn slot(&mut self, name: &str, _: &mut Report) -> Option<(usize, FactType)> {
        Some((place(&mut self.paths, name), FactType::Any))
    }

    fn group(&mut self, id: &str, report: &mut Report) -> Option<Vec<Value>> {
        for (name, values) in &self.groups {
            if name == id {
                return Some(values.clone());
            }
        }
        report.absent(id, "groups", Vec::new);
        Some(Vec::new())
    }

    fn any_name(&self) -> bool {
        true
    }
}

/// The place of `path` in `paths`, where it is put if it is not there yet.
pub fn place(paths: &mut Vec<String>, path: &str) -> usize {
    for (index, known) in paths.iter().enumerate() {
        if known == path {
            return index;
        }
    }
    paths.push(path.to_string());
    paths.len() - 1
}
