//! All that can happen to the tracker. Events come in as a name and an argument: from the page, from storage, from
//! other tabs, from a recorded visit.

use crate::journey::{Arrival, FormStep};
use crate::offer::{ChatFact, nth};
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

/// The names of events, in the order of [`Event::decode`]. One text costs fewer bytes than one comparison each.
const NAMES: &str = "restored known view moved visible focused activity scroll section form rage exit track set \
    queue tick leaving consent near pressed replied dismissed unshown open close toggle fact \
    shared";

impl Event {
    /// The event `name` with its argument; `None` for what is none, or not whole.
    pub fn decode(name: &str, argument: Value) -> Option<Event> {
        Some(match nth(NAMES, name)? {
            0 => Event::Restored(argument),
            1 => Event::Known(argument),
            2 => Event::View(arrival(&argument)?),
            3 => Event::Moved { to: arrival(&argument)?, push: argument.bool_at("push")? },
            4 => Event::Visible(argument.bool()?),
            5 => Event::Focused(argument.bool()?),
            6 => Event::Activity,
            7 => Event::Scroll(argument.number()?),
            8 => Event::Section { id: id(&argument)?, seen: argument.bool_at("seen")? },
            9 => Event::Form { id: id(&argument)?, step: step(&argument)? },
            10 => Event::Rage,
            11 => Event::Exit,
            12 => Event::Track {
                name: argument.text_at("name")?.to_string(),
                detail: argument.get("detail").cloned().unwrap_or_default(),
            },
            13 => Event::Set(argument),
            14 => Event::Queue(argument),
            15 => Event::Tick,
            16 => Event::Leaving,
            17 => Event::Consent(argument.bool()?),
            18 => Event::Near,
            19 => Event::Pressed,
            20 => Event::Replied(argument.whole()? as usize),
            21 => Event::Dismissed,
            22 => Event::Unshown,
            23 => Event::Open,
            24 => Event::Close,
            25 => Event::Toggle,
            26 => Event::Chat(ChatFact::from_value(&argument)?),
            27 => Event::Shared(argument),
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
    Some(match nth("focus blur touch error sent left", argument.text_at("kind")?)? {
        0 => FormStep::Focus,
        1 => FormStep::Blur,
        2 => FormStep::Touch(argument.whole_at("field").unwrap_or(0) as usize),
        3 => FormStep::Error,
        4 => FormStep::Sent,
        5 => FormStep::Left,
        _ => return None,
    })
}
