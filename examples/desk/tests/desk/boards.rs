//! Who stands where, and who sees whom.

use serde_json::{Value, json};

use crate::support::stage::{START, Stage};

fn ids(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn places_are_counted_per_queue_and_told_only_when_they_change() {
    let mut stage = Stage::new();
    let visitors = [stage.visitor(), stage.visitor(), stage.visitor()];
    for (visitor, queue) in visitors.iter().zip(["loans", "cards", "loans"]) {
        stage.route(*visitor, "r", queue);
    }
    assert_eq!(stage.hear(visitors[0])[2..], ["place loans 1"]);
    assert_eq!(stage.hear(visitors[1])[2..], ["place cards 1"]);
    assert_eq!(stage.hear(visitors[2])[2..], ["place loans 2"]);
    stage.tell(visitors[0], json!({"type": "end", "cid": "e"}));
    assert_eq!(stage.hear(visitors[1]), Vec::<String>::new());
    assert_eq!(stage.hear(visitors[2]), ["place loans 1"]);
}

#[test]
fn whoever_went_away_is_in_nobodys_way_and_keeps_their_turn() {
    let mut stage = Stage::new();
    let visitors = [stage.waiting("loans"), stage.waiting("loans")];
    let agent = stage.agent("Sana", &["loans"]);
    stage.hear(visitors[1]);
    stage.close(visitors[0]);
    assert_eq!(stage.hear(visitors[1]), ["place loans 1"]);
    assert_eq!(ids(&stage.board(agent)["waiting"]), ["c-1", "c-2"], "the desk still sees whose turn it is");
}

#[test]
fn higher_priority_is_served_first_then_the_oldest() {
    let mut stage = Stage::new();
    let agent = stage.agent("Sana", &["loans"]);
    for (priority, seconds) in [(0, 0), (5, 1), (0, 2), (5, 3), (-1, 4)] {
        stage.now = START + seconds * 1_000;
        let visitor = stage.visitor();
        stage.tell(visitor, json!({"type": "route", "cid": "r", "queue": "loans", "priority": priority}));
    }
    assert_eq!(ids(&stage.board(agent)["waiting"]), ["c-2", "c-4", "c-1", "c-3", "c-5"]);
}

#[test]
fn a_summary_tells_what_the_visitor_chose_to_share() {
    let mut stage = Stage::new();
    let (visitor, agent) = (stage.visitor(), stage.agent("Sana", &["cards"]));
    let context = json!([{"key": "page", "label": "Page", "value": "Auto loans"}]);
    stage.tell(
        visitor,
        json!({"type": "route", "cid": "r", "queue": "loans", "skill": "auto", "reason": "Read for 40 s", "context": context}),
    );
    stage.says(visitor, "m", "hi");
    let expected = json!({
        "id": "c-1", "state": "waiting", "queue": "loans", "skill": "auto", "priority": 0,
        "reason": "Read for 40 s", "since": START, "locale": "en", "online": true, "context": context,
        "notes": [], "match": false, "unread": 1,
        "last": {"text": "hi", "ts": START, "from": "visitor"}, "read": {"visitor": 0, "agent": 0},
    });
    assert_eq!(stage.board(agent)["waiting"][0], expected);
    stage.close(visitor);
    assert_eq!(stage.board(agent)["waiting"][0]["online"], false);
}

#[test]
fn a_conversation_matches_by_queue_or_by_skill() {
    let mut stage = Stage::new();
    let by_queue = stage.agent("Sana", &["loans"]);
    let by_skill = stage.open(desk::Door::Agent);
    stage.tell(
        by_skill,
        json!({"type": "sign_in", "token": "the-token", "name": "Omar", "queues": [], "skills": ["auto"]}),
    );
    let neither = stage.agent("Lena", &["cards"]);
    let visitor = stage.visitor();
    stage.tell(visitor, json!({"type": "route", "cid": "r", "queue": "loans", "skill": "auto"}));
    let found = [by_queue, by_skill, neither].map(|agent| stage.board(agent)["waiting"][0]["match"].clone());
    assert_eq!(found, [json!(true), json!(true), json!(false)]);
}

#[test]
fn what_the_agent_has_read_is_no_longer_unread() {
    let mut stage = Stage::new();
    let (visitor, agent) = stage.talk();
    stage.says(visitor, "m1", "one");
    stage.says(visitor, "m2", "two");
    assert_eq!(stage.board(agent)["mine"][0]["unread"], 2);
    stage.tell(agent, json!({"type": "read", "conversation": "c-1", "seq": 3}));
    assert_eq!(stage.board(agent)["mine"][0]["unread"], 1);
}

#[test]
fn a_board_that_did_not_change_is_not_sent_again() {
    let mut stage = Stage::new();
    let (_, agent) = stage.talk();
    stage.visitor();
    assert_eq!(stage.hear(agent), Vec::<String>::new());
}

#[test]
fn colleagues_are_those_here_and_those_somebody_waits_for() {
    let mut stage = Stage::new();
    let (_, sana) = stage.talk();
    let omar = stage.agent("Omar", &["cards"]);
    let people = |board: Value| {
        let agents = board["agents"].as_array().expect("agents").clone();
        agents.iter().map(|one| format!("{} {}", one["name"], one["online"])).collect::<Vec<_>>()
    };
    assert_eq!(people(stage.board(sana)), ["\"Sana\" true", "\"Omar\" true"]);
    stage.close(sana);
    assert_eq!(people(stage.board(omar)), ["\"Sana\" false", "\"Omar\" true"]);
    stage.close(omar);
    let lena = stage.agent("Lena", &[]);
    stage.visitor();
    stage.waiting("loans");
    assert_eq!(people(stage.board(lena)), ["\"Sana\" false", "\"Lena\" true"]);
}

#[test]
fn everybody_hears_how_the_queues_stand_when_that_changes_and_before_it_grows_old() {
    let mut stage = Stage::new();
    let visitor = stage.visitor();
    let closed = ["cards closed 0 waiting 0", "general closed 0 waiting 0", "loans closed 0 waiting 0"];
    assert_eq!(stage.standings(visitor)[..3], closed);
    let agent = stage.agent("Sana", &["loans"]);
    assert_eq!(stage.standings(visitor), ["loans open 1 waiting 0"]);
    let other = stage.waiting("loans");
    assert_eq!(stage.standings(visitor), ["loans open 1 waiting 1"]);
    stage.close(other);
    assert_eq!(stage.standings(visitor), ["loans open 1 waiting 0"]);
    stage.wait(239_000);
    assert_eq!(stage.standings(visitor), [""; 0]);
    stage.wait(1_000);
    assert_eq!(stage.standings(visitor).len(), 4, "all of it, well before the 300 seconds are over");
    stage.close(agent);
    assert_eq!(stage.standings(visitor), ["loans closed 0 waiting 0"]);
}
