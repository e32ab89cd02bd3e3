//! A bank's config with a thousand rules of five comparisons each, spread over a hundred pages.
//!
//! About half of the comparisons are asked by several rules, as in configs that people copy from. The thresholds of
//! clocks lie within minutes, and each clock has one that is a day away: there is always something ahead.

use crate::config::RULES;

pub const PAGES: usize = 100;

/// The page on which the measured visitor is.
pub const HERE: &str = "/p7/terms/apply";

const CLOCKS: [&str; 8] = [
    "page.dwell_s",
    "page.dwell_s",
    "page.visible_s",
    "session.duration_s",
    "page.elapsed_s",
    "section.s#.visible_s",
    "form.apply.hesitation_s",
    "signals.since-visit",
];
const SECONDS: [u32; 10] = [10, 15, 20, 30, 40, 45, 60, 90, 120, 100_000];
const SEGMENTS: [&str; 6] = ["basic", "student", "gold", "premier", "business", "private"];
const TAGS: [&str; 6] = ["saver", "borrower", "trader", "expat", "owner", "retired"];
const SOURCES: [&str; 4] = ["mail", "search", "partner", "branch"];

const MEMBERS: &str = r#""languages": ["en", "ur"],
"tracking": {"idle_s": 60, "query": ["product", "branch"], "utm": ["source", "campaign"]},
"attributes": {"segment": "text", "balance": "number", "products": "number", "tags": "list"},
"queues": {"loans": {"name": "Loans"}},
"signals": {"errors": {"count": "form_error", "within": "60s"}, "since-visit": {"since": "page"}}"#;

/// The config's text.
pub fn config() -> String {
    let page = |page| format!(r#""page-{page}": {{"match": "/p{page}/*", "name": "Page {page}"}}"#);
    let pages: Vec<String> = (0..PAGES).map(page).collect();
    let members = format!("{MEMBERS},\n\"pages\": {{{}}},\n", pages.join(",\n"));
    crate::config::config(&members, |rule| {
        let [page, clock, number, list, address] = comparisons(rule);
        format!(
            r#"{{"id": "rule-{rule}", "name": "Rule {rule}",
 "when": {{{page}, {clock}, {number}, {list}, {address}}},
 "then": [{{"say": {{"text": {{"en": "Shall we help with {{page.name}}?", "ur": "{{page.name}}؟"}},
   "replies": [{{"text": "Yes", "then": [{{"route": {{"queue": "loans", "reason": "Read for {{page.dwell_s}} s"}}}}]}},
               {{"text": "No"}}]}}}}],
 "cap": {{"session": 2}}, "priority": {}}}"#,
            rule % 3
        )
    })
}

/// The five comparisons of one rule, as lines of its condition.
pub fn comparisons(rule: usize) -> [String; 5] {
    let page = rule % PAGES;
    // The rules of one page differ by this.
    let nth = rule / PAGES;
    [on_page(page, nth), clock(page, nth), number(rule, nth), list(page, nth), address(page, nth)]
}

fn on_page(page: usize, nth: usize) -> String {
    match nth {
        0 => format!(r#""page.id": {{"$in": ["page-{page}", "page-{}", "page-{}"]}}"#, page / 2, page / 3),
        _ => format!(r#""page.id": "page-{page}""#),
    }
}

fn clock(page: usize, nth: usize) -> String {
    let name = CLOCKS[(page + nth) % CLOCKS.len()].replace('#', &(page % 20).to_string());
    let seconds = SECONDS[(page / CLOCKS.len() + nth) % SECONDS.len()];
    format!(r#""{name}": {{"$gte": {seconds}}}"#)
}

fn number(rule: usize, nth: usize) -> String {
    match nth {
        0..3 => format!(r#""page.scroll_pct": {{"$gte": {}}}"#, 5 * (rule % 20)),
        3..5 => format!(r#""session.pages": {{"$lt": {}}}"#, 1 + rule % 7),
        5 => format!(r#""queue.loans.wait_s": {{"$lt": {}}}"#, 30 + 30 * (rule % 10)),
        6 => format!(r#""signals.errors": {{"$gte": {}}}"#, 1 + rule % 4),
        _ => format!(r#""attributes.balance": {{"$gte": {}}}"#, 50 * rule),
    }
}

fn list(page: usize, nth: usize) -> String {
    let at = page + nth;
    match nth {
        0..4 => {
            let [one, other] = [at, at + 2].map(|at| SEGMENTS[at % SEGMENTS.len()]);
            format!(r#""attributes.segment": {{"$in": ["{one}", "{other}"]}}"#)
        }
        4..6 => format!(r#""attributes.tags": {{"$in": ["{}", "vip-{page}"]}}"#, TAGS[at % TAGS.len()]),
        6 => format!(r#""attributes.tags": {{"$all": ["{}", "owner"]}}"#, TAGS[at % TAGS.len()]),
        7 => format!(r#""session.utm.source": "{}""#, SOURCES[at % SOURCES.len()]),
        8 => format!(r#""visitor.device": {{"$ne": "{}"}}"#, ["phone", "tablet", "desktop"][at % 3]),
        _ => format!(r#""visitor.language": {{"$in": ["{}", "ar"]}}"#, ["en", "ur"][at % 2]),
    }
}

fn address(page: usize, nth: usize) -> String {
    match nth {
        0..3 => format!(r#""page.path": {{"$glob": "/p{page}/*/apply{}"}}"#, ["", "*", "/*"][nth]),
        3..5 => format!(r#""page.path": {{"$regex": "^/p{page}/(terms|rates)/[a-z]+$"}}"#),
        5 => format!(r#""page.path": {{"$startsWith": "/p{page}/terms"}}"#),
        6 => r#""page.path": {"$endsWith": "/apply"}"#.to_string(),
        7 => r#""page.path": {"$contains": "terms"}"#.to_string(),
        8 => format!(r#""page.query.product": "product-{}""#, page % 10),
        _ => r#""page.query.branch": {"$exists": false}"#.to_string(),
    }
}

/// How many different comparisons there are among all.
pub fn different() -> usize {
    let mut all: Vec<String> = (0..RULES).flat_map(comparisons).collect();
    all.sort();
    all.dedup();
    all.len()
}
