//! Experiments: which variant a visitor has, the same one every time.

use crate::hash::{bucket_ranges, choose_variation, hash, in_namespace, index};
use crate::value::Value;

/// An experiment as the config describes it.
#[derive(Debug, Clone, Default, PartialEq)]
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
        let mut experiment = Experiment { id: id.to_string(), ..Experiment::default() };
        let fits = experiment.read(value).is_some();
        fits.then_some(experiment)
    }

    fn read(&mut self, value: &Value) -> Option<()> {
        for name in part(value, "variants").list() {
            self.variants.push(name.text()?.to_string());
        }
        if self.variants.is_empty() {
            return None;
        }
        self.seed.push_str(match part(value, "seed") {
            Value::Null => &self.id,
            seed => seed.text()?,
        });
        self.hash = match part(value, "hash") {
            Value::Null => 2,
            version => version.whole().filter(|version| matches!(version, 1 | 2))?,
        };
        let space = part(value, "namespace");
        if let [from, to] = part(space, "range").list() {
            let (from, to) = (from.number()?, to.number()?);
            self.namespace = Some(Namespace { id: space.text_at("id")?.to_string(), from, to });
        } else if *space != Value::Null {
            return None;
        }
        if let Some(name) = value.get("force") {
            self.force = Some(self.named(name.text()?)?);
        }
        let coverage = match part(value, "coverage") {
            Value::Null => 1.0,
            coverage => coverage.number()?,
        };
        let mut weights = Vec::new();
        for weight in part(value, "weights").list() {
            weights.push(weight.number()?);
        }
        self.ranges = bucket_ranges(self.variants.len(), coverage, Some(&weights));
        Some(())
    }

    /// The index of the variant that `unit`, a stable id, has; `None` if it takes no part.
    ///
    /// `forced` is what the address says for a preview, a variant's name or index: it goes above all else, and
    /// counts as not said if there is no such variant.
    pub fn variant(&self, unit: &str, forced: Option<&str>) -> Option<usize> {
        if let Some(text) = forced
            && let Some(variant) = self.named(text).or_else(|| index(text, self.variants.len()))
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

    /// The index of the variant called `name`.
    fn named(&self, name: &str) -> Option<usize> {
        self.variants.iter().position(|variant| variant == name)
    }
}

/// The member `key`, null if there is none.
fn part<'v>(value: &'v Value, key: &str) -> &'v Value {
    value.get(key).unwrap_or(&Value::Null)
}
