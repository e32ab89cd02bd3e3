//! What an event must bring with it.

use crate::condition::{Condition, Paths, at_path, decode};
use crate::report::Report;
use crate::value::Value;

/// A condition on the properties of an event. Any path is a fact, dots go down into objects.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Where {
    paths: Vec<String>,
    condition: Condition,
}

impl Where {
    pub fn decode(value: Option<&Value>) -> Where {
        let Some(value) = value else { return Where::default() };
        let mut names = Paths::default();
        let condition = decode(value, &mut names, &mut Report::default());
        Where { paths: names.paths, condition }
    }

    pub fn holds(&self, properties: &Value) -> bool {
        self.condition
            .holds(&|slot| self.paths.get(slot).map_or(&Value::Null, |path| at_path(properties, path)))
    }
}
