//! What outlives the page, what the tracker is told, and that nothing stored or sent can make the panel fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/random.rs"]
mod random;
#[path = "common/server.rs"]
mod server;
#[path = "common/stage.rs"]
mod stage;

use bharosa::chat::ChatEvent;
use bharosa::link::wire::ServerFrame;
use bharosa::value::Value;
use dice::Dice;
use stage::Stage;

/// Runs `script` and compares what the tracker was told.
fn facts(script: &str, expected: &str) {
    let mut stage = Stage::new();
    stage.run(script);
    assert_eq!(stage.facts(), expected, "after: {script}");
}

#[test]
fn the_tracker_is_told_once_a_change() {
    facts("open | open", "opened");
    facts("open | close | close", "opened | closed");
    facts("rule-open | close", "opened | closed");
    facts("open | say Hi | say More", "opened | live");
    facts("open | say Hi | accept | finish", "opened | live | ended");
    facts("open | say Hi | accept | finish | say Again", "opened | live | ended | live");
    facts("open | say Hi | cut | wait 30 | cut | wait 30", "opened | live");
    facts(
        "open | say Hi | accept | close | reply One | reply Two | open",
        "opened | live | closed | unread 1 | unread 2 | opened | unread 0",
    );
}

#[test]
fn unread_are_the_banks_messages_that_nobody_saw() {
    let unread = |script: &str| {
        let mut stage = Stage::new();
        stage.run(&format!("open | say Hi | accept | {script}"));
        stage.widget.chat().unread()
    };
    assert_eq!(unread("reply One"), 0);
    assert_eq!(unread("close | reply One | announce Two"), 2);
    assert_eq!(unread("hide | reply One"), 1);
    assert_eq!(unread("hide | reply One | show"), 0);
    assert_eq!(unread("close | hide | reply One | show"), 1);
    assert_eq!(unread("hold | say My own | close | release"), 0);
    assert_eq!(unread("close | to-queue loans | accept | finish"), 0, "only what somebody said");
}

#[test]
fn a_receipt_is_sent_only_for_what_was_in_sight() {
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept");
    assert_eq!(stage.run("reply One"), "read 4");
    assert_eq!(stage.run("hide | reply Two | wait 5"), "");
    assert_eq!(stage.run("show"), "read 5");
    assert_eq!(stage.run("close | reply Three | cut | wait 30"), "hello after 6");
    assert_eq!(stage.run("open"), "read 6");
    assert_eq!(stage.run("cut | wait 30"), "hello after 6", "the server remembers");
}

#[test]
fn the_agents_receipt_marks_what_they_saw() {
    let mut stage = Stage::new();
    stage.run("open | say One | say Two | accept | seen 2");
    assert_eq!(stage.talk(), "[in line for Service] | you: One (read) | you: Two (sent) | [Sana joined]");
    stage.run("seen 3 | seen 1");
    assert_eq!(stage.talk(), "[in line for Service] | you: One (read) | you: Two (read) | [Sana joined]");
}

#[test]
fn nothing_is_kept_before_the_visitor_acts() {
    for script in
        ["rule-open | type Hi | hide | show | close | leave", "ask loans | hide | leave", "wait 60 | leave"]
    {
        let mut stage = Stage::new();
        assert_eq!(stage.run(script), "", "not a word is sent in: {script}");
        assert_eq!(stage.saved, None, "after: {script}");
    }
    for script in ["open", "rule-open | say Hi", "ask loans | refuse", "route loans"] {
        let mut stage = Stage::new();
        stage.run(script);
        assert!(stage.saved.is_some(), "after: {script}");
    }
}

#[test]
fn the_next_page_goes_on_where_this_one_was() {
    let mut stage = Stage::new();
    stage.run(
        "open | route loans | accept | reply Hello | seen 1 | down | cut | say Offline | type Half a sen",
    );
    let mut next = stage.next_page(false);
    assert_eq!(next.talk(), "[in line for Loans] | [Sana joined] | Sana: Hello | you: Offline (sending)");
    assert_eq!((next.presence().as_str(), next.view().draft.as_str()), ("with Sana, Officer", "Half a sen"));
    assert_eq!(next.facts(), "opened | live");
    assert_eq!(next.run("up | wait 2"), "hello after 3 | message Offline | read 4");
    assert_eq!(next.view().shared[0].shown, "Auto");
}

