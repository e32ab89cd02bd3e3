//! Page patterns that no path can fit, and pages that another one always goes before.

use super::World;
use crate::config::Report;
use crate::text::fits;
use crate::value::Value;
use std::collections::HashMap;

/// Patterns with a `*` that the others are held against.
const MOST: usize = 200;

/// A path begins with `/` and ends where the query begins; the first page that fits gives it its name.
pub fn check(world: &World, report: &mut Report) {
    let outer = report.enter("pages");
    let (mut exact, mut wide): (HashMap<&str, &str>, Vec<(&str, &str)>) = (HashMap::new(), Vec::new());
    for (id, page) in world.value.get("pages").map_or(&[][..], Value::entries) {
        let mark = report.enter(id);
        let patterns = patterns(page);
        if page.get("match") == Some(&Value::List(Vec::new())) {
            report.meaning(&["can never fit: there is no pattern in its `match`"]);
        }
        let first = |pattern: &&str| {
            let fitting = wide.iter().take(MOST).find(|(_, wide)| fits(wide, trim(pattern)));
            exact.get(trim(pattern)).copied().or(fitting.map(|(id, _)| *id))
        };
        let mut others = patterns.iter().map(first);
        if let Some(Some(other)) = others.next()
            && others.all(|other| other.is_some())
        {
            report.meaning(&[
                "can never fit: \"",
                other,
                "\" stands before it and fits all its paths; put this one first",
            ]);
        }
        for pattern in patterns.iter().map(|pattern| trim(pattern)) {
            exact.entry(pattern).or_insert(id);
            if pattern.contains('*') {
                wide.push((id, pattern));
            }
        }
        for pattern in patterns {
            if pattern.contains("://") {
                report.meaning(&["can never fit: a path has no host; leave out what stands before it"]);
            } else if !pattern.starts_with(['/', '*']) {
                report.meaning(&[
                    "can never fit: a path begins with /, so write \"/",
                    pattern,
                    "\" or \"*",
                    pattern,
                    "\"",
                ]);
            } else if pattern.contains(['?', '#']) {
                report.meaning(&[
                    "can never fit: a path has no query and no hash; ask for `page.query` instead",
                ]);
            }
        }
        report.leave(mark);
    }
    report.leave(outer);
}

/// The patterns of a page, whichever way they are written.
fn patterns(page: &Value) -> Vec<&str> {
    let patterns = page.get("match").unwrap_or(page);
    let one = std::slice::from_ref(patterns);
    let all = if patterns.text().is_some() { one } else { patterns.list() };
    all.iter().filter_map(Value::text).collect()
}

/// A slash at the end does not matter.
fn trim(pattern: &str) -> &str {
    pattern.strip_suffix('/').filter(|shorter| !shorter.is_empty()).unwrap_or(pattern)
}
