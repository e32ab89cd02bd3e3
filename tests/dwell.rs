//! Reading time: the edge cases of real browsing, as data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
use common::{CONFIG, Visit, check};

/// Scrolls every 20 s until `end`, so that the visitor is not idle.
fn reading(start: &str, end: u64) -> String {
    (20..=end).step_by(20).map(|s| format!(" | {s}s use")).fold(start.to_string(), |all, step| all + &step)
}

#[test]
fn counts_while_visible_focused_and_in_use() {
    check(&reading("0s view /loans/auto", 40), "say auto-loan-help");
    check(&reading("0s view /loans/auto", 20), "");
    check("0s view /loans/auto | 20s use | 39.9s use", "");
}

#[test]
fn hidden_time_does_not_count() {
    check("0s view /loans/auto | 20s use | 39s hide | 90s show | 90.9s tick", "");
    check("0s view /loans/auto | 20s use | 39s hide | 90s show | 91s tick", "say auto-loan-help");
}

#[test]
fn a_background_tab_counts_from_its_first_showing() {
    check("0s background /loans/auto | 300s show | 300s focus | 325s use | 339.9s use", "");
    check("0s background /loans/auto | 300s show | 300s focus | 325s use | 340s use", "say auto-loan-help");
}

#[test]
fn another_window_in_front_stops_reading() {
    check("0s view /loans/auto | 20s use | 30s blur | 100s focus | 109s use", "");
    check("0s view /loans/auto | 20s use | 30s blur | 100s focus | 110s use", "say auto-loan-help");
}

#[test]
fn idle_time_counts_up_to_the_limit_and_no_further() {
    check("0s view /loans/auto | 200s use | 209s use", "");
    check("0s view /loans/auto | 200s use | 210s tick", "say auto-loan-help");
}

#[test]
fn a_sleeping_machine_does_not_read() {
    let rule = |id, s| {
        format!(
            r#"{{"id": "{id}", "when": {{"page.visible_s": {{"$gte": {s}}}}}, "then": [{{"open": "chat"}}]}}"#
        )
    };
    let config =
        format!(r#"{{"version": 1, "backend": "/ws", "rules": [{}, {}]}}"#, rule("a", 40), rule("b", 100));
    let mut visit = Visit::new(&config);
    // The wake-up due at 40 s comes when the lid opens again at 500 s: only 40 s were seen.
    assert_eq!(visit.run("0s view /x | 500s sleep-until-now"), "open");
    assert_eq!(visit.run("559.9s tick"), "");
    assert_eq!(visit.run("560s tick"), "open");
}

#[test]
fn single_page_navigation_starts_anew() {
    check("0s view /loans/auto | 20s use | 39s go /rates | 40s go /loans/auto | 60s use | 79s use", "");
    check(
        "0s view /loans/auto | 20s use | 39s go /rates | 40s go /loans/auto | 60s use | 80s use",
        "say auto-loan-help",
    );
}

#[test]
fn a_replaced_address_is_no_new_view() {
    check("0s view /x | 20s use | 30s replace /loans/auto | 40s tick", "say auto-loan-help");
    check("0s view /loans/auto | 20s use | 30s replace /loans/auto-2026 | 40s tick", "say auto-loan-help");
}

#[test]
fn a_discarded_tab_goes_on_with_the_same_view() {
    let mut visit = Visit::new(CONFIG);
    visit.run("0s consent yes | 0s view /loans/auto | 20s use | 30s hide");
    let mut visit = visit.next_page(CONFIG);
    assert_eq!(visit.run("500s show | 500s focus | 500s reload /loans/auto | 509s use"), "");
    assert_eq!(visit.run("510s tick"), "say auto-loan-help");
}

#[test]
fn nothing_wakes_while_nothing_can_change() {
    let mut visit = Visit::new(CONFIG);
    visit.run("0s view /cards");
    assert!(visit.asleep(), "no rule speaks of this page");
    visit.run("1s go /loans/auto | 2s hide");
    assert!(visit.asleep(), "nobody reads a hidden page");
    visit.run("3s show");
    assert!(visit.asleep(), "40 s cannot be reached without the visitor doing something first");
    visit.run("20s use");
    assert!(!visit.asleep());
    visit.run("200s use");
    assert!(visit.ticks <= 1, "one wake-up per threshold, not a ticking clock: {}", visit.ticks);
}
