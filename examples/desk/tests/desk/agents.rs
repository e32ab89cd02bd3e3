//! Signing in, accepting, ending, leaving.

use desk::Door;
use serde_json::json;

use crate::support::stage::Stage;

#[test]
fn the_token_opens_and_nothing_else_does() {
    let check = |frame: serde_json::Value, expected: &str| {
        let mut stage = Stage::new();
        let agent = stage.open(Door::Agent);
        stage.tell(agent, frame);
        assert_eq!(stage.hear(agent)[0], expected);
    };
    let sign_in =
        |token: &str| json!({"type": "sign_in", "token": token, "name": "Sana", "queues": ["loans"]});
    check(sign_in("the-token"), "signed in Sana");
    check(sign_in("the-toke"), "error bad_token");
    check(sign_in("the-token2"), "error bad_token");
    check(sign_in(""), "error bad_token");
    check(json!({"type": "sign_in", "secret": "k-1"}), "error bad_token");
    check(json!({"type": "sign_in", "name": "Sana"}), "error bad_frame");
    check(json!({"type": "sign_in", "token": "the-token", "name": " "}), "error bad_frame");
    check(json!({"type": "sign_in", "token": "the-token", "name": "A\nB"}), "error bad_frame");
    check(json!({"type": "sign_in", "token": "the-token", "name": "A", "queues": ["x"]}), "error bad_frame");
    check(json!({"type": "accept", "conversation": "c-1"}), "error not_ready");
    check(json!({"type": "ping", "id": 1}), "error not_ready");
}

#[test]
fn a_wrong_token_ends_the_connection() {
    let mut stage = Stage::new();
    let agent = stage.open(Door::Agent);
    stage.tell(agent, json!({"type": "sign_in", "secret": "k-1"}));
    assert_eq!(stage.closed(agent), Some(4401));
}

#[test]
fn of_two_who_accept_at_once_the_first_gets_it() {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    let (sana, omar) = (stage.agent("Sana", &["loans"]), stage.agent("Omar", &["loans"]));
    stage.hear(sana);
    stage.accept(sana, "c-1");
    stage.accept(omar, "c-1");
    assert_eq!(stage.hear(visitor), ["#2 joined Sana"]);
    assert_eq!(stage.hear(sana), ["c-1 log #1 route loans | #2 joined Sana", "board waiting mine c-1"]);
    let frames = stage.frames(omar);
    assert_eq!(frames[1]["code"], "gone");
    assert!(frames[1]["message"].as_str().is_some_and(|message| message.starts_with("Sana ")));
}

#[test]
fn accepting_again_sends_the_log_again() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    stage.accept(agent, "c-1");
    assert_eq!(stage.hear(agent), ["c-1 log #1 route loans | #2 joined Sana"]);
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
}

#[test]
fn what_is_not_there_or_not_yours_cannot_be_touched() {
    let mut stage = Stage::new();
    let (visitor, sana) = stage.talk();
    let omar = stage.agent("Omar", &["loans"]);
    let check = |stage: &mut Stage, frame: serde_json::Value, expected: &str| {
        stage.tell(omar, frame.clone());
        assert_eq!(stage.hear(omar), [expected], "{frame}");
    };
    check(&mut stage, json!({"type": "accept", "conversation": "c-9"}), "error gone");
    check(&mut stage, json!({"type": "accept", "conversation": "nine"}), "error bad_frame");
    check(
        &mut stage,
        json!({"type": "message", "conversation": "c-1", "cid": "a", "text": "hi"}),
        "error no_conversation a",
    );
    check(
        &mut stage,
        json!({"type": "message", "conversation": "c-1", "cid": "a", "text": " "}),
        "error bad_frame a",
    );
    check(&mut stage, json!({"type": "typing", "conversation": "c-1", "on": true}), "error no_conversation");
    check(&mut stage, json!({"type": "read", "conversation": "c-1", "seq": 1}), "error no_conversation");
    check(&mut stage, json!({"type": "end", "conversation": "c-1"}), "error no_conversation");
    check(&mut stage, json!({"type": "close", "conversation": "c-1"}), "error no_conversation");
    check(
        &mut stage,
        json!({"type": "transfer", "conversation": "c-1", "to": {"queue": "cards"}}),
        "error no_conversation",
    );
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
    stage.tell(sana, json!({"type": "close", "conversation": "c-1"}));
    assert_eq!(stage.hear(sana).last().map(String::as_str), Some("error no_conversation"));
}

#[test]
fn an_ended_conversation_stays_on_the_list_until_it_is_put_away() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    stage.tell(agent, json!({"type": "end", "conversation": "c-1"}));
    assert_eq!(stage.hear(visitor), ["#3 ended by agent"]);
    assert_eq!(stage.hear(agent), ["c-1 #3 ended by agent", "board waiting mine c-1."]);
    stage.tell(agent, json!({"type": "close", "conversation": "c-1"}));
    assert_eq!(stage.hear(agent), ["board waiting mine"]);
    stage.says(visitor, "m", "wait!");
    assert_eq!(stage.hear(visitor), ["error no_conversation m"]);
}

#[test]
fn a_second_tab_of_the_same_agent_sees_the_same() {
    let mut stage = Stage::new();
    let (visitor, first) = stage.talk();
    let secret = stage.agent_secret();
    let second = stage.open(Door::Agent);
    stage.tell(second, json!({"type": "sign_in", "secret": secret}));
    stage.hear(second);
    stage.says(visitor, "m", "hi");
    let expected = ["c-1 #3 visitor: hi", "board waiting mine c-1"];
    assert_eq!(stage.hear(first), expected);
    assert_eq!(stage.hear(second), expected);
}

#[test]
fn who_signs_out_leaves_nobody_behind_and_cannot_come_back() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    let secret = stage.agent_secret();
    stage.tell(agent, json!({"type": "sign_out"}));
    assert_eq!(stage.closed(agent), Some(1000));
    assert_eq!(stage.hear(visitor), ["#3 to queue loans", "place loans 1"]);
    let again = stage.open(Door::Agent);
    stage.tell(again, json!({"type": "sign_in", "secret": secret}));
    assert_eq!(stage.hear(again), ["error bad_token"]);
}
