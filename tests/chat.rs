//! What the visitor says arrives once and in order, whatever happens to the connection.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/server.rs"]
mod server;
#[path = "common/stage.rs"]
mod stage;

use bharosa::chat::MAX_TEXT;
use bharosa::chat::outbox::CAPACITY;
use bharosa::view::Composer;
use stage::Stage;

/// Runs `script` and compares what the server was sent, and the transcript at the end.
fn check(script: &str, sent: &str, talk: &str) -> Stage {
    let mut stage = Stage::new();
    assert_eq!(stage.run(script), sent, "sent in: {script}");
    assert_eq!(stage.talk(), talk, "transcript after: {script}");
    stage
}

/// No message is in the server's log twice.
fn stored_once(stage: &Stage) {
    let mut cids: Vec<_> = stage.server.log.iter().filter_map(|entry| entry.cid.clone()).collect();
    let stored = cids.len();
    cids.sort();
    cids.dedup();
    assert_eq!(cids.len(), stored);
}

#[test]
fn asks_for_a_person_before_the_first_message() {
    check(
        "open | say Hello",
        "hello | route general | message Hello | read 2",
        "[in line for Service] | you: Hello (sent)",
    );
    check(
        "down | open | say One | say Two | up | wait 30",
        "hello | route general | message One | read 1 | message Two | read 3",
        "[in line for Service] | you: One (sent) | you: Two (sent)",
    );
    check("open | say   | type \n | send", "hello", "");
}

#[test]
fn why_the_panel_is_there_is_said_only_to_those_who_did_not_ask_for_it() {
    for (script, said) in [
        ("rule-open", true),
        ("ask loans", true),
        ("open", false),
        ("route loans", false),
        ("resume", false),
        ("open | rule-open", false),
        ("rule-open | close | open", false),
        ("rule-open | open", true),
        ("ask loans | refuse", true),
    ] {
        let mut stage = Stage::new();
        stage.run(script);
        let expected: &[&str] = if said { &["You read for long."] } else { &[] };
        assert_eq!(stage.view().because, expected, "after: {script}");
    }
}

#[test]
fn a_message_is_shown_at_once_and_delivered_only_when_committed() {
    check("down | open | say Hi", "", "you: Hi (sending)");
    check("open | mood silent | say Hi", "hello | route general", "you: Hi (sending)");
    check("open | mood ack-only | say Hi", "hello | route general | message Hi", "you: Hi (sent)");
    check("open | mood deaf | say Hi", "hello | route general", "you: Hi (sending)");
}

#[test]
fn acknowledgement_and_entry_come_in_either_order() {
    for mood in ["fine", "entry-first"] {
        let mut stage = Stage::new();
        stage.run(&format!("mood {mood} | open | say Hi | say Again"));
        assert_eq!(stage.talk(), "[in line for Service] | you: Hi (sent) | you: Again (sent)", "{mood}");
        assert_eq!(stage.run("cut | wait 30"), "hello after 3", "nothing is left to send when {mood}");
    }
}

#[test]
fn a_lost_acknowledgement_makes_no_second_message() {
    let mut stage = check(
        "open | mood silent | say Hi | mood fine | cut | wait 30",
        "hello | route general | hello after 0 | route general | message Hi | read 2",
        "[in line for Service] | you: Hi (sent)",
    );
    stored_once(&stage);
    assert_eq!(stage.run("cut | wait 30"), "hello after 2");
}

#[test]
fn what_was_never_heard_is_said_again_under_the_same_id() {
    let stage = check(
        "open | mood deaf | say Hi | cut | mood fine | wait 30",
        "hello | route general | hello after 0 | route general | message Hi | read 2",
        "[in line for Service] | you: Hi (sent)",
    );
    stored_once(&stage);
    // A server that stored without answering gets the same ids and answers for what it has.
    let mut stage = Stage::new();
    stage.run("open | say Hi | mood silent | say More | wait 11 | mood fine | wait 30");
    stored_once(&stage);
    assert_eq!(stage.talk(), "[in line for Service] | you: Hi (sent) | you: More (sent)");
}

#[test]
fn repeats_are_ignored() {
    check(
        "open | say Hi | hold | accept | reply One | reply Two | release-twice | wait 5",
        "hello | route general | message Hi | read 5",
        "[in line for Service] | you: Hi (sent) | [Sana joined] | Sana: One | Sana: Two",
    );
}

#[test]
fn a_hole_is_filled_before_what_stands_behind_it_is_shown() {
    let talk = "[in line for Service] | you: Hi (sent) | [Sana joined] | Sana: One | Sana: Two";
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept | hold | reply One | reply Two | release-without-first");
    assert_eq!(stage.talk(), "[in line for Service] | you: Hi (sent) | [Sana joined]");
    assert_eq!(stage.run("wait 2"), "hello after 3 | read 5");
    assert_eq!(stage.talk(), talk);
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept | hold | reply One | reply Two | release-backwards | wait 2");
    assert_eq!(stage.talk(), talk);
    // The last word was lost: the next answer to a ping says that the log is longer.
    let mut stage = Stage::new();
    stage.run("open | say Hi | accept | reply One | hold | reply Two | release-without-first");
    assert_eq!(stage.run("wait 12"), "hello after 4 | read 5");
    assert_eq!(stage.talk(), talk);
}

