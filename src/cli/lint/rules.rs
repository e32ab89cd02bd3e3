//! Rules that never fire, that another goes before, or that repeat without a pause.

use super::World;
use super::contradict;
use super::domain::Domains;
use super::formula::{Formula, Why};
use crate::config::{Config, Report, Rule, action, does};
use crate::text::glue;
use crate::value::Value;
use std::collections::HashMap;

/// Warns about rules, each at its place in the file.
pub fn check(world: &World, report: &mut Report) {
    let config = world.config;
    let formulas: Vec<Formula> = config.rules.iter().map(|rule| Formula::new(&rule.when, true)).collect();
    let (anywhere, fires) = (Domains::new(world, true), Domains::new(world, false));
    let possible: Vec<bool> =
        formulas.iter().map(|formula| formula.impossible(&[], &fires).is_none()).collect();
    let places: HashMap<&str, usize> =
        config.rules.iter().enumerate().map(|(nth, rule)| (rule.id.as_str(), nth)).collect();
    let outer = report.enter("rules");
    for (index, item) in world.value.get("rules").map_or(&[][..], Value::list).iter().enumerate() {
        let Some(nth) = item.text_at("id").and_then(|id| places.get(id)).copied() else { continue };
        let (Some(rule), Some(formula)) = (config.rules.get(nth), formulas.get(nth)) else { continue };
        let mark = report.enter_nth(index);
        if let Some(why) = formula.impossible(&[], &anywhere) {
            never(why, config, report);
        } else if possible.get(nth) == Some(&false) {
            at("when", &["can never fire: every page it is for is in `limits.quiet_pages`"], report);
        } else {
            before(nth, config, &formulas, &possible, &fires, report);
        }
        for earlier in config.rules.iter().zip(&formulas).take(nth) {
            contradict::check(earlier, (rule, formula), &fires, report);
        }
        pause(rule, config, report);
        deeds(rule, report);
        report.leave(mark);
    }
    report.leave(outer);
    if config.holdout >= 1.0 {
        at("holdout", &["holds back every visitor, so that no rule ever fires"], report);
    }
}

fn at(key: &str, parts: &[&str], report: &mut Report) {
    let mark = report.enter(key);
    report.meaning(parts);
    report.leave(mark);
}

fn never(why: Why, config: &Config, report: &mut Report) {
    match why {
        Why::Fact(slot) => {
            let name = config.facts.get(slot).map(|name| name.fact.about().name.replace('*', &name.id));
            let name = name.unwrap_or_default();
            at("when", &["can never fire: `", &name, "` never passes all that is asked of it here"], report);
        }
        Why::Choice => at("when", &["can never fire: no alternative of an `$or` here can hold"], report),
    }
}

/// Warns when another rule always goes before the rule `nth`.
fn before(
    nth: usize,
    config: &Config,
    formulas: &[Formula],
    possible: &[bool],
    domains: &Domains,
    report: &mut Report,
) {
    let (Some(rule), Some(formula)) = (config.rules.get(nth), formulas.get(nth)) else { return };
    let (mut atoms, mut choices) = (Vec::new(), Vec::new());
    formula.parts(&mut atoms, &mut choices);
    for (index, (other, condition)) in config.rules.iter().zip(formulas).enumerate() {
        let first = other.priority > rule.priority || other.priority == rule.priority && index < nth;
        if first
            && other.delay <= rule.delay
            && speaks(other)
            && speaks(rule)
            && possible.get(index) == Some(&true)
            && condition.implied(&atoms, domains)
        {
            let id = glue(&["\"", &other.id, "\""]);
            at(
                "when",
                &[
                    "the rule ",
                    &id,
                    " goes first until its cap is used up: it can fire whenever this one can",
                ],
                report,
            );
            return;
        }
    }
}

/// Whether visitors see something of it. Other rules get in nobody's way.
fn speaks(rule: &Rule) -> bool {
    does(rule.then.list(), &["say", "offer", "open", "route"], false)
}

/// Warns about a rule that does nothing, or more than is seen of it.
fn deeds(rule: &Rule, report: &mut Report) {
    let then = rule.then.list();
    let says = |item: &&Value| matches!(action(item).0, "say" | "offer");
    if then.is_empty() {
        at("then", &["is empty: nothing happens but the event `fired` for the bank's page"], report);
    } else if then.iter().filter(says).count() > 1 {
        at("then", &["has several messages and only the last is shown; give each a rule of its own"], report);
    }
}

fn pause(rule: &Rule, config: &Config, report: &mut Report) {
    let often = rule.cap.session > 1 || rule.cap.page > 1;
    if often && rule.cooldown == 0 && config.limits.gap == 0 {
        at(
            "cap",
            &["lets the rule repeat without a pause: give it a `cooldown`, or all rules a `limits.gap`"],
            report,
        );
    }
}
