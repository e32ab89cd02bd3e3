//! The tracker behind its exports: text in, text out. The shell around it is JavaScript, in `page/`, because the
//! page's own functions cost three times the bytes from here.

use crate::config::Config;
use crate::event::Event;
use crate::journey::About;
use crate::json;
use crate::text::cut;
use crate::time::{Millis, Moment};
use crate::tracker::Tracker;
use crate::value::{Members, Value};
use std::cell::RefCell;
use std::mem::ManuallyDrop;

thread_local! {
    // Whoever takes one out forgets it: a tracker ends with its page, and code to take it apart costs 1 KB.
    static TRACKER: RefCell<Option<ManuallyDrop<Tracker>>> = const { RefCell::new(None) };
}

/// Starts with the config's text and what the shell knows: `{lang, direction, device}`. Answers `{mistakes, needs}`,
/// how many mistakes there are in the config and what its rules ask about, or nothing when it
/// cannot be used at all. `zone` gives minutes east of UTC in a time zone at a moment.
pub fn start(config: &str, about: &str, zone: fn(&str, Millis) -> Option<i32>) -> String {
    let read = |text| json::parse(text).unwrap_or_default();
    let (config, errors) = Config::take(read(config));
    let Ok(config) = config else { return String::new() };
    let about = read(about);
    let text = |key| about.text_at(key).unwrap_or_default().to_string();
    let about = About { language: text("lang"), rtl: text("direction") == "rtl", device: text("device") };
    let needs = needs(&config);
    let tracker = Tracker::new(config, about, Box::new(zone));
    TRACKER.with(|place| place.replace(Some(ManuallyDrop::new(tracker))));
    json::write(&Members::default().whole("mistakes", errors.len() as u64).put("needs", needs).map())
}

/// The first part of every fact that some rule asks about, each once, and the events that signals count: what nobody
/// asks about need not be watched.
fn needs(config: &Config) -> Value {
    let mut families: Vec<Value> = Vec::new();
    for (_, signal) in &config.signals {
        signal.events(&mut |name| families.push(name.into()));
    }
    for name in &config.facts {
        let whole = name.fact.about().name;
        let family = cut(whole, b'.').map_or(whole, |(family, _)| family).into();
        if !families.contains(&family) {
            families.push(family);
        }
    }
    Value::List(families)
}

/// Handles one event; answers with its effects, or nothing when there are none.
pub fn send(name: &str, argument: &str, now: Moment) -> String {
    let mut effects = Vec::new();
    with(|tracker| {
        let event = Event::decode(name, json::parse(argument).ok()?)?;
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
            lines.push(line.to_value());
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
