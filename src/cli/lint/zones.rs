//! Time zones that nobody knows: a calendar in one is neither open nor closed. Browsers know the same list.

use crate::config::Report;
use crate::value::Value;

/// Reports calendars in zones that are not in the time zone database.
pub fn check(value: &Value, report: &mut Report) {
    let outer = report.enter("calendars");
    for (id, calendar) in value.get("calendars").map_or(&[][..], Value::entries) {
        let Some(zone) = calendar.text_at("zone") else { continue };
        if jiff::tz::db().get(zone).is_ok() {
            continue;
        }
        let marks = (report.enter(id), report.enter("zone"));
        let mut known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        // People know the city.
        let city =
            |name: &String| name.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(zone));
        let mut word = zone.to_string();
        if let Some(name) = known.iter().find(|name| city(name)) {
            word = name.clone();
            known = vec![name.clone()];
        }
        report.near_meaning(&["there is no time zone of this name"], &word, &known);
        report.leave(marks.1);
        report.leave(marks.0);
    }
    report.leave(outer);
}
