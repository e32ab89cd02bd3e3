//! From what a visitor does to what they are offered, as data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
use bharosa::effect::Effect;
use bharosa::event::Event;
use bharosa::offer::Offer;
use bharosa::rules::State;
use common::{CONFIG, Visit, check};

const READ: &str = "0s view /loans/auto | 20s use | 41s use";

fn after(more: &str) -> String {
    format!("{READ} | {more}")
}

#[test]
fn offers_help_and_routes_who_accepts() {
    check(READ, "say auto-loan-help");
    check(&after("45s reply 0"), "say auto-loan-help | route loans/auto | hide");
    check(&after("45s reply 1"), "say auto-loan-help | hide");
    check(&after("45s reply 7"), "say auto-loan-help | hide");
}

#[test]
fn says_the_page_by_name_and_shares_what_was_shown() {
    let mut visit = Visit::new(CONFIG);
    visit.run("0s view /loans/auto | 20s use");
    let mut effects = visit.tracker.handle(bharosa::time::Moment::at(40_000), Event::Tick);
    effects.extend(visit.tracker.handle(bharosa::time::Moment::at(44_000), Event::Replied(0)));
    let shown = effects.iter().find_map(|effect| match effect {
        Effect::Show(prompt, _) => Some(prompt),
        _ => None,
    });
    let prompt = shown.expect("a message");
    assert_eq!(prompt.text, "Questions about Auto loans?");
    assert_eq!(prompt.replies, ["Yes", "No"]);
    let request = effects.iter().find_map(|effect| match effect {
        Effect::Offer(Offer::Route(request), _) => Some(request),
        _ => None,
    });
    let request = request.expect("a request");
    assert!(request.agreed);
    assert_eq!(
        request.reason, "Read Auto loans for 40 s",
        "what was seen, not what it is four seconds later"
    );
    let context: Vec<(&str, &str)> =
        request.context.iter().map(|l| (l.key.as_str(), l.value.as_str())).collect();
    assert_eq!(context, [("page", "Auto loans"), ("dwell", "40 s"), ("rule", "Help with auto loans")]);
}

#[test]
fn once_a_session_and_quiet_after_a_no() {
    check(&after("45s go /cards | 46s go /loans/auto | 60s use | 90s use"), "say auto-loan-help | hide");
    check(&after("45s dismiss | 46s go /rates | 60s use"), "say auto-loan-help | hide");
    let config = CONFIG.replace("\"rules\"", "\"limits\": {\"quiet_after_dismiss_s\": 30}, \"rules\"");
    let mut visit = Visit::new(&config);
    assert_eq!(visit.run(&after("45s dismiss | 46s go /rates | 60s use")), "say auto-loan-help | hide");
    assert_eq!(visit.run("76s use"), "open");
}

#[test]
fn a_message_goes_with_its_page() {
    check(&after("45s go /cards"), "say auto-loan-help | hide");
}

#[test]
fn silent_while_the_panel_is_open_or_a_conversation_goes_on() {
    check("0s view /loans/auto | 1s press | 1s opened | 20s use | 60s use", "open");
    check("0s view /loans/auto | 1s live | 20s use | 60s use", "");
    check(
        "0s view /loans/auto | 1s press | 1s opened | 2s closed | 20s use | 41s use",
        "open | say auto-loan-help",
    );
}

#[test]
fn the_launcher_toggles_the_panel() {
    check("0s view /cards | 1s press | 1s opened | 2s press", "open | close");
}

#[test]
fn nothing_is_kept_before_consent_or_an_act() {
    let mut visit = Visit::new(CONFIG);
    visit.run(&after("50s dismiss | 60s hide | 61s leave"));
    assert_eq!((visit.writes, &visit.saved), (0, &None));
    visit.run("70s show | 70s press");
    assert!(visit.saved.is_some(), "the visitor opened the chat");
}

#[test]
fn consent_keeps_the_session_across_pages_and_withdrawal_wipes_it() {
    let mut visit = Visit::new(CONFIG);
    visit.run(&format!("0s consent yes | {READ}"));
    let mut visit = visit.next_page(CONFIG);
    assert_eq!(visit.run("100s view /rates | 111s use"), "open", "a second page of the session");
    let mut visit = visit.next_page(CONFIG);
    assert_eq!(visit.run("200s view /loans/auto | 220s use | 250s use"), "", "the cap holds on later pages");
    visit.run("260s consent no");
    assert_eq!(visit.saved, None);
    visit.run("300s hide");
    assert_eq!(visit.saved, None);
}

#[test]
fn a_conversation_goes_on_after_consent_is_withdrawn_but_the_journey_is_forgotten() {
    let mut visit = Visit::new(CONFIG);
    visit.run(&after("42s reply 0 | 43s opened | 43s live | 50s consent no"));
    let saved = visit.saved.clone().expect("the visitor's own conversation is kept");
    assert_eq!((saved.get("journey"), saved.get("fired")), (None, None));
    let mut next = visit.next_page(CONFIG);
    // `rates-help` wants a second page of the session: to the tracker this is the first.
    assert_eq!(next.run("60s view /rates | 80s use"), "resume");
}

#[test]
fn a_live_conversation_is_resumed_on_the_next_page() {
    let mut visit = Visit::new(CONFIG);
    visit.run("0s view /cards | 1s press | 1s opened | 2s live | 3s leave");
    let mut next = visit.next_page(CONFIG);
    assert_eq!(next.run("4s view /rates"), "resume");
}

#[test]
fn explains_every_rule() {
    let mut visit = Visit::new(CONFIG);
    visit.run("0s view /loans/auto | 12s use");
    let now = visit.now();
    let reasons: Vec<(State, String)> =
        visit.tracker.explain(now).into_iter().map(|e| (e.state, e.reason)).collect();
    assert_eq!(
        reasons,
        [
            (State::Waiting, "page.dwell_s is 12, needs at least 40".to_string()),
            (State::Waiting, "page.id is \"auto-loans\", needs \"rates\"".to_string()),
        ]
    );
    visit.run("20s use | 41s use");
    let now = visit.now();
    assert_eq!(visit.tracker.explain(now)[0].reason, "fired on this page");
    visit.run("42s dismiss | 43s go /rates | 55s use");
    let now = visit.now();
    let explained = visit.tracker.explain(now);
    assert_eq!(explained[0].reason, "it has fired as often as its cap allows: 1 per session");
    assert_eq!(explained[1].state, State::Blocked);
    assert_eq!(explained[1].reason, "the visitor dismissed a message: quiet for the rest of the session");
}
