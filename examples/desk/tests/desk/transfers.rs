//! Handing over, to a queue and to a person.

use serde_json::json;

use crate::support::stage::{START, Stage};

#[test]
fn a_queue_gets_it_at_its_front_with_its_story() {
    let mut stage = Stage::new();
    let (visitor, sana) = stage.talk();
    let other = stage.visitor();
    stage.tell(other, json!({"type": "route", "cid": "r", "queue": "mortgages", "priority": 9}));
    let omar = stage.agent("Omar", &["mortgages"]);
    stage.hear(other);
    stage.hear(sana);
    stage.says(visitor, "m", "a house");
    stage.wait(60_000);
    let to = json!({"type": "transfer", "conversation": "c-1", "to": {"queue": "mortgages"}, "note": "Wants a house"});
    stage.tell(sana, to);
    assert_eq!(
        stage.hear(visitor),
        ["ack m 3", "#3 visitor: a house", "#4 to queue mortgages", "place mortgages 1"]
    );
    assert_eq!(stage.hear(other), ["place mortgages 2"]);
    assert_eq!(stage.hear(sana).last().map(String::as_str), Some("board waiting c-1 c-2 mine"));

    let summary = stage.board(omar)["waiting"][0].clone();
    assert_eq!((&summary["id"], &summary["since"]), (&json!("c-1"), &json!(START)));
    assert_eq!(summary["notes"], json!([{"from": "Sana", "text": "Wants a house", "ts": START + 60_000}]));

    // While nobody serves them the visitor can go on talking, and the next agent reads all of it.
    stage.says(visitor, "m2", "soon");
    stage.accept(omar, "c-1");
    assert_eq!(stage.hear(visitor), ["ack m2 5", "#5 visitor: soon", "#6 joined Omar"]);
    let log = stage.hear(omar).into_iter().find(|said| said.starts_with("c-1 log")).expect("the log");
    assert_eq!(
        log,
        "c-1 log #1 route loans | #2 joined Sana | #3 visitor: a house | note Sana: Wants a house | \
         #4 to queue mortgages | #5 visitor: soon | #6 joined Omar"
    );
}

#[test]
fn a_person_gets_it_first_on_their_list() {
    let mut stage = Stage::new();
    let (visitor, sana) = stage.talk();
    stage.waiting("cards");
    let omar = stage.agent("Omar", &["cards"]);
    stage.tell(sana, json!({"type": "transfer", "conversation": "c-1", "to": {"agent": "a-2"}}));
    assert_eq!(stage.hear(visitor), ["#3 to Omar", "place loans 1"]);
    let board = stage.board(omar);
    let first = &board["waiting"][0];
    assert_eq!(
        (&first["id"], &first["reserved_for"], &first["match"]),
        (&json!("c-1"), &json!("a-2"), &json!(true))
    );
    assert_eq!(board["waiting"][1]["id"], "c-2");
    stage.accept(omar, "c-1");
    assert_eq!(stage.hear(visitor), ["#4 joined Omar"]);
    assert_eq!(stage.board(omar)["mine"][0].get("reserved_for"), None);
}

#[test]
fn a_note_never_reaches_the_visitor() {
    let mut stage = Stage::new();
    let (visitor, sana) = stage.talk();
    stage.tell(
        sana,
        json!({"type": "transfer", "conversation": "c-1", "to": {"queue": "cards"}, "note": "sEcReT"}),
    );
    let secret = stage.session_secret();
    let again = stage.open(desk::Door::Visitor);
    stage.tell(again, json!({"type": "hello", "version": 1, "session": secret}));
    for socket in [visitor, again] {
        let frames = stage.frames(socket);
        assert!(!frames.is_empty() && !format!("{frames:?}").contains("sEcReT"));
    }
}

#[test]
fn a_transfer_needs_somewhere_to_go() {
    let mut stage = Stage::new();
    let (visitor, sana) = stage.talk();
    let omar = stage.agent("Omar", &[]);
    stage.close(omar);
    let check = |stage: &mut Stage, to: serde_json::Value, expected: &str| {
        stage.hear(sana);
        stage.tell(sana, json!({"type": "transfer", "conversation": "c-1", "to": to}));
        assert_eq!(stage.hear(sana), [expected]);
    };
    check(&mut stage, json!({"queue": "nowhere"}), "error bad_frame");
    check(&mut stage, json!({"agent": "a-1"}), "error bad_frame");
    check(&mut stage, json!({"agent": "a-2"}), "error no_agent");
    check(&mut stage, json!({"agent": "a-7"}), "error no_agent");
    check(&mut stage, json!({"agent": "Omar"}), "error bad_frame");
    check(&mut stage, json!({}), "error bad_frame");
    check(&mut stage, json!({"agent": "a-2", "queue": "cards"}), "error bad_frame");
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
}

#[test]
fn who_was_chosen_and_signs_out_frees_the_visitor() {
    let mut stage = Stage::new();
    let (_, sana) = stage.talk();
    let omar = stage.agent("Omar", &[]);
    stage.tell(sana, json!({"type": "transfer", "conversation": "c-1", "to": {"agent": "a-2"}}));
    stage.tell(omar, json!({"type": "sign_out"}));
    let summary = stage.board(sana)["waiting"][0].clone();
    assert_eq!(summary.get("reserved_for"), None);
    assert_eq!(summary["queue"], "loans");
}
