//! A desk that keeps only so many entries: the oldest go, and nothing that stays is wrong about it.

use serde_json::{Value, json};

use crate::support::stage::Stage;

fn keeping(entries: u64) -> Stage {
    Stage::with(|settings| settings.keep_entries = Some(entries))
}

fn kept(stage: &Stage) -> Vec<u64> {
    let sessions = stage.desk.state().sessions.values();
    sessions.flat_map(|session| session.log.iter().map(|logged| logged.entry.seq)).collect()
}

#[test]
fn the_oldest_go_and_positions_go_on() {
    let check = |keep: u64, expected: &[u64]| {
        let mut stage = keeping(keep);
        let visitor = stage.waiting("loans");
        for number in 2..=6 {
            stage.says(visitor, &format!("m{number}"), "x");
        }
        assert_eq!(kept(&stage), expected);
        stage.restart();
        assert_eq!(kept(&stage), expected, "after a restart");
    };
    check(1, &[6]);
    check(3, &[4, 5, 6]);
    check(6, &[1, 2, 3, 4, 5, 6]);
    check(7, &[1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_welcome_and_a_fetch_say_what_exists_no_more() {
    let mut stage = keeping(3);
    let visitor = stage.waiting("loans");
    for number in 2..=6 {
        stage.says(visitor, &format!("m{number}"), "x");
    }
    let secret = stage.session_secret();
    for _ in 0..2 {
        let mut check = |seq: u64, welcome: &str, entries: usize| {
            let again = stage.hello(json!({"session": secret, "resume": {"epoch": "d-1", "seq": seq}}));
            let heard = stage.hear(again);
            assert_eq!(heard[0], welcome);
            assert_eq!(heard.iter().filter(|said| said.starts_with('#')).count(), entries);
        };
        check(0, "welcome gap 6 waiting without 1-3", 3);
        check(2, "welcome gap 6 waiting without 3-3", 3);
        check(3, "welcome replay 6 waiting", 3);
        check(5, "welcome replay 6 waiting", 1);
        check(7, "welcome reset 6 waiting without 1-3", 3);
        let again = stage.hello(json!({"session": secret, "resume": {"epoch": "d-1", "seq": 6}}));
        stage.hear(again);
        let mut fetch = |from: u64, to: u64, expected: &[&str]| {
            stage.tell(again, json!({"type": "fetch", "from": from, "to": to}));
            assert_eq!(stage.hear(again), expected, "{from}-{to}");
        };
        fetch(1, 3, &["fetched 1-3 lost 3"]);
        fetch(3, 4, &["#4 visitor: x", "fetched 3-4 lost 1"]);
        fetch(2, 2, &["fetched 2-2 lost 1"]);
        fetch(4, 4, &["#4 visitor: x", "fetched 4-4 lost 0"]);
        fetch(7, 9, &["fetched 7-9 lost 0"]);
        stage.restart();
    }
}

#[test]
fn a_repeat_that_comes_after_its_entry_went_is_still_one() {
    let mut stage = keeping(2);
    let (visitor, agent) = stage.talk();
    stage.says(visitor, "m1", "one");
    stage.answers(agent, "a1", "two");
    for number in 2..=4 {
        stage.says(visitor, &format!("m{number}"), "x");
    }
    let (mut visitor, mut agent) = (visitor, agent);
    for restarted in [false, true] {
        stage.hear(visitor);
        stage.hear(agent);
        stage.says(visitor, "m1", "one");
        stage.route(visitor, "r", "loans");
        stage.answers(agent, "a1", "two");
        assert_eq!(stage.hear(visitor), ["ack m1 3", "ack r 1"], "restarted: {restarted}");
        assert_eq!(stage.hear(agent), ["c-1 ack a1 4"], "restarted: {restarted}");
        let (session, signed_in) = (stage.session_secret(), stage.agent_secret());
        stage.restart();
        visitor = stage.hello(json!({"session": session}));
        agent = stage.open(desk::Door::Agent);
        stage.tell(agent, json!({"type": "sign_in", "secret": signed_in}));
    }
}

#[test]
fn the_agents_list_and_log_show_what_there_is_and_that_there_was_more() {
    let mut stage = keeping(3);
    let (visitor, agent) = stage.talk();
    stage.says(visitor, "m1", "one");
    stage.says(visitor, "m2", "two");
    let mine = |stage: &mut Stage| {
        let one = stage.board(agent)["mine"][0].clone();
        (one["unread"].clone(), one["last"]["text"].clone())
    };
    assert_eq!(mine(&mut stage), (json!(2), json!("two")));
    stage.accept(agent, "c-1");
    assert_eq!(stage.hear(agent), ["c-1 log … | #2 joined Sana | #3 visitor: one | #4 visitor: two"]);
    // Two more push out a message nobody has read: it cannot be read any more.
    stage.says(visitor, "m3", "three");
    stage.says(visitor, "m4", "four");
    assert_eq!(mine(&mut stage), (json!(3), json!("four")));
    stage.tell(agent, json!({"type": "read", "conversation": "c-1", "seq": 5}));
    assert_eq!(mine(&mut stage), (json!(1), json!("four")));
    stage.accept(agent, "c-1");
    let log = "c-1 log … | #4 visitor: two | #5 visitor: three | #6 visitor: four";
    assert_eq!(stage.hear(agent), [log]);
}

#[test]
fn an_ended_conversation_may_be_pushed_out_by_the_next_one() {
    let mut stage = keeping(3);
    let (visitor, agent) = stage.talk();
    stage.says(visitor, "m1", "one");
    stage.tell(agent, json!({"type": "end", "conversation": "c-1"}));
    stage.route(visitor, "r2", "loans");
    stage.accept(agent, "c-2");
    stage.says(visitor, "m2", "two");
    let summary = |board: &Value, at: usize| {
        let one = &board["mine"][at];
        (one["id"].clone(), one["unread"].clone(), one.get("last").map(|last| last["text"].clone()))
    };
    let board = stage.board(agent);
    assert_eq!(summary(&board, 0), (json!("c-1"), json!(0), None));
    assert_eq!(summary(&board, 1), (json!("c-2"), json!(1), Some(json!("two"))));
    let secret = stage.agent_secret();
    for _ in 0..2 {
        let agent = stage.open(desk::Door::Agent);
        stage.tell(agent, json!({"type": "sign_in", "secret": secret}));
        let heard = stage.hear(agent);
        let logs: Vec<_> = heard.iter().filter(|said| said.contains(" log ")).collect();
        assert_eq!(logs, ["c-1 log … | ", "c-2 log #5 route loans | #6 joined Sana | #7 visitor: two"]);
        stage.restart();
    }
}

#[test]
fn when_the_disk_fails_nothing_goes() {
    let mut stage = keeping(2);
    let visitor = stage.waiting("loans");
    stage.says(visitor, "m2", "x");
    stage.disk.borrow_mut().broken = true;
    stage.says(visitor, "m3", "x");
    assert_eq!(kept(&stage), [1, 2]);
    stage.disk.borrow_mut().broken = false;
    stage.says(visitor, "m3", "x");
    assert_eq!(kept(&stage), [2, 3]);
}

#[test]
fn a_desk_told_to_keep_less_does_so_with_the_next_entry() {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    for number in 2..=6 {
        stage.says(visitor, &format!("m{number}"), "x");
    }
    let secret = stage.session_secret();
    stage.restart_with(|settings| settings.keep_entries = Some(2));
    assert_eq!(kept(&stage), [1, 2, 3, 4, 5, 6]);
    let visitor = stage.hello(json!({"session": secret}));
    stage.says(visitor, "m7", "x");
    assert_eq!(kept(&stage), [6, 7]);
}
