//! The code and `docs/bharosa.v1.asyncapi.json` say the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/schema.rs"]
mod schema;

use bharosa::link::wire::{ClientFrame, Resume, RouteFrame, ServerFrame};
use bharosa::offer::ContextLine;
use bharosa::value::Value;
use common::{from_json, json};
use serde_json::Value as Json;
use std::collections::BTreeSet;

fn document() -> Json {
    serde_json::from_str(include_str!("../docs/bharosa.v1.asyncapi.json")).unwrap()
}

/// The document's messages of one side, by type.
fn messages(document: &Json, side: &str) -> Vec<(String, Json)> {
    let all = document["components"]["messages"].as_object().unwrap();
    let of_side =
        all.iter().filter_map(|(key, message)| Some((key.strip_prefix(side)?.to_string(), message.clone())));
    of_side.collect()
}

fn examples(message: &Json) -> impl Iterator<Item = &Json> {
    message["examples"].as_array().unwrap().iter().map(|example| &example["payload"])
}

/// Which of the document's types a decoded frame stands for.
fn kind(frame: &ServerFrame) -> &'static str {
    use bharosa::link::wire::What;
    match frame {
        ServerFrame::Welcome(_) => "welcome",
        ServerFrame::Ack { .. } => "ack",
        ServerFrame::Entry(entry) => match entry.what {
            What::Route { .. } => "route",
            What::Message { .. } => "message",
            What::Agent(_) => "agent",
            What::Transfer { .. } => "transfer",
            What::End { .. } => "end",
        },
        ServerFrame::Queue { .. } => "queue",
        ServerFrame::Availability(_) => "availability",
        ServerFrame::Typing(_) => "typing",
        ServerFrame::Read(_) => "read",
        ServerFrame::Fetched { .. } => "fetched",
        ServerFrame::Error { .. } => "error",
        ServerFrame::Ping(_) => "ping",
        ServerFrame::Pong { .. } => "pong",
        ServerFrame::Unknown(_) => "unknown",
    }
}

#[test]
fn every_example_fits_its_own_schema() {
    let document = document();
    for side in ["client.", "server."] {
        for (name, message) in messages(&document, side) {
            assert!(examples(&message).count() > 0, "{side}{name} has no example");
            for example in examples(&message) {
                let problems = schema::problems(&document, &message["payload"], example);
                assert!(problems.is_empty(), "{side}{name}: {problems:?}");
            }
        }
    }
}

#[test]
fn every_server_example_is_understood() {
    let document = document();
    let messages = messages(&document, "server.");
    assert!(!messages.is_empty());
    for (name, message) in &messages {
        for example in examples(message) {
            let value = from_json(example);
            let frame = ServerFrame::decode(&value).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(kind(&frame), name);
            if let ServerFrame::Entry(entry) = frame {
                keeps(name, &value, &entry.to_value());
            }
        }
    }
}

/// An entry kept for the next page is the frame it came in, but for what the panel never shows.
fn keeps(name: &str, frame: &Value, kept: &Value) {
    let unused: &[&str] = match name {
        "route" => &["skill", "reason"],
        "transfer" => &["from"],
        _ => &[],
    };
    for (key, member) in kept.entries() {
        assert_eq!(Some(member), frame.get(key), "{name}.{key}");
    }
    for (key, _) in frame.entries() {
        assert!(kept.get(key).is_some() || unused.contains(&key.as_str()), "{name}.{key} is lost");
    }
}

#[test]
fn every_answer_of_a_server_is_taken_whole() {
    let frame = |text| ServerFrame::decode(&json(text)).unwrap();
    let ServerFrame::Welcome(welcome) = frame(
        r#"{"type": "welcome", "version": 1, "session": "v", "epoch": "d", "seq": 9, "resumed": "reset",
            "conversation": {"state": "active", "queue": "loans", "agent": {"kind": "agent", "id": "a", "name": "Sana",
            "role": "Officer"}, "read": {"agent": 8, "visitor": 5}}}"#,
    ) else {
        panic!("a welcome")
    };
    assert!(welcome.reset);
    assert_eq!((welcome.session.as_str(), welcome.epoch.as_str(), welcome.seq), ("v", "d", 9));
    let conversation = welcome.conversation;
    assert_eq!((conversation.read_by_agent, conversation.read_by_visitor), (8, 5));
    assert_eq!(
        conversation.agent.map(|agent| [agent.id, agent.name, agent.role].concat()).unwrap(),
        "aSanaOfficer"
    );
    let error =
        frame(r#"{"type": "error", "code": "rate", "message": "m", "cid": "c", "retry_after_ms": 2000}"#);
    let expected = ServerFrame::Error {
        code: "rate".into(),
        message: "m".into(),
        cid: Some("c".into()),
        retry_after_ms: Some(2000),
    };
    assert_eq!(error, expected);
}

