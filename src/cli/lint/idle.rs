//! What is there and does nothing: limits of 0, experiments without visitors, calendars without hours.

use super::World;
use crate::config::Report;
use crate::time::duration;
use crate::value::Value;

/// Warns about settings that switch something off, which may well be a slip.
pub fn check(world: &World, report: &mut Report) {
    let outer = report.enter("limits");
    for name in ["page", "session", "visitor"] {
        if world.value.get("limits").and_then(|limits| limits.whole_at(name)) == Some(0) {
            at(name, "lets no rule fire that shows something; leave it out for no limit", report);
        }
    }
    report.leave(outer);
    each("experiments", world, report, &|experiment, report| {
        let coverage = experiment.get("coverage").and_then(Value::number);
        if coverage == Some(0.0) && experiment.get("force").is_none() {
            at("coverage", "lets nobody take part: a rule that asks for a variant never fires", report);
        }
    });
    each("calendars", world, report, &|calendar, report| {
        let lists = |name| calendar.get(name).map_or(&[][..], Value::entries).iter();
        let mut days = lists("weekly").chain(lists("exceptions"));
        let week = matches!(calendar.get("weekly"), Some(Value::Map(_)));
        if week && days.all(|(_, hours)| hours.list().is_empty()) {
            at("weekly", "has no hours: this calendar is never open", report);
        }
    });
    each("signals", world, report, &|signal, report| {
        let counts = signal.get("count").is_some() || signal.get("sequence").is_some();
        if counts && signal.get("within").and_then(duration) == Some(0) {
            at("within", "is no time at all, so that nothing ever counts", report);
        }
    });
}

/// Calls `check` for each item of the section `name` that is there.
fn each(name: &str, world: &World, report: &mut Report, check: &dyn Fn(&Value, &mut Report)) {
    let outer = report.enter(name);
    for (id, item) in world.value.get(name).map_or(&[][..], Value::entries) {
        let mark = report.enter(id);
        check(item, report);
        report.leave(mark);
    }
    report.leave(outer);
}

fn at(key: &str, problem: &str, report: &mut Report) {
    let mark = report.enter(key);
    report.meaning(&[problem]);
    report.leave(mark);
}
