//! What a recorded visit is made of: every event with its argument, for the reference page and for whoever mistypes
//! one by hand.

use crate::text::glue;

/// An event as it stands in a trace.
#[derive(Debug, Clone, Copy)]
pub struct EventAbout {
    pub name: &'static str,
    /// What goes with it, in words; empty for nothing.
    pub argument: &'static str,
    /// An argument, as JSON.
    pub example: &'static str,
    /// One sentence.
    pub about: &'static str,
}

const fn row(
    name: &'static str,
    argument: &'static str,
    example: &'static str,
    about: &'static str,
) -> EventAbout {
    EventAbout { name, argument, example, about }
}

/// All of them, in the order of a visit.
pub const EVENTS: &[EventAbout] = &[
    row("restored", "what was kept", "{}", "An earlier page of this tab left this. Before the first view."),
    row("known", "what was kept", "{}", "Earlier visits left this, with consent. Before the first view."),
    row(
        "view",
        "`path`; may have `query`: listed parameters by name; `referrer`: a host; `resumed`: true or false",
        r#"{"path": "/loans/auto", "query": {"product": "suv"}, "referrer": "", "resumed": false}"#,
        "A page view begins.",
    ),
    row(
        "moved",
        "`path`, `push`: true or false; may have `query`",
        r#"{"path": "/rates", "query": {}, "push": true}"#,
        "The address changed within the page; a push to another path is a new view.",
    ),
    row("visible", "true or false", "true", "The page came into view, or went out of it."),
    row("focused", "true or false", "true", "The page gained or lost the focus."),
    row("activity", "", "null", "The visitor did something; four times a second at most."),
    row("scroll", "a number, 0 to 100", "40", "How deep the page was scrolled, in percent of its height."),
    row(
        "section",
        "`id`, `seen`: true or false",
        r#"{"id": "fees", "seen": true}"#,
        "A section came before the visitor's eyes, or left them.",
    ),
    row(
        "form",
        "`id`, `kind`: focus, blur, touch, error or sent; may have `field`: counted from 0",
        r#"{"id": "apply", "kind": "touch", "field": 2}"#,
        "Something happened in a form.",
    ),
    row("rage", "", "null", "The visitor clicked three times in quick anger."),
    row("exit", "", "null", "The visitor seems to leave."),
    row(
        "track",
        "`name`; may have `detail`: anything",
        r#"{"name": "calculated", "detail": {"years": 4}}"#,
        "The page told of something of its own.",
    ),
    row("set", "attributes by name", r#"{"segment": "gold"}"#, "The page told attributes of the visitor."),
    row(
        "queue",
        "`queue`; may have `open`, `available`, `wait_s`, `length`, `for_s`",
        r#"{"queue": "loans", "open": true, "wait_s": 40, "for_s": 60}"#,
        "The page told how a queue stands.",
    ),
    row("consent", "true or false", "true", "The visitor agreed to personalisation, or took it back."),
    row("near", "", "null", "Pointer or focus reached the launcher."),
    row("pressed", "", "null", "The visitor pressed the launcher."),
    row("replied", "a number, from 0", "0", "The visitor chose a reply of the message shown."),
    row("followed", "", "null", "The visitor followed the link of the message shown."),
    row("dismissed", "", "null", "The visitor closed the message shown."),
    row("unshown", "", "null", "The message could not be shown."),
    row("open", "", "null", "The page asked for the panel with `bharosa.open()`."),
    row("close", "", "null", "The page closed the panel."),
    row("toggle", "", "null", "The page opened the panel, or closed it."),
    row(
        "fact",
        "`kind`: opened, closed, live, ended, or unread with `count`; or a queue as above with `type`: availability",
        r#"{"kind": "opened"}"#,
        "The panel reported.",
    ),
    row("shared", "what was shared", r#"{"dismissed": 1795305600000}"#, "Another tab reported."),
    row("tick", "", "null", "A wake-up. `simulate` makes its own and passes over these."),
    row("leaving", "", "null", "The page goes away, perhaps for good."),
];

/// What there is to know of the event `name`.
pub fn about(name: &str) -> Option<&'static EventAbout> {
    EVENTS.iter().find(|event| event.name == name)
}

const INTRO: &str = r#"# Recorded visits

`bharosa.trace(true)` begins to record in memory, `bharosa.trace()` hands the visit over, `bharosa.trace(false)` stops.
`cargo bharosa simulate CONFIG TRACE` replays it. This page is printed by `cargo bharosa reference traces`.

A visit is one JSON object: what is known of the visitor's device, and what happened, in order.

```json
{
  "trace": 1,
  "about": { "lang": "en", "direction": "ltr", "device": "phone", "zone": "Asia/Karachi" },
  "events": [
    [1000, 1795305600000, "view", { "path": "/loans/auto", "query": {}, "referrer": "", "resumed": false }],
    [1000, 1795305600000, "visible", true],
    [1000, 1795305600000, "focused", true],
    [4200, 1795305603200, "activity", null],
    [16000, 1795305615000, "track", { "name": "calculated", "detail": { "years": 4 } }]
  ]
}
```

`trace` is the version of this format. Of `about`, `lang` is the widget's language, `direction` is `ltr` or `rtl`,
`device` is `phone`, `tablet` or `desktop`, and `zone` is the visitor's time zone; each may be left out. An event is
`[ms, ms since 1970, name, argument]`: the time since the page began, which never goes back, then the time of the clock
on the wall, both whole milliseconds. 20,000 events are kept at most. A rule fires only after a `view`, and while the
page is `visible`.

| event | argument | example | meaning |
| --- | --- | --- | --- |
"#;

/// The reference page of traces, in Markdown.
pub fn page() -> String {
    let mut page = INTRO.to_string();
    for event in EVENTS {
        let argument = if event.argument.is_empty() { "nothing" } else { event.argument };
        let example = glue(&["`[1000, 1795305600000, \"", event.name, "\", ", event.example, "]`"]);
        page.push_str(&glue(&[
            "| `",
            event.name,
            "` | ",
            argument,
            " | ",
            &example,
            " | ",
            event.about,
            " |\n",
        ]));
    }
    page
}
