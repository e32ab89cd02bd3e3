//! Frames that are wrong, too much, too large, too deep, too late.

use desk::{Door, Event};
use serde_json::{Value, json};

use crate::support::stage::Stage;

#[track_caller]
fn check(text: &str, code: &str, message: &str) {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    stage.tell_text(visitor, text);
    let frames = stage.frames(visitor);
    assert_eq!(frames.len(), 1, "{frames:?}");
    assert_eq!((&frames[0]["type"], &frames[0]["code"]), (&json!("error"), &json!(code)));
    let said = frames[0]["message"].as_str().expect("a message");
    assert!(said.starts_with(message), "{said}");
    assert_eq!(stage.desk.counts().malformed, 1);
    // The connection goes on, and so does the conversation.
    stage.says(visitor, "after", "hi");
    assert_eq!(stage.hear(visitor)[0], "ack after 2");
}

#[test]
fn a_malformed_frame_is_answered_with_its_place() {
    check("", "bad_frame", "frame: not JSON: ");
    check("nonsense", "bad_frame", "frame: not JSON: ");
    check("[1]", "bad_frame", "frame: expected an object, found a list");
    check("{}", "bad_frame", "frame.type: missing, expected a string");
    check(r#"{"type":7}"#, "bad_frame", "frame.type: expected a string, found a number");
    let message = |body: Value| json!({"type": "message", "cid": "m", "body": body}).to_string();
    check(&message(json!("hi")), "bad_frame", "message.body: expected an object, found a string");
    check(&message(json!({"kind": "text"})), "bad_frame", "message.body.text: missing, expected a string");
    check(
        &message(json!({"kind": "text", "text": " "})),
        "bad_frame",
        "message.body.text: must not be empty",
    );
    check(r#"{"type":"message","body":{"kind":"text","text":"x"}}"#, "bad_frame", "message.cid: missing");
    check(r#"{"type":"end","cid":""}"#, "bad_frame", "end.cid: must not be empty");
    check(r#"{"type":"read","seq":-1}"#, "bad_frame", "read.seq: expected a whole number of 0 or more");
    check(r#"{"type":"read","seq":1.5}"#, "bad_frame", "read.seq: expected a whole number of 0 or more");
    check(r#"{"type":"typing","on":1}"#, "bad_frame", "typing.on: expected true or false, found a number");
}

#[test]
fn the_place_leads_into_lists() {
    let route = |context: Value| {
        json!({"type": "route", "cid": "r2", "queue": "loans", "context": context}).to_string()
    };
    check(&route(json!({})), "bad_frame", "route.context: expected a list, found an object");
    check(&route(json!([1])), "bad_frame", "route.context[0]: expected an object, found a number");
    let line = json!({"key": "a", "label": "b", "value": "c"});
    let wrong = json!({"key": "a", "label": 1, "value": "c"});
    check(
        &route(json!([line, wrong])),
        "bad_frame",
        "route.context[1].label: expected a string, found a number",
    );
    check(&route(json!(vec![line; 33])), "bad_frame", "route.context: at most 32 items, found 33");
}

#[test]
fn size_and_depth_have_an_end() {
    check(
        &format!(r#"{{"type":"typing","on":"{}"}}"#, "x".repeat(65_536)),
        "too_large",
        "frame: at most 65536 bytes",
    );
    check(&"[".repeat(60_000), "too_deep", "frame: more than 32 levels deep");
    check(
        &format!(r#"{{"a":{}1{}}}"#, "[".repeat(32), "]".repeat(32)),
        "too_deep",
        "frame: more than 32 levels",
    );
    let text = |characters: usize| {
        json!({"type": "message", "cid": "m", "body": {"kind": "text", "text": "ب".repeat(characters)}})
            .to_string()
    };
    check(&text(10_001), "too_large", "message.body.text: at most 10000 characters");
    check(
        &json!({"type": "end", "cid": "x".repeat(65)}).to_string(),
        "too_large",
        "end.cid: at most 64 characters",
    );
}

#[test]
fn the_longest_message_is_kept_whole_and_a_longer_one_is_named_by_its_cid() {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    let longest = "ب".repeat(10_000);
    stage.says(visitor, "m1", &longest);
    assert_eq!(stage.hear(visitor), ["ack m1 2".to_owned(), format!("#2 visitor: {longest}")]);
    stage.says(visitor, "m2", &format!("{longest}!"));
    assert_eq!(stage.hear(visitor), ["error too_large m2"]);
}

#[test]
fn binary_frames_are_not_spoken_here() {
    let mut stage = Stage::new();
    let visitor = stage.visitor();
    stage.event(Event::Binary { socket: visitor });
    assert_eq!(stage.hear(visitor), ["error bad_frame"]);
}

#[test]
fn the_first_frame_is_hello_within_five_seconds() {
    let mut stage = Stage::new();
    let late = stage.open(Door::Visitor);
    stage.tell(late, json!({"type": "message", "cid": "m", "body": {"kind": "text", "text": "hi"}}));
    stage.tell(late, json!({"type": "ping", "id": 1}));
    assert_eq!(stage.hear(late), ["error not_ready m", "error not_ready"]);
    stage.wait(4_999);
    assert_eq!(stage.closed(late), None);
    let in_time = stage.visitor();
    let agent = stage.open(Door::Agent);
    stage.wait(1);
    assert_eq!(stage.closed(late), Some(4408));
    stage.wait(5_000);
    assert_eq!((stage.closed(in_time), stage.closed(agent)), (None, Some(4408)));
    stage.close(in_time);
    assert_eq!(stage.desk.next_wake(), None, "nobody is left to be told anything");
}

#[test]
fn one_hello_is_enough() {
    let mut stage = Stage::new();
    let visitor = stage.visitor();
    stage.tell(visitor, json!({"type": "hello", "version": 1}));
    assert_eq!(stage.hear(visitor), ["error bad_frame"]);
}

#[test]
fn another_version_is_told_so_and_let_go() {
    let mut stage = Stage::new();
    let visitor = stage.open(Door::Visitor);
    stage.tell(visitor, json!({"type": "hello", "version": 2}));
    assert_eq!(stage.hear(visitor), ["error bad_frame"]);
    assert_eq!(stage.closed(visitor), Some(4400));
}

#[test]
fn too_many_frames_are_refused_by_cid_and_then_the_door_closes() {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    for number in 3..=100 {
        stage.says(visitor, &format!("m{number}"), "x");
    }
    assert_eq!(stage.hear(visitor).len(), 2 * 98);
    stage.wait(4_000);
    stage.says(visitor, "m101", "x");
    let refused = stage.frames(visitor).remove(0);
    let expected = (json!("rate"), json!("m101"), json!(6_000));
    assert_eq!(
        (refused["code"].clone(), refused["cid"].clone(), refused["retry_after_ms"].clone()),
        expected
    );
    stage.wait(6_000);
    stage.says(visitor, "m101", "x");
    assert_eq!(stage.hear(visitor)[0], "ack m101 100");
    for _ in 0..300 {
        stage.tell(visitor, json!({"type": "ping", "id": 1}));
    }
    assert_eq!(stage.closed(visitor), Some(4409));
    stage.hear(visitor);
    stage.says(visitor, "after", "x");
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
}

#[test]
fn a_stop_says_goodbye_to_everybody() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    let early = stage.open(Door::Visitor);
    stage.event(Event::Stop);
    assert_eq!([visitor, agent, early].map(|one| stage.closed(one)), [Some(1012); 3]);
    assert_eq!(stage.hear(visitor), ["error restart"]);
    assert_eq!(stage.hear(agent), Vec::<String>::new());
}

#[test]
fn after_a_stop_visitors_come_back_one_after_the_other() {
    let check = |visitors: usize, expected: &[u64]| {
        let mut stage = Stage::new();
        let all: Vec<_> = (0..visitors).map(|_| stage.visitor()).collect();
        stage.agent("Sana", &["loans"]);
        stage.event(Event::Stop);
        let times = all.iter().map(|one| stage.frames(*one)[0]["retry_after_ms"].as_u64().expect("a time"));
        assert_eq!(times.collect::<Vec<_>>(), expected);
    };
    check(1, &[1_000]);
    check(2, &[1_000, 6_000]);
    check(5, &[1_000, 3_000, 5_000, 7_000, 9_000]);
}
