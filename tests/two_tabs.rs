//! What two tabs of one visitor know of each other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use bharosa::event::Event;
use common::Visit;

/// A config with these members, and rules that say something: `id`, `when` and more members of each.
fn config(members: &str, rules: &[(&str, &str, &str)]) -> String {
    let rules: Vec<String> = rules
        .iter()
        .map(|(id, when, more)| {
            let comma = if more.is_empty() { "" } else { "," };
            format!(
                r#"{{"id": "{id}", "when": {when}, "then": [{{"say": {{"text": "Help?"}}}}]{comma} {more}}}"#
            )
        })
        .collect();
    let comma = if members.is_empty() { "" } else { "," };
    format!(
        r#"{{"version": 1, "backend": "/ws", "pages": {{"auto": "/auto", "rates": "/rates"}}, {members}{comma}
            "rules": [{}]}}"#,
        rules.join(",")
    )
}

const ON_AUTO: &str = r#"{"page.id": "auto"}"#;

#[test]
fn two_tabs_share_what_was_shown() {
    let config = config("", &[("a", ON_AUTO, ""), ("b", r#"{"page.id": "rates"}"#, "")]);
    let mut first = Visit::new(&config);
    let mut second = Visit::new(&config);
    second.run("0s view /");
    first.run("0s view /auto");
    for told in first.shared.drain(..) {
        second.send(Event::Shared(told));
    }
    assert_eq!(second.run("5s go /auto"), "", "the other tab said it");
    first.run("6s dismiss");
    for told in first.shared.drain(..) {
        second.send(Event::Shared(told));
    }
    assert_eq!(second.run("7s go /rates"), "", "the visitor wants quiet");

    // A tab that opens later asks, and is told.
    let mut third = Visit::new(&config);
    third.run("0s background /rates");
    let hello = third.shared.drain(..).next().expect("a question");
    first.send(Event::Shared(hello));
    for told in first.shared.drain(..) {
        third.send(Event::Shared(told));
    }
    assert_eq!(third.run("8s show | 9s focus | 10s use"), "");
}

#[test]
fn of_two_tabs_that_speak_at_once_one_takes_it_back() {
    let config = config("", &[("a", ON_AUTO, "")]);
    for (times, dice, first_stays) in [
        ([1.0, 1.004], [7 << 40, 3 << 40], true),
        ([1.004, 1.0], [3 << 40, 7 << 40], false),
        ([1.0, 1.0], [3 << 40, 7 << 40], true),
        ([1.0, 1.0], [7 << 40, 3 << 40], false),
    ] {
        let mut tabs: Vec<Visit> = (0..2)
            .map(|tab| {
                let mut visit = Visit::new(&config);
                visit.dice = dice[tab];
                assert_eq!(visit.run(&format!("{}s view /auto", times[tab])), "say a", "neither has heard");
                visit
            })
            .collect();
        let told: Vec<Vec<_>> = tabs.iter_mut().map(|tab| tab.shared.drain(..).collect()).collect();
        for (tab, told) in tabs.iter_mut().zip(told.into_iter().rev()) {
            told.into_iter().for_each(|told| tab.send(Event::Shared(told)));
        }
        let [first, second] = [0, 1].map(|tab| tabs[tab].run("2s use"));
        assert_eq!((first.is_empty(), second.is_empty()), (first_stays, !first_stays), "{times:?} {dice:?}");
        assert_eq!(format!("{first}{second}"), "hide");
        for tab in &mut tabs {
            assert!(tab.told("dismissed", "rule").is_empty(), "the visitor did not ask for quiet");
        }
    }
}

#[test]
fn a_message_that_another_tab_shows_later_takes_none_back() {
    let config = config("", &[("a", ON_AUTO, "")]);
    let mut visit = Visit::new(&config);
    assert_eq!(visit.run("5s view /auto"), "say a");
    visit.send(Event::Shared(common::json(r#"{"fired": "b", "said": true, "at": 6000, "tie": 0}"#)));
    visit.send(Event::Shared(common::json(r#"{"fired": "b", "said": false, "at": 4000, "tie": 0}"#)));
    assert_eq!(visit.run("9s use"), "");
}

#[test]
fn what_another_tab_knows_never_takes_back_what_this_one_knows() {
    let config =
        config("\"limits\": {\"quiet_after_dismiss_s\": 0}", &[("a", ON_AUTO, r#""cap": {"session": 2}"#)]);
    let mut visit = Visit::new(&config);
    visit.run("0s view /auto | 1s dismiss | 2s go /rates | 3s go /auto | 4s dismiss | 5s go /rates");
    visit.send(Event::Shared(common::json(r#"{"counts": {"a": [1, 1, 0]}, "messages": [0, 0, 0]}"#)));
    assert_eq!(visit.run("6s go /auto"), "");
}

#[test]
fn another_tabs_older_memory_does_not_cut_a_cool_down_short() {
    let rule = ("a", ON_AUTO, r#""cap": {"session": 9}, "cooldown": "30s""#);
    let mut visit = Visit::new(&config("\"limits\": {\"quiet_after_dismiss_s\": 0}", &[rule]));
    assert_eq!(visit.run("10s view /auto | 11s dismiss"), "say a | hide");
    visit.send(Event::Shared(common::json(r#"{"counts": {"a": [1, 1, 2000]}}"#)));
    assert_eq!(visit.run("13s go /rates | 14s go /auto | 39.9s use"), "");
    assert_eq!(visit.run("40s use"), "say a");
}
