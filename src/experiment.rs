//! Experiments: which variant a visitor has, the same one every time.

use crate::hash::{bucket_ranges, choose_variation, hash, in_namespace, index};
use crate::value::Value;

/// An experiment as the config describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    pub id: String,
    /// Names of the variants; at least one.
    pub variants: Vec<String>,
    /// Which numbers of the hash give which variant.
    pub ranges: Vec<(f64, f64)>,
    /// Experiments with the same seed put the same visitors together. The id unless the config names one.
    pub seed: String,
    /// Version of the hash: 1 or 2.
    pub hash: u64,
    pub namespace: Option<Namespace>,
    /// The variant everybody gets: a decided experiment, or one that is tried out.
    pub force: Option<usize>,
}

/// The share of all visitors an experiment keeps to, so that experiments with other shares never meet its visitors.
#[derive(Debug, Clone, PartialEq)]
pub struct Namespace {
    pub id: String,
    /// From 0 to 1.
    pub from: f64,
    /// From 0 to 1, not included.
    pub to: f64,
}

impl Experiment {
    /// The experiment `id`; `None` for a value that is not one.
    pub fn decode(id: &str, value: &Value) -> Option<Experiment> {
        let mut variants = Vec::new();
        for name in value.get("variants")?.list() {
            variants.push(name.text()?.to_string());
        }
        if variants.is_empty() {
            return None;
        }
        let mut weights = Vec::new();
        match value.get("weights") {
            Some(Value::List(list)) => {
                for weight in list {
                    weights.push(weight.number()?);
                }
            }
            Some(_) => return None,
            None => {}
        }
        let coverage = match value.get("coverage") {
            Some(coverage) => coverage.number()?,
            None => 1.0,
        };
        let seed = match value.get("seed") {
            Some(seed) => seed.text()?,
            None => id,
        };
        let hash = match value.get("hash") {
            Some(version) => version.whole().filter(|version| matches!(version, 1 | 2))?,
            None => 2,
        };
        let namespace = match value.get("namespace") {
            Some(namespace) => Some(Namespace::decode(namespace)?),
            None => None,
        };
        let force = match value.get("force") {
            Some(name) => Some(named(&variants, name.text()?)?),
            None => None,
        };
        let ranges = bucket_ranges(variants.len(), coverage, Some(&weights));
        Some(Experiment {
            id: id.to_string(),
            variants,
            ranges,
            seed: seed.to_string(),
            hash,
            namespace,
            force,
        })
    }

    /// The index of the variant that `unit`, a stable id, has; `None` if it takes no part.
    ///
    /// `forced` is what the address says for a preview, a variant's name or index: it goes above all else, and
    /// counts as not said if there is no such variant.
    pub fn variant(&self, unit: &str, forced: Option<&str>) -> Option<usize> {
        if let Some(text) = forced
            && let Some(variant) = named(&self.variants, text).or_else(|| index(text, self.variants.len()))
        {
            return Some(variant);
        }
        if self.force.is_some() {
            return self.force;
        }
        // Without an id everybody would be the same visitor.
        if unit.is_empty() {
            return None;
        }
        if let Some(space) = &self.namespace
            && !in_namespace(unit, &space.id, space.from, space.to)
        {
            return None;
        }
        choose_variation(hash(&self.seed, unit, self.hash)?, &self.ranges)
    }
}

impl Namespace {
    fn decode(value: &Value) -> Option<Namespace> {
        let [from, to] = value.get("range")?.list() else { return None };
        Some(Namespace { id: value.text_at("id")?.to_string(), from: from.number()?, to: to.number()? })
    }
}

/// The index of the variant called `name`.
fn named(variants: &[String], name: &str) -> Option<usize> {
    variants.iter().position(|variant| variant == name)
}
