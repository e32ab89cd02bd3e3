//! Coming back: after a break, on another tab, after a restart, on another desk.

use desk::{Door, Socket};
use serde_json::{Value, json};

use crate::support::stage::Stage;

/// A session with three entries, its secret and nobody connected.
fn three_entries() -> (Stage, String) {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    stage.says(visitor, "m1", "one");
    stage.says(visitor, "m2", "two");
    stage.close(visitor);
    let secret = stage.session_secret();
    (stage, secret)
}

fn back(stage: &mut Stage, session: &str, resume: Value) -> Socket {
    let visitor = stage.open(Door::Visitor);
    let mut hello = json!({"type": "hello", "version": 1, "session": session});
    if !resume.is_null() {
        hello["resume"] = resume;
    }
    stage.tell(visitor, hello);
    visitor
}

#[track_caller]
fn check(resume: Value, expected: &[&str]) {
    let (mut stage, secret) = three_entries();
    for restarted in [false, true] {
        let visitor = back(&mut stage, &secret, resume.clone());
        assert_eq!(stage.hear(visitor), expected, "restarted: {restarted}");
        stage.restart();
    }
}

#[test]
fn what_was_missed_follows_in_order() {
    let welcome = "welcome replay 3 waiting";
    check(
        json!({"epoch": "d-1", "seq": 1}),
        &[welcome, "#2 visitor: one", "#3 visitor: two", "place loans 1"],
    );
    check(json!({"epoch": "d-1", "seq": 3}), &[welcome, "place loans 1"]);
}

#[test]
fn without_a_resume_point_all_of_it_follows() {
    let log =
        ["welcome replay 3 waiting", "#1 route loans", "#2 visitor: one", "#3 visitor: two", "place loans 1"];
    check(Value::Null, &log);
    check(json!({"epoch": "d-1", "seq": 0}), &log);
}

#[test]
fn a_point_of_another_log_resets() {
    let log =
        ["welcome reset 3 waiting", "#1 route loans", "#2 visitor: one", "#3 visitor: two", "place loans 1"];
    check(json!({"epoch": "d-0", "seq": 2}), &log);
    check(json!({"epoch": "d-1", "seq": 4}), &log);
}

#[test]
fn an_unknown_session_becomes_a_new_one() {
    let (mut stage, secret) = three_entries();
    let visitor = back(&mut stage, "v-unknown", json!({"epoch": "d-1", "seq": 1}));
    let welcome = stage.frames(visitor).remove(0);
    assert_eq!((&welcome["resumed"], &welcome["seq"]), (&json!("reset"), &json!(0)));
    assert_ne!(welcome["session"], json!(secret));
    assert_ne!(welcome["session"], json!("v-unknown"));
}

#[test]
fn the_welcome_says_who_one_talks_to_and_what_was_read() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    stage.says(visitor, "m1", "hi");
    stage.tell(visitor, json!({"type": "read", "seq": 2}));
    stage.tell(agent, json!({"type": "read", "conversation": "c-1", "seq": 3}));
    let secret = stage.session_secret();
    for _ in 0..2 {
        let visitor = back(&mut stage, &secret, json!({"epoch": "d-1", "seq": 3}));
        let frames = stage.frames(visitor);
        let agent = json!({"kind": "agent", "id": "a-1", "name": "Sana", "role": "Officer"});
        let read = json!({"visitor": 2, "agent": 3});
        let expected = json!({"state": "active", "queue": "loans", "agent": agent, "read": read});
        assert_eq!(frames[0]["conversation"], expected);
        assert_eq!(frames[1], json!({"type": "read", "seq": 3}));
        assert_eq!(frames.len(), 2);
        stage.restart();
    }
}

#[test]
fn an_ended_conversation_stays_readable() {
    let (mut stage, secret) = three_entries();
    let visitor = back(&mut stage, &secret, json!({"epoch": "d-1", "seq": 3}));
    stage.tell(visitor, json!({"type": "end", "cid": "e"}));
    let visitor = back(&mut stage, &secret, json!({"epoch": "d-1", "seq": 3}));
    assert_eq!(stage.hear(visitor), ["welcome replay 4 ended", "#4 ended by visitor"]);
}

#[test]
fn repeats_are_known_after_a_restart() {
    let (mut stage, secret) = three_entries();
    stage.restart();
    let visitor = back(&mut stage, &secret, json!({"epoch": "d-1", "seq": 3}));
    stage.hear(visitor);
    stage.says(visitor, "m1", "one");
    stage.says(visitor, "m3", "three");
    assert_eq!(stage.hear(visitor), ["ack m1 2", "ack m3 4", "#4 visitor: three"]);
}

#[test]
fn an_agent_comes_back_to_their_conversations() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    stage.says(visitor, "m1", "hi");
    let secret = stage.agent_secret();
    for agent_gone_first in [true, false] {
        if agent_gone_first {
            stage.close(agent);
        } else {
            stage.restart();
        }
        let agent = stage.open(Door::Agent);
        stage.tell(agent, json!({"type": "sign_in", "secret": secret}));
        assert_eq!(
            stage.hear(agent),
            [
                "signed in Sana",
                "c-1 log #1 route loans | #2 joined Sana | #3 visitor: hi",
                "board waiting mine c-1"
            ]
        );
    }
    let agent = stage.open(Door::Agent);
    stage.tell(agent, json!({"type": "sign_in", "secret": secret}));
    stage.hear(agent);
    stage.answers(agent, "a1", "still here");
    assert_eq!(stage.hear(agent)[0], "c-1 ack a1 4");
}

#[test]
fn a_language_is_kept_until_another_comes() {
    let (mut stage, secret) = three_entries();
    let locale =
        |stage: &Stage| stage.desk.state().sessions.values().next().and_then(|one| one.locale.clone());
    assert_eq!(locale(&stage).as_deref(), Some("en"));
    let visitor = stage.open(Door::Visitor);
    stage.tell(visitor, json!({"type": "hello", "version": 1, "session": secret, "locale": "ur"}));
    assert_eq!(locale(&stage).as_deref(), Some("ur"));
    back(&mut stage, &secret, Value::Null);
    assert_eq!(locale(&stage).as_deref(), Some("ur"));
}
