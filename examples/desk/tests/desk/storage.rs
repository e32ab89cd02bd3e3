//! Nothing is told before it is stored, and what is stored is all there is.

use desk::session::Session;
use desk::sqlite::Sqlite;
use desk::state::State;
use desk::token::token;
use desk::{Door, Store};
use serde_json::json;

use crate::support::program::Folder;
use crate::support::stage::{Counter, SECRET, START, Stage};

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
    let before = snapshot(stage.desk.state());
    stage.restart();
    assert_eq!(snapshot(stage.desk.state()), before);
}

/// A talk with all that is kept of one: customers, marks, notes, and entries that went.
fn eventful() -> Stage {
    let mut stage = Stage::with(|settings| {
        settings.keep_entries = Some(4);
        settings.visitor_secret = Some(SECRET.to_owned());
    });
    let token = token(SECRET, "sana", START / 1_000 + 900);
    let visitor = stage.hello(json!({"token": token, "locale": "ur"}));
    stage.route(visitor, "r", "loans");
    let agent = stage.agent("Sana", &["loans"]);
    stage.accept(agent, "c-1");
    for number in 1..=4 {
        stage.says(visitor, &format!("m{number}"), "hi");
        stage.answers(agent, &format!("a{number}"), "hello");
    }
    stage.tell(agent, json!({"type": "read", "conversation": "c-1", "seq": 9}));
    stage.tell(visitor, json!({"type": "read", "seq": 8}));
    let to = json!({"type": "transfer", "conversation": "c-1", "to": {"queue": "cards"}, "note": "kind"});
    stage.tell(agent, to);
    stage
}

#[test]
fn a_database_gives_back_what_was_committed_to_it() {
    let stage = eventful();
    let folder = Folder::new();
    let path = folder.path("desk.sqlite3");
    let mut store = Sqlite::open(&path, &mut Counter(0)).expect("a new database").store;
    // As in a life with many restarts: what is loaded is what the next change meets.
    for change in &stage.disk.borrow().changes {
        store.commit(std::slice::from_ref(change)).expect("it is stored");
        drop(store);
        store = Sqlite::open(&path, &mut Counter(0)).expect("the same database").store;
    }
    drop(store);
    let mut state = State::default();
    let saved = Sqlite::open(&path, &mut Counter(0)).expect("the same database").saved;
    saved.changes.into_iter().for_each(|change| state.apply(change));
    assert_eq!(snapshot(&state), snapshot(stage.desk.state()));
}

/// All that is known, in words that can be compared.
fn snapshot(state: &State) -> String {
    let session = |one: &Session| {
        let ids = ["r", "m1", "m2", "m3", "m4"].map(|cid| one.repeat("visitor", cid));
        let answers = ["a1", "a2", "a3", "a4"].map(|cid| one.repeat("a-1", cid));
        let unread = one.latest.map(|latest| one.unread(one.span_of(latest)));
        let Session { secret, locale, customer, read, latest, log, .. } = one;
        format!("{secret} {locale:?} {customer:?} {read:?} {latest:?} {unread:?} {log:?} {ids:?} {answers:?}")
    };
    let sessions: Vec<_> = state.sessions.iter().map(|(id, one)| (id, session(one))).collect();
    let State { conversations, agents, notes, live, .. } = state;
    format!("{sessions:?} {conversations:?} {agents:?} {notes:?} {live:?}")
}
