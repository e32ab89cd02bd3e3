//! Nothing is told before it is stored, and what is stored is all there is.

use desk::Door;
use serde_json::json;

use crate::support::stage::Stage;

#[test]
fn when_the_disk_fails_nothing_is_acked_shown_or_changed() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    stage.disk.borrow_mut().broken = true;
    stage.says(visitor, "m1", "hi");
    stage.tell(visitor, json!({"type": "end", "cid": "e"}));
    assert_eq!(stage.hear(visitor), ["error internal m1", "error internal e"]);
    assert_eq!(stage.hear(agent), Vec::<String>::new());
    stage.answers(agent, "a1", "hello");
    stage.tell(agent, json!({"type": "end", "conversation": "c-1"}));
    stage.tell(agent, json!({"type": "transfer", "conversation": "c-1", "to": {"queue": "cards"}}));
    stage.tell(agent, json!({"type": "sign_out"}));
    assert_eq!(
        stage.hear(agent),
        ["error internal a1", "error internal", "error internal", "error internal"]
    );
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
    assert_eq!(stage.reports.len(), 6);

    // The same frame, once the disk is well again, goes through as if it were the first time.
    stage.disk.borrow_mut().broken = false;
    stage.says(visitor, "m1", "hi");
    assert_eq!(stage.hear(visitor), ["ack m1 3", "#3 visitor: hi"]);
}

#[test]
fn a_hello_that_cannot_be_stored_can_be_said_again() {
    let mut stage = Stage::new();
    let visitor = stage.open(Door::Visitor);
    stage.disk.borrow_mut().broken = true;
    stage.tell(visitor, json!({"type": "hello", "version": 1}));
    assert_eq!(stage.hear(visitor), ["error internal"]);
    stage.disk.borrow_mut().broken = false;
    stage.tell(visitor, json!({"type": "hello", "version": 1}));
    assert_eq!(stage.hear(visitor), ["welcome new 0 none"]);
}

#[test]
fn a_restart_at_any_moment_brings_back_the_same_state() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    let waiting = stage.waiting("cards");
    stage.says(visitor, "m1", "hi");
    stage.answers(agent, "a1", "hello");
    stage.tell(agent, json!({"type": "read", "conversation": "c-1", "seq": 3}));
    stage.tell(
        agent,
        json!({"type": "transfer", "conversation": "c-1", "to": {"queue": "cards"}, "note": "kind"}),
    );
    stage.tell(waiting, json!({"type": "end", "cid": "e"}));
    stage.agent("Omar", &["cards"]);
    let before = format!("{:?}", snapshot(&stage));
    stage.restart();
    assert_eq!(format!("{:?}", snapshot(&stage)), before);
}

fn snapshot(stage: &Stage) -> impl std::fmt::Debug + use<> {
    let state = stage.desk.state();
    let sessions: Vec<_> =
        state.sessions.iter().map(|(id, one)| (*id, one.secret.clone(), one.read, one.log.clone())).collect();
    (sessions, state.conversations.clone(), state.agents.clone(), state.notes.clone(), state.live.clone())
}
