//! An agent is gone without a word.

use desk::Door;
use serde_json::json;

use crate::support::stage::Stage;

#[test]
fn whoever_was_talking_to_them_waits_again_at_the_front() {
    let mut stage = Stage::new();
    let (visitor, sana) = stage.talk();
    let next = stage.waiting("loans");
    let omar = stage.agent("Omar", &["loans"]);
    stage.hear(next);
    stage.close(sana);
    stage.wait(24_999);
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
    assert_eq!(stage.hear(omar).last().map(String::as_str), Some("board waiting c-2 mine"));
    stage.wait(1);
    assert_eq!(stage.hear(visitor), ["#3 to queue loans", "place loans 1"]);
    assert_eq!(stage.hear(next), ["place loans 2"]);
    assert_eq!(stage.hear(omar), ["board waiting c-1 c-2 mine"]);
    stage.accept(omar, "c-1");
    assert_eq!(stage.hear(visitor), ["#4 joined Omar"]);
}

#[test]
fn who_comes_back_in_time_goes_on() {
    let mut stage = Stage::new();
    let (visitor, sana) = stage.talk();
    let secret = stage.agent_secret();
    let mut here = sana;
    // However often it happens, the time begins anew.
    for _ in 0..3 {
        stage.close(here);
        stage.wait(20_000);
        here = stage.open(Door::Agent);
        stage.tell(here, json!({"type": "sign_in", "secret": secret}));
    }
    stage.wait(60_000);
    stage.hear(here);
    stage.answers(here, "a1", "still here");
    assert_eq!(stage.hear(visitor), ["#3 agent: still here"]);
}

#[test]
fn one_tab_of_two_is_enough() {
    let mut stage = Stage::new();
    let (visitor, first) = stage.talk();
    let secret = stage.agent_secret();
    let second = stage.open(Door::Agent);
    stage.tell(second, json!({"type": "sign_in", "secret": secret}));
    stage.close(first);
    stage.wait(60_000);
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
}

#[test]
fn after_a_restart_they_have_the_whole_time_again() {
    let mut stage = Stage::new();
    let (_, sana) = stage.talk();
    stage.close(sana);
    stage.wait(20_000);
    stage.restart();
    let secret = stage.session_secret();
    let visitor = stage.hello(json!({"session": secret, "resume": {"epoch": "d-1", "seq": 2}}));
    stage.wait(24_999);
    assert_eq!(stage.hear(visitor), ["welcome replay 2 active"]);
    stage.wait(1);
    assert_eq!(stage.hear(visitor), ["#3 to queue loans", "place loans 1"]);
}

#[test]
fn what_could_not_be_stored_is_tried_again() {
    let mut stage = Stage::new();
    let (visitor, sana) = stage.talk();
    stage.close(sana);
    stage.disk.borrow_mut().broken = true;
    stage.wait(25_000);
    assert_eq!((stage.hear(visitor), stage.reports.len()), (Vec::new(), 1));
    stage.disk.borrow_mut().broken = false;
    stage.wait(25_000);
    assert_eq!(stage.hear(visitor), ["#3 to queue loans", "place loans 1"]);
}