#[test]
fn a_lost_log_is_replaced_and_unacknowledged_words_are_said_again() {
    let mut stage = Stage::new();
    stage.run("open | say Old | accept | reply Yes | mood deaf | say New | cut | forget | mood fine");
    // The conversation is lost with its log: somebody is asked for again first.
    assert_eq!(stage.run("wait 30"), "hello after 4 | route general | message New | read 2");
    assert_eq!(stage.talk(), "[in line for Service] | you: New (sent)");
    // What was committed in the lost log, but never shown as an entry, is said again too.
    let mut stage = Stage::new();
    stage.run("open | mood ack-only | say Hi | cut | forget | mood fine");
    assert_eq!(stage.run("wait 30"), "hello after 0 | route general | message Hi | read 2");
    assert_eq!(stage.talk(), "[in line for Service] | you: Hi (sent)");
}

#[test]
fn a_refused_message_waits_for_the_visitor() {
    let refused = "open | say Hi | mood refusing | say More";
    let mut stage = check(
        refused,
        "hello | route general | message Hi | read 2 | message More",
        "[in line for Service] | you: Hi (sent) | you: More (failed)",
    );
    assert_eq!(stage.warnings, ["the server refused a frame: internal: not now"]);
    assert_eq!(stage.run("mood fine | cut | wait 30"), "hello after 2", "it does not go out by itself");
    assert_eq!(stage.run("retry"), "message More | read 3");
    assert_eq!(stage.talk(), "[in line for Service] | you: Hi (sent) | you: More (sent)");
    let [.., first, second] = stage.server.cids.as_slice() else { panic!("two attempts") };
    assert_eq!(first, second, "the same id again");
    let mut stage = Stage::new();
    stage.run(refused);
    assert_eq!(stage.run("discard | mood fine | cut | wait 30"), "hello after 2");
    assert_eq!(stage.talk(), "[in line for Service] | you: Hi (sent)");
}

#[test]
fn a_server_that_asks_for_patience_gets_it_and_then_everything_in_order() {
    let mut stage = Stage::new();
    assert_eq!(
        stage.run("open | mood hurried | say One | wait 1 | say Two | wait 13.9"),
        "hello | route general"
    );
    assert_eq!(stage.talk(), "you: One (sending) | you: Two (sending)", "no fault of the visitor's");
    assert_eq!(
        stage.run("mood fine | wait 0.1"),
        "route general | message One | read 1 | message Two | read 3"
    );
    assert_eq!(stage.talk(), "[in line for Service] | you: One (sent) | you: Two (sent)");
    // Asked again and again, it keeps asking no faster.
    let mut stage = Stage::new();
    let sent = stage.run("open | mood hurried | say One | wait 70");
    assert_eq!(sent.matches("route").count(), 5, "in 70 s: {sent}");
    assert_eq!(sent.matches("hello").count(), 1, "the connection is good: {sent}");
}

#[test]
fn retrying_asks_for_a_person_again_when_that_was_refused_too() {
    let mut stage = Stage::new();
    stage.run("open | mood refusing | say Hi | mood fine");
    assert_eq!(stage.talk(), "you: Hi (failed)");
    assert_eq!(stage.run("retry"), "route general | message Hi | read 2");
    assert_eq!(stage.talk(), "[in line for Service] | you: Hi (sent)");
}

#[test]
fn too_long_a_text_is_not_sent() {
    let long = "x".repeat(MAX_TEXT + 3);
    let mut stage = Stage::new();
    assert_eq!(stage.run(&format!("open | say {long}")), "hello");
    assert_eq!(stage.view().composer, Composer::TooLong(3));
    assert_eq!(stage.view().draft, long, "what was written is not lost");
    // Characters are counted, not bytes.
    let mut stage = Stage::new();
    stage.run(&format!("open | say {}", "ہ".repeat(MAX_TEXT)));
    assert_eq!(stage.view().draft, "");
}

#[test]
fn a_full_outbox_refuses_more_and_keeps_the_draft() {
    let mut stage = Stage::new();
    stage.run("down | open");
    // The wish for a person takes one place.
    for n in 1..CAPACITY {
        stage.run(&format!("say {n}"));
    }
    assert_eq!(stage.view().composer, Composer::Full);
    stage.run("say one too many");
    assert_eq!(stage.view().draft, "one too many");
    stage.run("up | wait 60");
    assert_eq!(stage.server.log.len(), CAPACITY);
    assert_eq!(stage.view().composer, Composer::Ready);
    assert_eq!(stage.run("send"), "message one too many | read 201");
}

#[test]
fn a_fast_writer_on_a_slow_line_is_not_cut_off() {
    let mut stage = Stage::new();
    stage.run("open | say Hi");
    // Each acknowledgement takes a second and a half, and something new is said every second.
    let mut sent = stage.run("hold");
    for n in 0..30 {
        sent += &stage.run(&format!("say {n} | wait 0.5 | trickle | wait 0.5"));
    }
    sent += &stage.run("release");
    assert!(!sent.contains("hello"), "the connection was good all the time: {sent}");
}
