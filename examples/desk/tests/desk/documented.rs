//! The protocol's document and the desk agree.

use desk::frame::ClientFrame;
use serde_json::{Value, json};

use crate::support::schema;
use crate::support::stage::Stage;

fn examples(side: &str) -> impl Iterator<Item = (&'static String, &'static Value, &'static Value)> {
    let messages = schema::messages().iter().filter(move |(name, _)| name.starts_with(side));
    messages.flat_map(|(name, message)| {
        let examples = message["examples"].as_array().expect("examples");
        examples.iter().map(move |example| (name, message, &example["payload"]))
    })
}

#[test]
fn every_documented_client_frame_is_understood() {
    let mut seen = 0;
    for (name, _, frame) in examples("client.") {
        let decoded = ClientFrame::decode(&frame.to_string());
        assert!(matches!(decoded, Ok(Some(_))), "{name}: {frame}: {decoded:?}");
        seen += 1;
    }
    assert!(seen >= 8, "the document has examples: {seen}");
}

#[test]
fn a_client_frame_without_a_required_field_is_refused_by_its_place() {
    for (name, message, frame) in examples("client.") {
        for field in
            message["payload"]["required"].as_array().expect("required").iter().filter_map(Value::as_str)
        {
            let mut less = frame.clone();
            less.as_object_mut().expect("an object").remove(field);
            let refusal = ClientFrame::decode(&less.to_string()).expect_err(name);
            let place = if field == "type" {
                "frame.type".to_owned()
            } else {
                format!("{}.{field}", name.trim_start_matches("client."))
            };
            assert!(refusal.message.starts_with(&format!("{place}: missing")), "{name}: {}", refusal.message);
        }
    }
}

#[test]
fn the_document_allows_its_own_examples() {
    examples("server.").for_each(|(_, _, frame)| schema::check_sent(frame));
}

#[test]
#[should_panic(expected = "server.ack.ts is missing")]
fn the_check_itself_notices_a_missing_field() {
    schema::check_sent(&json!({"type": "ack", "cid": "a", "seq": 1}));
}

#[test]
#[should_panic(expected = "server.read.note is not documented")]
fn the_check_itself_notices_a_field_too_many() {
    schema::check_sent(&json!({"type": "read", "seq": 1, "note": "x"}));
}

#[test]
fn unknown_types_and_fields_are_ignored_and_counted() {
    let mut stage = Stage::new();
    let visitor = stage.waiting("loans");
    stage.tell(visitor, json!({"type": "hologram", "seq": "x"}));
    assert_eq!(stage.hear(visitor), Vec::<String>::new());
    assert_eq!(stage.desk.counts().unknown, 1);
    stage.tell(visitor, json!({"type": "end", "cid": "e", "mood": {"good": true}}));
    assert_eq!(stage.hear(visitor), ["ack e 2", "#2 ended by visitor"]);
}
