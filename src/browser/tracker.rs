//! The tracker behind its exports: text in, text out. The shell around it is JavaScript, in `page/`, because the
//! page's own functions cost three times the bytes from here.

use crate::config::Config;
use crate::event::Event;
use crate::json;
use crate::time::Moment;
use crate::tracker::Tracker;
use crate::value::{Value, map};
use std::cell::RefCell;

thread_local! {
    static TRACKER: RefCell<Option<Tracker>> = const { RefCell::new(None) };
}

/// Starts with the config's text and what the shell knows: `{lang, …}`. Answers `{mistakes}`, how many there are in
/// the config, or nothing when it cannot be used at all.
pub fn start(config: &str, about: &str) -> String {
    let read = |text| json::parse(text).unwrap_or_default();
    let (config, errors) = Config::decode(&read(config));
    let Ok(config) = config else { return String::new() };
    let tracker = Tracker::new(config, read(about).text_at("lang").unwrap_or("en"));
    TRACKER.with(|place| place.replace(Some(tracker)));
    json::write(&map([("mistakes", (errors.len() as u64).into())]))
}

/// Handles one event; answers with its effects, or nothing when there are none.
pub fn send(name: &str, argument: &str, now: Moment) -> String {
    let mut effects = Vec::new();
    with(|tracker| {
        let event = Event::decode(name, &json::parse(argument).ok()?)?;
        for effect in tracker.handle(now, event) {
            effects.push(effect.to_value());
        }
        Some(())
    });
    if effects.is_empty() { String::new() } else { json::write(&Value::List(effects)) }
}

/// For each rule, in the order they are tried, `{rule, state, reason}`.
pub fn explain(now: Moment) -> String {
    let mut lines = Vec::new();
    with(|tracker| {
        for line in tracker.explain(now) {
            lines.push(map([
                ("rule", line.rule.into()),
                ("state", line.state.name().into()),
                ("reason", line.reason.into()),
            ]));
        }
        Some(())
    });
    json::write(&Value::List(lines))
}

pub fn stop() {
    TRACKER.with(|place| place.replace(None));
}

/// Nothing happens before the start and after the stop.
fn with(act: impl FnOnce(&mut Tracker) -> Option<()>) {
    TRACKER.with(|place| {
        if let Ok(mut place) = place.try_borrow_mut()
            && let Some(tracker) = place.as_mut()
        {
            act(tracker);
        }
    });
}
