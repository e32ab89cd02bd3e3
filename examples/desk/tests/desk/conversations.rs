//! A visitor's talk, frame by frame.

use desk::Door;
use serde_json::json;

use crate::support::stage::Stage;

#[test]
fn a_newcomer_is_welcomed_with_an_empty_log() {
    let mut stage = Stage::new();
    let visitor = stage.open(Door::Visitor);
    stage.tell(visitor, json!({"type": "hello", "version": 1}));
    assert_eq!(stage.hear(visitor), ["welcome new 0 none"]);
}

#[test]
fn the_whole_talk_in_order() {
    let mut stage = Stage::new();
    let (visitor, agent) = (stage.visitor(), stage.agent("Sana", &["loans"]));
    stage.route(visitor, "r", "loans");
    assert_eq!(stage.hear(visitor), ["ack r 1", "#1 route loans", "place loans 1"]);
    stage.says(visitor, "m1", "anyone?");
    assert_eq!(stage.hear(visitor), ["ack m1 2", "#2 visitor: anyone?"]);
    stage.hear(agent);
    stage.accept(agent, "c-1");
    assert_eq!(stage.hear(visitor), ["#3 joined Sana"]);
    assert_eq!(
        stage.hear(agent),
        ["c-1 log #1 route loans | #2 visitor: anyone? | #3 joined Sana", "board waiting mine c-1"]
    );
    stage.answers(agent, "a1", "yes");
    assert_eq!(stage.hear(visitor), ["#4 agent: yes"]);
    assert_eq!(stage.hear(agent), ["c-1 ack a1 4", "c-1 #4 agent: yes", "board waiting mine c-1"]);
    stage.tell(visitor, json!({"type": "end", "cid": "e"}));
    assert_eq!(stage.hear(visitor), ["ack e 5", "#5 ended by visitor"]);
    assert_eq!(stage.hear(agent), ["c-1 #5 ended by visitor", "board waiting mine c-1."]);
}

#[test]
fn a_frame_sent_again_is_stored_once_and_acked_again() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    stage.says(visitor, "m1", "hi");
    stage.says(visitor, "m1", "hi");
    assert_eq!(stage.hear(visitor), ["ack m1 3", "#3 visitor: hi", "ack m1 3"]);
    stage.route(visitor, "r", "loans");
    assert_eq!(stage.hear(visitor), ["ack r 1"]);
    stage.hear(agent);
    stage.answers(agent, "m1", "an agent's own m1");
    stage.answers(agent, "m1", "an agent's own m1");
    assert_eq!(stage.hear(visitor), ["#4 agent: an agent's own m1"]);
    assert_eq!(stage.hear(agent).last().map(String::as_str), Some("c-1 ack m1 4"));
    stage.tell(visitor, json!({"type": "end", "cid": "e"}));
    stage.tell(visitor, json!({"type": "end", "cid": "e"}));
    stage.says(visitor, "m1", "hi");
    assert_eq!(stage.hear(visitor), ["ack e 5", "#5 ended by visitor", "ack e 5", "ack m1 3"]);
}

#[test]
fn visitors_never_see_ids_that_agents_chose() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    stage.answers(agent, "a1", "yes");
    assert_eq!(stage.frames(visitor)[0].get("cid"), None);
    assert_eq!(stage.frames(agent)[1]["entry"]["cid"], "a1");
}

#[test]
fn every_tab_of_the_session_is_served_and_only_the_asking_one_gets_the_ack() {
    let mut stage = Stage::new();
    let first = stage.visitor();
    let secret = stage.session_secret();
    let second = stage.open(Door::Visitor);
    stage.tell(second, json!({"type": "hello", "version": 1, "session": secret}));
    assert_eq!(stage.hear(second), ["welcome replay 0 none"]);
    stage.route(first, "r", "loans");
    assert_eq!(stage.hear(first), ["ack r 1", "#1 route loans", "place loans 1"]);
    assert_eq!(stage.hear(second), ["#1 route loans", "place loans 1"]);
}

