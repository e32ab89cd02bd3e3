//! The story as it is lived: a visitor, two agents, real sockets, one program.

use serde_json::json;

use crate::support::client::Client;
use crate::support::program::{Folder, Program};

#[test]
fn a_visitor_is_heard_handed_over_and_never_starts_again() {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let (mut visitor, welcome) = Client::newcomer(&program);
    // One after the other: their ids are given in the order in which they sign in.
    let mut sana = Client::agent(&program, "Sana");
    sana.until("board");
    let mut omar = Client::agent(&program, "Omar");
    omar.until("board");

    visitor.say(json!({"type": "route", "cid": "r", "queue": "loans", "reason": "Read about auto loans"}));
    assert_eq!(visitor.hear(), "ack r 1");
    assert_eq!(visitor.hear(), "#1 route loans");
    assert_eq!(visitor.hear(), "place loans 1");
    sana.until("board waiting c-1");
    omar.until("board waiting c-1");
    sana.say(json!({"type": "accept", "conversation": "c-1"}));
    assert_eq!(visitor.hear(), "#2 joined Sana");
    omar.until("board waiting mine");
    omar.say(json!({"type": "accept", "conversation": "c-1"}));
    omar.until("error gone");

    visitor.say(json!({"type": "message", "cid": "m", "body": {"kind": "text", "text": "Five years?"}}));
    assert_eq!(visitor.hear(), "ack m 3");
    sana.until("c-1 #3 visitor: Five years?");
    sana.say(json!({"type": "typing", "conversation": "c-1", "on": true}));
    sana.say(json!({"type": "read", "conversation": "c-1", "seq": 3}));
    sana.say(
        json!({"type": "transfer", "conversation": "c-1", "to": {"agent": "a-2"}, "note": "Five years"}),
    );
    for expected in ["#3 visitor: Five years?", "typing true", "read 3", "#4 to Omar", "place loans 1"] {
        assert_eq!(visitor.hear(), expected);
    }
    omar.until("board waiting c-1");
    omar.say(json!({"type": "accept", "conversation": "c-1"}));
    let log = omar.until("c-1 log");
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(6));
    omar.say(json!({"type": "message", "conversation": "c-1", "cid": "a", "text": "Yes, five."}));
    omar.until("c-1 ack a 6");
    for expected in ["#5 joined Omar", "#6 agent: Yes, five."] {
        assert_eq!(visitor.hear(), expected);
    }

    // A second tab, which holds all but the last two entries.
    let resume = json!({"epoch": welcome["epoch"], "seq": 4});
    let hello = json!({"type": "hello", "version": 1, "session": welcome["session"], "resume": resume});
    let mut tab = Client::visitor(&program, hello);
    for expected in ["welcome replay 6 active", "#5 joined Omar", "#6 agent: Yes, five.", "read 3"] {
        assert_eq!(tab.hear(), expected);
    }
    tab.say(json!({"type": "end", "cid": "e"}));
    assert_eq!(tab.hear(), "ack e 7");
    assert_eq!(visitor.hear(), "#7 ended by visitor");
    omar.until("c-1 #7 ended by visitor");
}

#[test]
fn a_visitor_who_leaves_is_shown_as_away() {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let (mut visitor, _) = Client::newcomer(&program);
    visitor.say(json!({"type": "route", "cid": "r", "queue": "loans"}));
    visitor.until("place");
    let mut sana = Client::agent(&program, "Sana");
    assert_eq!(sana.until("board")["waiting"][0]["online"], true);
    drop(visitor);
    assert_eq!(sana.until("board")["waiting"][0]["online"], false);
}
