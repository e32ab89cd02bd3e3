//! What an event must bring with it.

use crate::value::Value;

/// A condition on the properties of an event. Any path is a fact, dots go down into objects.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Where {
    wanted: Vec<(String, Value)>,
}

impl Where {
    pub fn decode(value: Option<&Value>) -> Where {
        Where { wanted: value.map_or(Vec::new(), |value| value.entries().to_vec()) }
    }

    pub fn holds(&self, properties: &Value) -> bool {
        self.wanted.iter().all(|(path, value)| properties.get(path) == Some(value))
    }
}