#[test]
fn what_was_unread_stays_unread_on_the_next_page() {
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept | reply Seen | close | reply One | reply Two | down");
    let mut next = stage.next_page(false);
    assert_eq!(next.facts(), "live | unread 2", "before any server could help");
    assert_eq!(next.run("open | up | wait 2"), "hello after 6 | read 6");
}

#[test]
fn a_narrow_page_is_not_covered() {
    let mut stage = Stage::new();
    stage.run("open | say Hi");
    let mut next = stage.next_page(true);
    assert!(!next.view().open);
    assert_eq!(next.facts(), "live");
    assert_eq!(next.run("resume | wait 1"), "hello after 2", "the conversation goes on all the same");
}

#[test]
fn a_failed_message_is_still_failed_on_the_next_page() {
    let mut stage = Stage::new();
    stage.run("open | say Hi | mood refusing | say More | mood fine");
    let mut next = stage.next_page(false);
    next.run("wait 1");
    assert_eq!(next.talk(), "[in line for Service] | you: Hi (sent) | you: More (failed)");
    assert_eq!(next.run("retry"), "message More | read 3");
}

#[test]
fn the_back_forward_cache_reconnects_at_once() {
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept");
    assert_eq!(stage.run("leave | wait 60"), "");
    assert_eq!(stage.run("back"), "hello after 3");
}

#[test]
fn whatever_is_stored_cannot_make_it_fail() {
    let mut dice = Dice::new(11);
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept | reply One | down | cut | say Two | leave");
    let good = stage.saved.expect("something was kept");
    for case in 0..2_000 {
        let saved = match case % 2 {
            0 => random::value(&mut dice, 4),
            _ => random::damaged(&good, &mut dice),
        };
        let mut stage = Stage::new();
        stage.server.mood = server::Mood::Deaf;
        stage.chat(ChatEvent::Restored { saved, narrow: dice.one_in(2) });
        stage.run("wait 1 | type x | say Hello | hide | show | end | leave | back | wait 1");
        let _ = stage.talk();
    }
}

#[test]
fn whatever_a_server_sends_cannot_make_it_fail() {
    let mut dice = Dice::new(12);
    let mut unknown = 0;
    for _ in 0..200 {
        let mut stage = Stage::new();
        stage.run("open | say Hi | accept");
        for _ in 0..10 {
            match ServerFrame::decode(&random::frame(&mut dice)) {
                Ok(frame) => stage.push(frame),
                Err(_) => unknown += 1,
            }
            stage.run("wait 1 | type y | say Hello");
        }
        let _ = (stage.talk(), stage.presence());
    }
    assert!(unknown < 1_500, "most random frames should be accepted, or this tries nothing: {unknown}");
}

#[test]
fn a_log_that_was_tampered_with_is_fetched_anew() {
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept | reply One | leave");
    let Some(Value::Map(mut saved)) = stage.saved.take() else { panic!("something was kept") };
    for (key, value) in &mut saved {
        if let (Value::Map(log), "transcript") = (value, key.as_str()) {
            for (key, value) in log {
                if let (Value::List(entries), "entries") = (value, key.as_str()) {
                    entries.remove(1);
                }
            }
        }
    }
    let mut next = Stage::new();
    next.server = stage.server;
    next.chat(ChatEvent::Restored { saved: Value::Map(saved), narrow: false });
    assert_eq!(next.run("wait 1"), "hello after 0");
    assert_eq!(next.talk(), "[in line for Service] | you: Hi (sent) | [Sana joined] | Sana: One");
}

#[test]
fn how_a_queue_stands_goes_to_the_tracker_and_nowhere_else() {
    let mut stage = Stage::new();
    stage.run("open | say Hi");
    stage.facts();
    let said = Value::Map(vec![("type".into(), "availability".into()), ("queue".into(), "loans".into())]);
    let frame = ServerFrame::decode(&said).unwrap();
    stage.push(frame);
    assert_eq!(stage.availability, [said]);
    assert_eq!(stage.facts(), "");
}
