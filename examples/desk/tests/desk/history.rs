//! Long logs: what follows a welcome, what is fetched, what exists no more.

use desk::Socket;
use serde_json::{Value, json};

use crate::support::stage::Stage;

/// A waiting visitor whose log ends at this position: a route, and messages that say their own position.
fn log_of(stage: &mut Stage, last: u64) -> Socket {
    let visitor = stage.waiting("loans");
    say_up_to(stage, visitor, 2, last);
    visitor
}

fn say_up_to(stage: &mut Stage, visitor: Socket, first: u64, last: u64) {
    for number in first..=last {
        // Slow enough for the desk to listen.
        stage.wait(200);
        stage.says(visitor, &format!("m{number}"), &number.to_string());
    }
    stage.hear(visitor);
}

/// `welcome …` and then what follows it, as `201-400`.
fn told(stage: &mut Stage, visitor: Socket) -> (String, String) {
    let frames = stage.hear(visitor);
    let seqs: Vec<u64> = frames.iter().filter_map(|said| position(said)).collect();
    assert!(seqs.windows(2).all(|pair| pair[1] == pair[0] + 1), "in order and without a hole: {seqs:?}");
    let range = match (seqs.first(), seqs.last()) {
        (Some(first), Some(last)) => format!("{first}-{last}"),
        _ => String::new(),
    };
    let other = frames.into_iter().filter(|said| position(said).is_none() && !said.starts_with("place"));
    (other.collect::<Vec<_>>().join(", "), range)
}

fn position(said: &str) -> Option<u64> {
    said.strip_prefix('#')?.split(' ').next()?.parse().ok()
}

#[test]
fn at_most_two_hundred_entries_follow_a_welcome_and_the_rest_is_named() {
    let mut stage = Stage::new();
    log_of(&mut stage, 450);
    let secret = stage.session_secret();
    let mut check = |resume: Value, welcome: &str, follows: &str| {
        let visitor = stage.hello(json!({"session": secret, "resume": resume}));
        assert_eq!(told(&mut stage, visitor), (welcome.to_owned(), follows.to_owned()), "{resume}");
    };
    let point = |seq: u64| json!({"epoch": "d-1", "seq": seq});
    check(point(450), "welcome replay 450 waiting", "");
    check(point(449), "welcome replay 450 waiting", "450-450");
    check(point(250), "welcome replay 450 waiting", "251-450");
    check(point(249), "welcome gap 450 waiting without 250-250", "251-450");
    check(point(0), "welcome gap 450 waiting without 1-250", "251-450");
    check(Value::Null, "welcome gap 450 waiting without 1-250", "251-450");
    check(point(451), "welcome reset 450 waiting without 1-250", "251-450");
    check(json!({"epoch": "d-0", "seq": 449}), "welcome reset 450 waiting without 1-250", "251-450");
}

#[test]
fn a_fetch_is_answered_with_the_newest_hundred_and_the_range_they_fill() {
    let mut stage = Stage::new();
    let visitor = log_of(&mut stage, 250);
    let mut check = |from: u64, to: u64, fetched: &str, entries: &str| {
        stage.tell(visitor, json!({"type": "fetch", "from": from, "to": to}));
        assert_eq!(told(&mut stage, visitor), (fetched.to_owned(), entries.to_owned()), "{from}-{to}");
    };
    check(1, 1, "fetched 1-1 lost 0", "1-1");
    check(1, 100, "fetched 1-100 lost 0", "1-100");
    check(1, 101, "fetched 2-101 lost 0", "2-101");
    check(1, 250, "fetched 151-250 lost 0", "151-250");
    // What does not exist yet is not lost.
    check(240, 260, "fetched 240-260 lost 0", "240-250");
    check(251, 260, "fetched 251-260 lost 0", "");
    check(250, 1 << 52, "fetched 250-4503599627370496 lost 0", "250-250");
}

#[test]
fn a_fetch_goes_to_the_one_who_asked() {
    let mut stage = Stage::new();
    let visitor = log_of(&mut stage, 3);
    let secret = stage.session_secret();
    let other = stage.hello(json!({"session": secret}));
    stage.hear(other);
    stage.tell(other, json!({"type": "fetch", "from": 1, "to": 2}));
    assert_eq!(stage.hear(other), ["#1 route loans", "#2 visitor: 2", "fetched 1-2 lost 0"]);
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
}

#[test]
fn a_fetch_that_cannot_be_is_refused_by_its_place() {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    let mut check = |fields: &str, expected: &str| {
        stage.tell_text(visitor, &format!(r#"{{"type":"fetch",{fields}}}"#));
        assert_eq!(stage.frames(visitor)[0]["message"], expected, "{fields}");
    };
    check(r#""from":0,"to":1"#, "fetch.from: positions are counted from 1");
    check(r#""from":3,"to":2"#, "fetch.to: must not be before `from`");
    check(r#""from":1"#, "fetch.to: missing, expected a whole number of 0 or more");
    check(r#""from":"1","to":2"#, "fetch.from: expected a whole number of 0 or more, found a string");
    let early = stage.open(desk::Door::Visitor);
    stage.tell(early, json!({"type": "fetch", "from": 1, "to": 2}));
    assert_eq!(stage.hear(early), ["error not_ready"]);
}

#[test]
fn long_messages_fill_an_answer_sooner() {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    let long = "ب".repeat(10_000);
    for number in 2..=40 {
        stage.says(visitor, &format!("m{number}"), &long);
    }
    stage.hear(visitor);
    // 26 times 20,000 bytes are the most that 524,288 bytes have room for.
    stage.tell(visitor, json!({"type": "fetch", "from": 1, "to": 40}));
    assert_eq!(told(&mut stage, visitor), ("fetched 15-40 lost 0".to_owned(), "15-40".to_owned()));
    let secret = stage.session_secret();
    let again = stage.hello(json!({"session": secret}));
    let (welcome, follows) = told(&mut stage, again);
    assert_eq!((welcome.as_str(), follows.as_str()), ("welcome gap 40 waiting without 1-14", "15-40"));
}
