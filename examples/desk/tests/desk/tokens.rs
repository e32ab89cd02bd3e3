//! Whose session it is, where the desk wants tokens.

use desk::token::token;
use serde_json::{Value, json};

use crate::support::stage::{SECRET, START, Stage};

/// The second at which the stage starts.
const NOW: u64 = START / 1_000;

fn wanting() -> Stage {
    Stage::with(|settings| settings.visitor_secret = Some(SECRET.to_owned()))
}

fn of(customer: &str) -> Value {
    token(SECRET, customer, NOW + 900).into()
}

#[test]
fn without_a_token_that_holds_nobody_enters() {
    let check = |token: Value, why: &str| {
        let mut stage = wanting();
        let visitor = stage.hello(json!({"token": token}));
        let said = stage.frames(visitor).remove(0);
        assert_eq!(
            (&said["code"], &said["message"]),
            (&json!("bad_token"), &json!(format!("hello.token: {why}")))
        );
        assert_eq!(stage.closed(visitor), Some(4401), "{token}");
        assert!(stage.desk.state().sessions.is_empty(), "nothing is stored for {token}");
    };
    check(Value::Null, "missing, and this desk wants one");
    check(json!(""), "it is not a token of this bank");
    check(json!("sana.1.2"), "it is not a token of this bank");
    check(token("another secret", "sana", NOW + 900).into(), "it is not a token of this bank");
    check(token(SECRET, "sana", NOW).into(), "it has expired; fetch a fresh one");
    check(token(SECRET, "sana", NOW - 1).into(), "it has expired; fetch a fresh one");
}

#[test]
fn with_one_a_session_is_begun_and_found_again() {
    let mut stage = wanting();
    let visitor = stage.hello(json!({"token": of("sana")}));
    assert_eq!(stage.hear(visitor), ["welcome new 0 none"]);
    stage.route(visitor, "r", "loans");
    let secret = stage.session_secret();
    for restarted in [false, true] {
        let fresh = token(SECRET, "sana", NOW + 1_800);
        let again = stage.hello(json!({"session": secret, "token": fresh}));
        let expected = ["welcome replay 1 waiting", "#1 route loans", "place loans 1"];
        assert_eq!(stage.hear(again), expected, "restarted: {restarted}");
        stage.restart();
    }
}

#[test]
fn a_session_is_its_customers_alone() {
    let mut stage = wanting();
    let visitor = stage.hello(json!({"token": of("sana")}));
    stage.route(visitor, "r", "loans");
    let secret = stage.session_secret();
    for restarted in [false, true] {
        let other = stage.hello(json!({"session": secret, "token": of("omar")}));
        assert_eq!(stage.hear(other), Vec::<String>::new(), "restarted: {restarted}");
        assert_eq!(stage.closed(other), Some(4403));
        stage.restart();
    }
    // A desk that has stopped asking for tokens can know nobody, so the session stays shut.
    stage.restart_with(|settings| settings.visitor_secret = None);
    let nobody = stage.hello(json!({"session": secret, "token": of("sana")}));
    assert_eq!((stage.hear(nobody), stage.closed(nobody)), (Vec::new(), Some(4403)));
}

#[test]
fn a_session_from_before_belongs_to_the_first_customer_who_names_it() {
    let mut stage = Stage::new();
    stage.waiting("loans");
    let secret = stage.session_secret();
    stage.restart_with(|settings| settings.visitor_secret = Some(SECRET.to_owned()));
    let nobody = stage.hello(json!({"session": secret}));
    assert_eq!((stage.hear(nobody), stage.closed(nobody)), (vec!["error bad_token".to_owned()], Some(4401)));
    let sana = stage.hello(json!({"session": secret, "token": of("sana")}));
    assert_eq!(stage.hear(sana)[0], "welcome replay 1 waiting");
    let omar = stage.hello(json!({"session": secret, "token": of("omar")}));
    assert_eq!((stage.hear(omar), stage.closed(omar)), (Vec::new(), Some(4403)));
    stage.restart();
    let omar = stage.hello(json!({"session": secret, "token": of("omar")}));
    assert_eq!((stage.hear(omar), stage.closed(omar)), (Vec::new(), Some(4403)));
}

#[test]
fn a_session_nobody_knows_becomes_a_new_one_of_this_customer() {
    let mut stage = wanting();
    let sana = stage.hello(json!({"session": "v-unknown", "token": of("sana")}));
    assert_eq!(stage.hear(sana), ["welcome reset 0 none"]);
    let secret = stage.session_secret();
    let omar = stage.hello(json!({"session": secret, "token": of("omar")}));
    assert_eq!(stage.closed(omar), Some(4403));
}

#[test]
fn at_the_very_moment_the_token_expires_the_connection_ends() {
    let mut stage = wanting();
    let brief = stage.hello(json!({"token": token(SECRET, "sana", NOW + 60)}));
    let lasting = stage.hello(json!({"token": of("omar")}));
    let expiry = START + 60_000;
    assert_eq!(stage.desk.next_wake(), Some(expiry));
    stage.wait(59_999);
    assert_eq!(stage.closed(brief), None);
    stage.wait(1);
    assert_eq!((stage.closed(brief), stage.closed(lasting)), (Some(4401), None));
}

#[test]
fn what_comes_with_an_expired_token_is_not_served_even_before_the_tick() {
    let mut stage = wanting();
    let visitor = stage.hello(json!({"token": token(SECRET, "sana", NOW + 60)}));
    stage.route(visitor, "r", "loans");
    stage.hear(visitor);
    stage.now += 60_000;
    stage.says(visitor, "m", "late");
    assert_eq!((stage.hear(visitor), stage.closed(visitor)), (Vec::new(), Some(4401)));
    assert_eq!(stage.desk.state().sessions.values().map(|one| one.seq()).collect::<Vec<_>>(), [1]);
    // With a fresh one the same message goes through, once.
    let secret = stage.session_secret();
    let again =
        stage.hello(json!({"session": secret, "token": of("sana"), "resume": {"epoch": "d-1", "seq": 1}}));
    stage.says(again, "m", "late");
    let expected = ["welcome replay 1 waiting", "place loans 1", "ack m 2", "#2 visitor: late"];
    assert_eq!(stage.hear(again), expected);
}

#[test]
fn a_binding_that_cannot_be_stored_is_not_made() {
    let mut stage = Stage::new();
    stage.waiting("loans");
    let secret = stage.session_secret();
    stage.restart_with(|settings| settings.visitor_secret = Some(SECRET.to_owned()));
    stage.disk.borrow_mut().broken = true;
    let sana = stage.hello(json!({"session": secret, "token": of("sana")}));
    assert_eq!(stage.hear(sana), ["error internal"]);
    stage.disk.borrow_mut().broken = false;
    let omar = stage.hello(json!({"session": secret, "token": of("omar")}));
    assert_eq!(stage.hear(omar)[0], "welcome replay 1 waiting");
}

#[test]
fn a_desk_that_wants_no_tokens_ignores_them() {
    let mut stage = Stage::new();
    let visitor = stage.hello(json!({"token": "whatever"}));
    assert_eq!(stage.hear(visitor), ["welcome new 0 none"]);
    assert_eq!(
        stage.desk.state().sessions.values().map(|one| one.customer.clone()).collect::<Vec<_>>(),
        [None]
    );
}
