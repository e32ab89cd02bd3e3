//! What conditions may speak of: every name is looked up in the config, and what was meant is suggested.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/mistakes.rs"]
mod mistakes;

use mistakes::check;

/// Everything a condition can speak of.
const WORLD: &str = r#"
    "pages": {"rates": "/rates"}, "sections": {"rates": {}}, "queues": {"loans": {"name": "Loans"}},
    "tracking": {"query": ["product"], "utm": ["source"]},
    "attributes": {"segment": "text", "products": "number", "staff": "boolean", "tags": "list"},
    "groups": {"pilots": ["a"]},
    "signals": {"errors": {"count": "e"}, "path": {"sequence": [{"event": "a"}, {"event": "b"}]}, "ago": {"since": "a"}},
    "calendars": {"branch": {"weekly": {}}}, "experiments": {"warm": {"variants": ["a", "b"]}}"#;

#[test]
fn facts_are_looked_up_in_the_config() {
    for (condition, expected) in [
        (r#"{"page.query.product": "auto", "session.utm.source": "x"}"#, ""),
        (
            r#"{"page.query.produkt": "auto"}"#,
            r#"~page.query.produkt: there is no "produkt" in `tracking.query`, did you mean "product"?"#,
        ),
        (
            r#"{"session.utm.medium": "auto"}"#,
            r#"~session.utm.medium: there is no "medium" in `tracking.utm`; it has: source"#,
        ),
        (r#"{"section.rates.visible_s": 5, "section.any.continuous_s": 6}"#, ""),
        (
            r#"{"section.rates.visble_s": 5}"#,
            r#"section.rates.visble_s: unknown fact, did you mean "section.rates.visible_s"?"#,
        ),
        (
            r#"{"section.other.visble_s": 5}"#,
            r#"section.other.visble_s: unknown fact, did you mean "section.other.visible_s"?"#,
        ),
        (
            r#"{"section..visible_s": 5}"#,
            r#"section..visible_s: unknown fact, did you mean "section.rates.visible_s"?"#,
        ),
        (r#"{"form.apply.errors": {"$gte": 3}}"#, ""),
        (r#"{"queue.loans.wait_s": {"$lt": 60}}"#, ""),
        (
            r#"{"queue.loan.wait_s": {"$lt": 60}}"#,
            r#"~queue.loan.wait_s: there is no "loan" in `queues`, did you mean "loans"?"#,
        ),
        (r#"{"calendar.branch.open": true}"#, ""),
        (
            r#"{"calendar.brunch.open": true}"#,
            r#"~calendar.brunch.open: there is no "brunch" in `calendars`, did you mean "branch"?"#,
        ),
        (r#"{"calendar.branch.open": "yes"}"#, "calendar.branch.open: expected true or false, found a text"),
        (r#"{"attributes.segment": "a", "attributes.products": 3, "attributes.staff": true}"#, ""),
        (
            r#"{"attributes.segmnt": "a"}"#,
            r#"~attributes.segmnt: there is no "segmnt" in `attributes`, did you mean "segment"?"#,
        ),
        (r#"{"attributes.products": "3"}"#, "~attributes.products: expected a number, found a text"),
        (
            r#"{"attributes.products": {"$in": ["3"]}}"#,
            "~attributes.products.$in[0]: expected a number, found a text",
        ),
        (
            r#"{"attributes.products": {"$regex": "3"}}"#,
            "~attributes.products.$regex: does not suit a fact of this type",
        ),
        (
            r#"{"attributes.products": {"$gtt": 3}}"#,
            r#"attributes.products.$gtt: unknown operator, did you mean "$gt"?"#,
        ),
        (r#"{"page.views": {"$regex": "3"}}"#, "page.views.$regex: does not suit a fact of this type"),
        (r#"{"attributes.products": 1, "page.views": "1"}"#, "page.views: expected a number, found a text"),
        (r#"{"signals.errors": {"$gte": 3}, "signals.path": true, "signals.ago": {"$lt": 60}}"#, ""),
        (r#"{"signals.path": 1}"#, "~signals.path: expected true or false, found a number"),
        (
            r#"{"signals.error": 1}"#,
            r#"~signals.error: there is no "error" in `signals`, did you mean "errors"?"#,
        ),
        (r#"{"experiments.warm": "a"}"#, ""),
        (r#"{"experiments.warm": 1}"#, "experiments.warm: expected a text, found a number"),
        (
            r#"{"experiments.cold": "a"}"#,
            r#"~experiments.cold: there is no "cold" in `experiments`; it has: warm"#,
        ),
        (r#"{"attributes.segment": {"$inGroup": "pilots"}}"#, ""),
        (
            r#"{"attributes.segment": {"$inGroup": "pilot"}}"#,
            r#"~attributes.segment.$inGroup: there is no "pilot" in `groups`, did you mean "pilots"?"#,
        ),
        (
            r#"{"attributes.segment": {"$inGroup": 5}}"#,
            "attributes.segment.$inGroup: expected a text, found a number",
        ),
        (
            r#"{"page.path": {"$regex": "(a"}}"#,
            "~page.path.$regex: must be a regular expression without look-around, back-references, \\p{…} and flags, of at most 200 characters and not too large",
        ),
    ] {
        let expected = match expected.strip_prefix('~') {
            Some(rest) => format!("~rules[0].when.{rest}"),
            None if expected.is_empty() => String::new(),
            None => format!("rules[0].when.{expected}"),
        };
        let rule = format!(r#"{WORLD}, "rules": [{{"id": "a", "when": {condition}, "then": []}}]"#);
        check(&[(&rule, &expected)]);
    }
}

#[test]
fn nothing_is_more_or_less_than_null() {
    let rule = |when: &str| format!(r#""rules": [{{"id": "a", "when": {when}, "then": []}}]"#);
    check(&[
        (
            &rule(r#"{"page.dwell_s": {"$gte": null}}"#),
            "rules[0].when.page.dwell_s.$gte: expected a number, found null",
        ),
        (
            &rule(r#"{"page.path": {"$lt": null}}"#),
            "rules[0].when.page.path.$lt: expected a text, found null",
        ),
        (&rule(r#"{"visitor.visits": {"$ne": null}}"#), ""),
        (&rule(r#"{"page.id": {"$in": [null]}}"#), ""),
    ]);
}
