//! Who may connect at all.

use serde_json::json;
use tungstenite::Message;

use crate::support::client::{Ask, Client, connect};
use crate::support::program::{Folder, Program};

#[test]
fn only_named_origins_may_connect() {
    let folder = Folder::new();
    let program = Program::start(&folder, &["--allow-origin", "https://bank.example"]);
    let own = format!("http://{}", program.address);
    let other_port = "http://127.0.0.1:1".to_owned();
    let check = |origin: Option<&str>, expected: Option<u16>| {
        for path in ["/ws", "/desk/ws"] {
            let refused = connect(&program, &Ask { path, origin, protocol: None }).err();
            assert_eq!(refused, expected, "{path} from {origin:?}");
        }
    };
    check(Some(&own), None);
    check(Some("https://bank.example"), None);
    check(None, Some(403));
    check(Some("null"), Some(403));
    check(Some(&other_port), Some(403));
    check(Some("https://bank.example.evil.example"), Some(403));
}

#[test]
fn another_subprotocol_is_refused_and_ours_is_confirmed() {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let own = format!("http://{}", program.address);
    let check = |path: &str, protocol: &str, expected: Option<u16>| {
        let ask = Ask { path, origin: Some(&own), protocol: Some(protocol) };
        assert_eq!(connect(&program, &ask).err(), expected, "{protocol} on {path}");
    };
    check("/ws", "bharosa.v1", None);
    check("/ws", "bharosa.v2, bharosa.v1", None);
    check("/ws", "bharosa.v2", Some(400));
    check("/desk/ws", "desk.v1", None);
    check("/desk/ws", "bharosa.v1", Some(400));
}

#[test]
fn a_wrong_token_is_told_so_and_the_right_one_can_be_chosen() {
    let folder = Folder::new();
    let mut program = Program::start(&folder, &["--token", "chosen"]);
    assert_eq!(program.token, "chosen");
    Client::agent(&program, "Sana").until("signed in Sana");
    program.token = "guessed".to_owned();
    let mut guest = Client::agent(&program, "Mallory");
    assert_eq!(guest.hear(), "error bad_token");
    assert_eq!(guest.closed(), Some(4401));
}

#[test]
fn frames_too_large_are_refused_in_words_and_huge_ones_by_a_close() {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let (mut visitor, _) = Client::newcomer(&program);
    visitor.send(Message::text("x".repeat(65_537)));
    assert_eq!(visitor.hear(), "error too_large");
    visitor.send(Message::text("[".repeat(65_536)));
    assert_eq!(visitor.hear(), "error too_deep");
    visitor.send(Message::binary(vec![1, 2, 3]));
    assert_eq!(visitor.hear(), "error bad_frame");
    visitor.say(json!({"type": "ping", "id": 3}));
    assert_eq!(visitor.hear(), "pong 3 at 0");
    visitor.send(Message::text("x".repeat(300_000)));
    assert_eq!(visitor.closed(), Some(1009));
}

#[test]
fn silence_ends_with_4408_and_a_flood_with_4409() {
    let folder = Folder::new();
    let program = Program::start(&folder, &[]);
    let mut silent = Client::open(&program, "/ws", "bharosa.v1");
    let (mut flood, _) = Client::newcomer(&program);
    (0..301).for_each(|id| flood.say(json!({"type": "ping", "id": id})));
    assert_eq!(flood.closed(), Some(4409));
    assert_eq!(silent.closed(), Some(4408));
}

#[test]
fn a_start_that_cannot_work_says_why() {
    let folder = Folder::new();
    folder.write("data/other.sqlite3", "this is not a database, whatever its name may say about it");
    let check = |more: &[&str], expected: &str| {
        let said = Program::refuses(&folder, more);
        assert!(said.contains(expected), "{more:?}: {said}");
    };
    check(&["--config", "missing.json"], "cannot read the config missing.json");
    check(&["--config", "data/other.sqlite3"], "is not JSON");
    check(&["--database", "data/other.sqlite3"], "give another --database");
    check(&["--listen", "192.0.2.1:1"], "cannot listen on 192.0.2.1:1");
    check(&["--demo-tokens"], "--demo-tokens needs --visitor-secret");
    check(&["--visitor-secret", "short"], "needs 16 bytes or more");
    check(&["--colour", "red"], "there is no option --colour");
}
