//! What shows only in what a value means: names of what is not there, numbers that do not go together.

use super::{Page, Rule};
use crate::report::Report;
use crate::text::{Marks, mark};
use crate::value::Value;

/// A rule's id is its own.
pub fn rule(rule: &Rule, before: &[Rule], marks: &Marks, report: &mut Report) {
    let same = &mut |index: usize| before.get(index).is_some_and(|other| other.id == rule.id);
    if !rule.id.is_empty() && marks.find(mark(0, &rule.id), same).is_some() {
        let mark = report.enter("id");
        report.meaning(&["another rule has this id"]);
        report.leave(mark);
    }
}

/// A signal's steps name pages that there are.
pub fn signal(value: &Value, pages: &[Page], report: &mut Report) {
    let outer = report.enter("sequence");
    for (index, step) in value.get("sequence").map_or(&[][..], Value::list).iter().enumerate() {
        let mark = report.enter_nth(index);
        if let Some(page) = step.text_at("page")
            && !page.starts_with('/')
            && !pages.iter().any(|known| known.id == page)
        {
            let inner = report.enter("page");
            report.absent(page, "pages", || pages.iter().map(|known| known.id.clone()).collect());
            report.leave(inner);
        }
        report.leave(mark);
    }
    report.leave(outer);
}

/// An experiment's numbers fit its variants.
pub fn experiment(value: &Value, report: &mut Report) {
    let variants = value.get("variants").map_or(&[][..], Value::list);
    let mut repeated = false;
    for (index, variant) in variants.iter().enumerate() {
        repeated |= variants.iter().take(index).any(|before| before == variant);
    }
    at("variants", !repeated, "must have no variant twice", report);
    if let Some(weights) = value.get("weights").map(Value::list) {
        let mut sum = 0.0;
        for weight in weights {
            sum += weight.number().unwrap_or(0.0);
        }
        at("weights", weights.len() == variants.len(), "must have one number for each variant", report);
        // The same tolerance as where they are used.
        at("weights", (0.99..=1.01).contains(&sum), "must be 1 together", report);
    }
    if let Some(namespace) = value.get("namespace")
        && let Some([from, to]) = namespace.get("range").map(Value::list)
    {
        let mark = report.enter("namespace");
        at("range", from.number() < to.number(), "must begin below its end", report);
        report.leave(mark);
    }
    if let Some(force) = value.get("force") {
        let mark = report.enter("force");
        if !variants.contains(force) {
            let known = || variants.iter().filter_map(|variant| Some(variant.text()?.to_string())).collect();
            report.absent(force.text().unwrap_or_default(), "variants", known);
        }
        report.leave(mark);
    }
}

fn at(key: &str, fits: bool, problem: &str, report: &mut Report) {
    if !fits {
        let mark = report.enter(key);
        report.meaning(&[problem]);
        report.leave(mark);
    }
}
