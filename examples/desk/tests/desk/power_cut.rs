//! The program is killed in the middle of things, and asked again.

use serde_json::{Value, json};

use crate::support::client::Client;
use crate::support::program::{Folder, Program};
use crate::support::short::short;

fn message(number: usize) -> Value {
    json!({"type": "message", "cid": format!("m{number}"), "body": {"kind": "text", "text": format!("text {number}")}})
}

fn back(program: &Program, welcome: &Value, seq: u64) -> Client {
    let resume = json!({"epoch": welcome["epoch"], "seq": seq});
    let hello = json!({"type": "hello", "version": 1, "session": welcome["session"], "resume": resume});
    Client::visitor(program, hello)
}

/// Sends forty messages without waiting, kills the desk as soon as `heard` acks have come, and goes
/// on with a new one: what was acked is there, and sent again all of it is there once, in order.
fn cut_after(heard: usize) {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let (mut visitor, welcome) = Client::newcomer(&program);
    visitor.say(json!({"type": "route", "cid": "r", "queue": "loans"}));
    visitor.until("place");
    (1..=40).for_each(|number| visitor.say(message(number)));
    for number in 1..=heard {
        visitor.until(&format!("ack m{number} {}", number + 1));
    }
    program.kill();

    let program = Program::start(&folder, &[]);
    let mut visitor = back(&program, &welcome, 0);
    let again = visitor.frame();
    assert_eq!((&again["epoch"], &again["session"]), (&welcome["epoch"], &welcome["session"]));
    assert_eq!(again["resumed"], "replay");
    let stored = usize::try_from(again["seq"].as_u64().expect("a position")).expect("a small one");
    assert!(stored > heard, "{heard} messages were acked, the log ends at {stored}");
    assert_eq!(visitor.hear(), "#1 route loans");
    for number in 1..stored {
        assert_eq!(visitor.hear(), format!("#{} visitor: text {number}", number + 1));
    }
    assert_eq!(visitor.hear(), "place loans 1");

    (1..=40).for_each(|number| visitor.say(message(number)));
    for number in 1..=40 {
        assert_eq!(visitor.hear(), format!("ack m{number} {}", number + 1));
        if number >= stored {
            assert_eq!(visitor.hear(), format!("#{} visitor: text {number}", number + 1));
        }
    }
}

#[test]
fn nothing_acked_is_lost_and_nothing_is_doubled() {
    [1, 7, 23].into_iter().for_each(cut_after);
}

#[test]
fn everybody_finds_everything_again() {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let (mut visitor, welcome) = Client::newcomer(&program);
    let mut sana = Client::agent(&program, "Sana");
    let secret = sana.until("signed in")["secret"].clone();
    let context = json!([{"key": "page", "label": "Page", "value": "Auto loans"}]);
    visitor.say(json!({"type": "route", "cid": "r", "queue": "loans", "skill": "auto", "context": context}));
    sana.until("board waiting c-1");
    sana.say(json!({"type": "accept", "conversation": "c-1"}));
    sana.say(json!({"type": "message", "conversation": "c-1", "cid": "a", "text": "Hello"}));
    sana.say(json!({"type": "read", "conversation": "c-1", "seq": 1}));
    sana.until("c-1 ack a 3");
    visitor.say(json!({"type": "read", "seq": 2}));
    sana.until("c-1 read 2");
    let (mut second, _) = Client::newcomer(&program);
    second.say(json!({"type": "route", "cid": "r", "queue": "loans", "priority": 2}));
    second.until("place");
    let board = sana.until("board waiting c-2");
    program.kill();

    let program = Program::start(&folder, &[]);
    let mut visitor = back(&program, &welcome, 2);
    let again = visitor.frame();
    assert_eq!(short(&again), "welcome replay 3 active");
    assert_eq!(again["conversation"]["read"], json!({"visitor": 2, "agent": 1}));
    assert_eq!(visitor.hear(), "#3 agent: Hello");
    assert_eq!(visitor.hear(), "read 1");
    let mut sana = Client::open(&program, "/desk/ws", "desk.v1");
    sana.say(json!({"type": "sign_in", "secret": secret}));
    assert_eq!(sana.hear(), "signed in Sana");
    assert_eq!(sana.hear(), "c-1 log #1 route loans | #2 joined Sana | #3 agent: Hello");
    let same = sana.frame();
    let shared = |board: &Value, list: &str| {
        let mut one = board[list][0].clone();
        one["online"] = Value::Null;
        one
    };
    for list in ["mine", "waiting"] {
        assert_eq!(shared(&same, list), shared(&board, list));
    }
    // The token of the first start still opens the door.
    let mut omar = Client::agent(&program, "Omar");
    omar.until("signed in Omar");
}

#[test]
fn a_stop_closes_with_1012_and_ends_well() {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let (mut visitor, _) = Client::newcomer(&program);
    let mut sana = Client::agent(&program, "Sana");
    sana.until("board");
    let hearing = std::thread::spawn(move || {
        visitor.until("error restart");
        (visitor.closed(), sana.closed())
    });
    let (code, said) = program.stop();
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(hearing.join().expect("both heard"), (Some(1012), Some(1012)));
}

#[test]
fn one_database_has_one_desk() {
    let folder = Folder::new();
    let _first = Program::start(&folder, &[]);
    let said = Program::refuses(&folder, &[]);
    assert!(said.contains("another desk is using it"), "{said}");
}
