//! Page patterns that no path can fit.

use super::World;
use crate::config::Report;
use crate::value::Value;

/// A path begins with `/` and ends where the query begins.
pub fn check(world: &World, report: &mut Report) {
    let outer = report.enter("pages");
    for (id, page) in world.value.get("pages").map_or(&[][..], Value::entries) {
        let mark = report.enter(id);
        let patterns = page.get("match").unwrap_or(page);
        let one = std::slice::from_ref(patterns);
        for pattern in if patterns.list().is_empty() { one } else { patterns.list() } {
            let Value::Text(pattern) = pattern else { continue };
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
