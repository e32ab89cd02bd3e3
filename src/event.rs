//! All that can happen to the tracker. Events come in as a name and an argument: from the page, from storage, from
//! other tabs, from a recorded visit.

use crate::journey::{Arrival, FormStep};
use crate::offer::ChatFact;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// What an earlier page of this tab saved. Comes before the first view, or not at all.
    Restored(Value),
    /// What earlier visits left, with consent. Comes before the first view, or not at all.
    Known(Value),
    /// A page view begins.
    View(Arrival),
    /// The address changed within the page; a `push` to another path is a new view.
    Moved {
        to: Arrival,
        push: bool,
    },
    /// The page became visible or hidden.
    Visible(bool),
    /// The page gained or lost focus.
    Focused(bool),
    /// The visitor did something; at most a few times a second.
    Activity,
    /// The page was scrolled so far, in percent of its height.
    Scroll(f64),
    /// A section came into view or went out of it.
    Section {
        id: String,
        seen: bool,
    },
    /// Something happened in a form.
    Form {
        id: String,
        step: FormStep,
    },
    /// Quick angry clicks at one spot.
    Rage,
    /// The visitor seems to leave.
    Exit,
    /// The page tells of something of its own, with properties.
    Track {
        name: String,
        detail: Value,
    },
    /// The page tells attributes of the visitor.
    Set(Value),
    /// The backend tells of a queue.
    Queue(Value),
    /// The wake-up that was asked for.
    Tick,
    /// The page goes away, perhaps for good.
    Leaving,
    /// The page told of the visitor's consent to personalisation.
    Consent(bool),
    /// Pointer or focus reached the launcher.
    Near,
    /// The visitor pressed the launcher.
    Pressed,
    /// The visitor chose a reply of the message shown, counted from 0.
    Replied(usize),
    /// The visitor followed the link of the message shown.
    Followed,
    /// The visitor closed the message shown.
    Dismissed,
    /// The message could not be shown: something it needs did not arrive.
    Unshown,
    /// The page asks for the panel through the API.
    Open,
    Close,
    Toggle,
    /// The widget reports.
    Chat(ChatFact),
    /// Another tab reports.
    Shared(Value),
}

impl Event {
    /// The event `name` with its argument; `None` for what is none, or not whole.
    pub fn decode(name: &str, argument: Value) -> Option<Event> {
        Some(match name {
            "restored" => Event::Restored(argument),
            "known" => Event::Known(argument),
            "view" => Event::View(arrival(&argument)?),
            "moved" => Event::Moved { to: arrival(&argument)?, push: argument.bool_at("push")? },
            "visible" => Event::Visible(argument.bool()?),
            "focused" => Event::Focused(argument.bool()?),
            "activity" => Event::Activity,
            "scroll" => Event::Scroll(argument.number()?),
            "section" => Event::Section { id: id(&argument)?, seen: argument.bool_at("seen")? },
            "form" => Event::Form { id: id(&argument)?, step: step(&argument)? },
            "rage" => Event::Rage,
            "exit" => Event::Exit,
            "track" => Event::Track {
                name: argument.text_at("name")?.to_string(),
                detail: argument.get("detail").cloned().unwrap_or_default(),
            },
            "set" => Event::Set(argument),
            "queue" => Event::Queue(argument),
            "tick" => Event::Tick,
            "leaving" => Event::Leaving,
            "consent" => Event::Consent(argument.bool()?),
            "near" => Event::Near,
            "pressed" => Event::Pressed,
            "replied" => Event::Replied(argument.whole()? as usize),
            "followed" => Event::Followed,
            "dismissed" => Event::Dismissed,
            "unshown" => Event::Unshown,
            "open" => Event::Open,
            "close" => Event::Close,
            "toggle" => Event::Toggle,
            "fact" if argument.text_at("type") == Some("availability") => Event::Queue(argument),
            "fact" => Event::Chat(ChatFact::from_value(&argument)?),
            "shared" => Event::Shared(argument),
            _ => return None,
        })
    }
}

fn id(argument: &Value) -> Option<String> {
    argument.text_at("id").map(str::to_string)
}

fn arrival(argument: &Value) -> Option<Arrival> {
    Some(Arrival {
        path: argument.text_at("path")?.to_string(),
        query: argument.get("query").map_or(&[][..], Value::entries).to_vec(),
        referrer: argument.text_at("referrer").unwrap_or_default().to_string(),
        resumed: argument.bool_at("resumed").unwrap_or(false),
    })
}

fn step(argument: &Value) -> Option<FormStep> {
    Some(match argument.text_at("kind")? {
        "focus" => FormStep::Focus,
        "blur" => FormStep::Blur,
        "touch" => FormStep::Touch(argument.whole_at("field").unwrap_or(0) as usize),
        "error" => FormStep::Error,
        "sent" => FormStep::Sent,
        _ => return None,
    })
}