#[test]
fn without_a_conversation_there_is_nothing_to_say_or_end() {
    let mut stage = Stage::new();
    let visitor = stage.visitor();
    stage.says(visitor, "m", "hi");
    stage.tell(visitor, json!({"type": "end", "cid": "e"}));
    assert_eq!(stage.hear(visitor), ["error no_conversation m", "error no_conversation e"]);
}

#[test]
fn after_the_end_a_route_opens_the_next_conversation_in_the_same_log() {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    stage.tell(visitor, json!({"type": "end", "cid": "e"}));
    stage.route(visitor, "r2", "cards");
    assert_eq!(
        stage.hear(visitor),
        ["ack e 2", "#2 ended by visitor", "ack r2 3", "#3 route cards", "place cards 1"]
    );
    assert_eq!(stage.desk.state().conversations.len(), 2);
}

#[test]
fn another_route_while_waiting_moves_to_the_end_of_the_other_queue() {
    let mut stage = Stage::new();
    let (first, visitor) = (stage.waiting("cards"), stage.waiting("loans"));
    stage.wait(1_000);
    stage.route(visitor, "r2", "cards");
    assert_eq!(stage.hear(visitor), ["ack r2 2", "#2 route cards", "place cards 2"]);
    assert_eq!(stage.hear(first), Vec::<String>::new());
}

#[test]
fn another_route_in_the_same_queue_keeps_the_place() {
    let mut stage = Stage::new();
    let (visitor, second) = (stage.waiting("loans"), stage.waiting("loans"));
    stage.wait(1_000);
    stage.tell(visitor, json!({"type": "route", "cid": "r2", "queue": "loans", "skill": "auto"}));
    assert_eq!(stage.hear(visitor), ["ack r2 2", "#2 route loans"]);
    assert_eq!(stage.hear(second), Vec::<String>::new());
}

#[test]
fn a_route_while_an_agent_listens_is_refused_aloud() {
    let mut stage = Stage::new();
    let (visitor, _) = stage.talk();
    stage.route(visitor, "r2", "cards");
    let frames = stage.frames(visitor);
    assert_eq!(frames[0]["code"], "bad_frame");
    assert_eq!(frames[0]["cid"], "r2");
    assert!(frames[0]["message"].as_str().is_some_and(|message| message.contains("end")));
}

#[test]
fn an_unknown_queue_is_refused_with_the_known_ones() {
    let mut stage = Stage::new();
    let visitor = stage.visitor();
    stage.route(visitor, "r", "lones");
    let said = stage.frames(visitor)[0]["message"].as_str().expect("a message").to_owned();
    assert_eq!(said, "route.queue: no such queue here; there are: cards, general, loans, mortgages");
}

#[test]
fn typing_and_reading_reach_the_other_side() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    stage.tell(visitor, json!({"type": "typing", "on": true}));
    stage.tell(visitor, json!({"type": "read", "seq": 2}));
    assert_eq!(stage.hear(agent), ["c-1 typing true", "c-1 read 2", "board waiting mine c-1"]);
    stage.tell(agent, json!({"type": "typing", "conversation": "c-1", "on": false}));
    stage.tell(agent, json!({"type": "read", "conversation": "c-1", "seq": 99}));
    assert_eq!(stage.hear(visitor), ["typing false", "read 2"]);
    // Marks only ever move forward.
    stage.tell(agent, json!({"type": "read", "conversation": "c-1", "seq": 1}));
    stage.tell(visitor, json!({"type": "read", "seq": 0}));
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
}

#[test]
fn a_ping_is_answered_with_the_last_position() {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    stage.tell(visitor, json!({"type": "ping", "id": 4}));
    stage.tell(visitor, json!({"type": "pong", "id": 1}));
    assert_eq!(stage.hear(visitor), ["pong 4 at 1"]);
}