/// One of each, the fullest first and the barest after it.
fn client_frames() -> Vec<ClientFrame> {
    let line =
        ContextLine { key: "page".into(), label: "Page".into(), value: "Auto".into(), shown: "Auto".into() };
    let full = RouteFrame {
        queue: "loans".into(),
        skill: Some("auto".into()),
        priority: -3,
        reason: "Read".into(),
        context: vec![line],
    };
    let bare = RouteFrame { queue: "general".into(), ..RouteFrame::default() };
    let resume = Resume { epoch: "d".into(), seq: 7 };
    vec![
        ClientFrame::Hello {
            session: Some("v".into()),
            resume: Some(resume),
            locale: "ur".into(),
            token: Some("t".into()),
        },
        ClientFrame::Hello { session: None, resume: None, locale: "en".into(), token: None },
        ClientFrame::Route { cid: "c".into(), request: full },
        ClientFrame::Route { cid: "c".into(), request: bare },
        ClientFrame::Message { cid: "c".into(), text: "Hi".into() },
        ClientFrame::Typing(true),
        ClientFrame::Typing(false),
        ClientFrame::Read(0),
        ClientFrame::Fetch { from: 1, to: 9 },
        ClientFrame::End { cid: "c".into() },
        ClientFrame::Ping(1),
        ClientFrame::Pong(1),
        ClientFrame::Error("ack.seq: is missing".to_string()),
    ]
}

#[test]
fn what_the_widget_sends_is_what_the_document_allows() {
    let document = document();
    let messages = messages(&document, "client.");
    let mut sent = BTreeSet::new();
    for frame in client_frames() {
        let value = to_json(&frame.to_value());
        let kind = value["type"].as_str().unwrap().to_string();
        let (_, message) = messages
            .iter()
            .find(|(name, _)| *name == kind)
            .unwrap_or_else(|| panic!("{kind} is undocumented"));
        let problems = schema::problems(&document, &message["payload"], &value);
        assert!(problems.is_empty(), "{kind}: {problems:?} in {value}");
        sent.insert(kind);
    }
    let documented: BTreeSet<String> = messages.into_iter().map(|(name, _)| name).collect();
    assert_eq!(sent, documented);
}

#[test]
fn what_one_tab_sends_another_can_read() {
    for frame in client_frames() {
        let again = ClientFrame::from_value(&frame.to_value());
        // These two answer the server, and never cross between tabs.
        let answers = matches!(frame, ClientFrame::Pong(_) | ClientFrame::Error(_));
        assert_eq!(again, (!answers).then_some(frame));
    }
    let document = document();
    for (name, message) in messages(&document, "server.") {
        for example in examples(&message) {
            let frame = ServerFrame::decode(&from_json(example)).unwrap();
            let again = ServerFrame::decode(&frame.to_value());
            assert_eq!(again, Ok(frame), "{name}");
        }
    }
}

#[test]
fn malformed_frames_are_refused_by_path() {
    for (frame, problem) in [
        (r#"{}"#, "type: is missing"),
        (r#"[]"#, "type: is missing"),
        (r#"{"type": 7}"#, "type: expected a text, found a number"),
        (r#"{"type": "ack", "seq": 1, "ts": 1}"#, "ack.cid: is missing"),
        (
            r#"{"type": "ack", "cid": "c", "seq": "1", "ts": 1}"#,
            "ack.seq: expected a whole number, found a text",
        ),
        (r#"{"type": "read", "seq": 1.5}"#, "read.seq: expected a whole number, found a number"),
        (r#"{"type": "read", "seq": -1}"#, "read.seq: expected a whole number, found a number"),
        (r#"{"type": "typing", "on": null}"#, "typing.on: expected true or false, found null"),
        (r#"{"type": "ping"}"#, "ping.id: is missing"),
        (r#"{"type": "pong", "id": []}"#, "pong.id: expected a whole number, found a list"),
        (r#"{"type": "queue", "queue": "q"}"#, "queue.position: is missing"),
        (r#"{"type": "error", "code": "rate"}"#, "error.message: is missing"),
        (r#"{"type": "route", "queue": "q", "ts": 1}"#, "route.seq: is missing"),
        (r#"{"type": "agent", "seq": 1, "ts": 1}"#, "agent.agent: is missing"),
        (r#"{"type": "transfer", "seq": 1, "ts": 1}"#, "transfer.to: is missing"),
        (r#"{"type": "end", "seq": 1, "ts": 1, "by": {}}"#, "end.by: expected a text, found an object"),
        (r#"{"type": "message", "seq": 1, "ts": 1, "body": {"text": "x"}}"#, "message.from: is missing"),
        (r#"{"type": "message", "from": {}, "body": {"text": "x"}}"#, "message.from.kind: is missing"),
        (r#"{"type": "message", "from": {"kind": "visitor"}, "body": "x"}"#, "message.body.text: is missing"),
        (
            r#"{"type": "welcome", "session": "v", "epoch": "d", "seq": 0, "resumed": "new", "conversation": {}}"#,
            "welcome.conversation.state: is missing",
        ),
    ] {
        assert_eq!(ServerFrame::decode(&json(frame)), Err(problem.to_string()), "for {frame}");
    }
}

#[test]
fn what_a_later_version_adds_is_ignored() {
    let later = json(r#"{"type": "reaction", "seq": "whatever"}"#);
    assert_eq!(ServerFrame::decode(&later), Ok(ServerFrame::Unknown("reaction".into())));
    let more = json(r#"{"type": "read", "seq": 4, "device": "phone"}"#);
    assert_eq!(ServerFrame::decode(&more), Ok(ServerFrame::Read(4)));
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) if number.fract() == 0.0 => (*number as i64).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(entries) => entries.iter().map(|(key, value)| (key.to_string(), to_json(value))).collect(),
    }
}
