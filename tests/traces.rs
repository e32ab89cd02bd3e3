//! The page that describes recorded visits names every event the tracker takes, and no other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/command.rs"]
mod command;
#[path = "common/json.rs"]
mod json;

use bharosa::cli::EVENTS;
use bharosa::event::Event;
use bharosa::value::Value;
use command::bharosa;
use json::json;

const PAGE: &str = include_str!("../docs/traces.md");

#[test]
fn the_page_is_up_to_date() {
    let made = bharosa("reference traces", &[]).printed;
    assert!(PAGE == made, "run `cargo bharosa reference traces > docs/traces.md`");
    assert!(bharosa("reference", &[]).printed.starts_with("# The config\n"));
}

#[test]
fn every_event_of_the_decoder_is_on_the_page() {
    let source = include_str!("../src/event.rs");
    let decoder = source.split("pub fn decode").nth(1).unwrap();
    // Whatever stands in quotes there is a name, if the decoder takes it for one with some argument.
    let mut found = 0;
    for word in decoder.split('"').skip(1).step_by(2) {
        let is_event = EVENTS.iter().any(|event| Event::decode(word, json(event.example)).is_some());
        found += usize::from(is_event);
        assert_eq!(EVENTS.iter().any(|event| event.name == word), is_event, "{word}");
    }
    assert!(found >= EVENTS.len(), "{found} of {}", EVENTS.len());
}

#[test]
fn every_event_on_the_page_is_taken_as_shown() {
    for event in EVENTS {
        assert!(
            Event::decode(event.name, json(event.example)).is_some(),
            "{}: {}",
            event.name,
            event.example
        );
        assert!(PAGE.contains(&format!("| `{}` | ", event.name)), "{}", event.name);
        // What goes with nothing is taken with nothing, and only that.
        let alone = Event::decode(event.name, Value::Null).is_some();
        assert_eq!(event.argument.is_empty(), event.example == "null", "{}", event.name);
        assert!(alone || !event.argument.is_empty(), "{}", event.name);
    }
}

#[test]
fn the_whole_example_is_a_visit() {
    let example = PAGE.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let config = r#"{"version": 1, "backend": "/ws",
        "rules": [{"id": "r", "when": {"page.dwell_s": {"$gte": 5}}, "then": [{"open": "chat"}]}]}"#;
    let outcome = bharosa("simulate c t", &[("c", config), ("t", example)]);
    assert!(outcome.printed.contains("r: fired at 5.0 s"), "{}", outcome.printed);
    assert_eq!((outcome.complained.as_str(), outcome.code), ("", 0));
}
