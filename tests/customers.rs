//! One browser, one customer after another: nothing of the one is for the other, and nothing of the other is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/json.rs"]
mod json;

use bharosa::chat::{ChatEvent, Settings};
use bharosa::offer::Offer;
use bharosa::time::Moment;
use bharosa::value::Value;
use bharosa::widget::{Widget, WidgetEffect, WidgetEvent};
use json::json;

/// The moment on the wall clock at which every test begins.
const START: u64 = 1_795_305_600_000;

struct Page {
    widget: Widget,
    now: u64,
}

impl Page {
    fn new() -> Page {
        let settings =
            Settings { queue: "general".into(), together: true, token: true, ..Settings::default() };
        Page { widget: Widget::new(settings), now: 0 }
    }

    /// What comes of an event, a second after the one before.
    fn hear(&mut self, event: WidgetEvent) -> Vec<WidgetEffect> {
        self.now += 1_000;
        let now = Moment { mono: self.now, wall: START + self.now, dice: 7 };
        self.widget.handle(now, event)
    }

    fn say(&mut self, text: &str) -> Vec<WidgetEffect> {
        let offer = Offer::Open { by_visitor: true };
        self.hear(WidgetEvent::Chat(ChatEvent::Offer { offer, because: Vec::new() }));
        self.hear(WidgetEvent::Chat(ChatEvent::Draft(text.into())));
        self.hear(WidgetEvent::Chat(ChatEvent::Send))
    }

    fn waits(&self) -> Vec<String> {
        let items = self.widget.chat().outbox.items().iter();
        items
            .filter_map(|item| item.to_value().get("frame")?.get("body")?.text_at("text").map(str::to_string))
            .collect()
    }
}

fn gone(left: u64) -> (String, Value) {
    ("bharosa.session".into(), json(&format!(r#"{{"left": {left}, "at": {left}}}"#)))
}

/// The moment of the last logout, as it is written where all tabs see it.
fn written(effects: &[WidgetEffect]) -> Option<u64> {
    effects.iter().rev().find_map(|effect| match effect {
        WidgetEffect::Keep(key, Some(value)) if key == "bharosa.session" => value.whole_at("left"),
        _ => None,
    })
}

fn asked(effects: &[WidgetEffect]) -> Option<u32> {
    effects.iter().find_map(|effect| match effect {
        WidgetEffect::Token(number) => Some(*number),
        _ => None,
    })
}

fn connects(effects: &[WidgetEffect]) -> bool {
    effects.iter().any(|effect| matches!(effect, WidgetEffect::Connect(_)))
}

#[test]
fn a_logout_is_written_at_once_though_not_all_that_survived_is_known() {
    let mut page = Page::new();
    page.hear(WidgetEvent::Shared(Vec::new()));
    let effects = page.hear(WidgetEvent::Logout);
    assert_eq!(written(&effects), Some(START + 2_000));
}

#[test]
fn what_was_said_since_the_other_left_is_kept_and_what_was_said_before_is_not() {
    for (left, expected) in [(START - 5_000, vec!["I am new here"]), (START + 60_000, vec![])] {
        let mut page = Page::new();
        page.hear(WidgetEvent::Shared(Vec::new()));
        page.say("I am new here");
        page.hear(WidgetEvent::Found(vec![gone(left)]));
        assert_eq!(page.waits(), expected);
        assert_eq!(page.widget.chat().open, !expected.is_empty());
        assert_eq!(page.widget.chat().left(), left);
    }
}

#[test]
fn a_token_that_was_asked_for_before_the_customer_left_is_not_used() {
    let mut page = Page::new();
    page.hear(WidgetEvent::Found(Vec::new()));
    page.say("Hello");
    let first = asked(&page.hear(WidgetEvent::Locked)).expect("a question");
    // Another tab logs out, and the next customer writes here.
    page.hear(WidgetEvent::Changed("bharosa.session".into(), gone(START + 60_000).1));
    page.say("Hello from another");
    let second = asked(&page.hear(WidgetEvent::Locked)).expect("another question");
    let late = page.hear(WidgetEvent::Token(first, Some("of the former".into())));
    assert!(!connects(&late), "{late:?}");
    assert!(connects(&page.hear(WidgetEvent::Token(second, Some("of the next".into())))));
    let later = page.hear(WidgetEvent::Token(first, Some("of the former".into())));
    assert!(!connects(&later) && asked(&later).is_none(), "{later:?}");
}

#[test]
fn a_tab_without_a_conversation_hears_of_a_logout_from_another_tab() {
    let mut page = Page::new();
    let first = page.hear(WidgetEvent::Found(Vec::new()));
    assert!(first.contains(&WidgetEffect::Listen(true)), "{first:?}");
    let message = r#"{"kind": "left", "from": 7, "left": 1795305660000}"#;
    page.hear(WidgetEvent::Heard(json(message)));
    assert_eq!(page.widget.chat().left(), START + 60_000);
    assert!(page.hear(WidgetEvent::Leaving).contains(&WidgetEffect::Listen(false)));
}
