//! All that can happen to the tracker.

use crate::journey::Arrival;
use crate::offer::ChatFact;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// What an earlier page of this tab saved. Comes before the first view, or not at all.
    Restored(Value),
    /// A page view begins. The path has no query and no hash.
    View {
        path: String,
        arrival: Arrival,
    },
    /// The address changed within the page; a `push` to another path is a new view.
    Moved {
        path: String,
        push: bool,
    },
    /// The page became visible or hidden.
    Visible(bool),
    /// The page gained or lost focus.
    Focused(bool),
    /// The visitor did something; at most a few times a second.
    Activity,
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
    /// The page asks for the panel through the API.
    Open,
    Close,
    Toggle,
    /// The widget reports.
    Chat(ChatFact),
}

impl Event {
    /// The event that the shell calls `name`; `None` for what there is not, or with an argument that does not fit.
    pub fn decode(name: &str, argument: &Value) -> Option<Event> {
        let path = || Some(argument.text_at("path")?.to_string());
        Some(match name {
            "restored" => Event::Restored(argument.clone()),
            "view" => Event::View {
                path: path()?,
                arrival: match argument.bool_at("resumed") {
                    Some(true) => Arrival::Resumed,
                    _ => Arrival::New,
                },
            },
            "moved" => Event::Moved { path: path()?, push: argument.bool_at("push")? },
            "visible" => Event::Visible(argument.bool()?),
            "focused" => Event::Focused(argument.bool()?),
            "activity" => Event::Activity,
            "tick" => Event::Tick,
            "leaving" => Event::Leaving,
            "consent" => Event::Consent(argument.bool()?),
            "near" => Event::Near,
            "pressed" => Event::Pressed,
            "replied" => Event::Replied(argument.whole()? as usize),
            "dismissed" => Event::Dismissed,
            "open" => Event::Open,
            "close" => Event::Close,
            "toggle" => Event::Toggle,
            "fact" => Event::Chat(ChatFact::from_value(argument)?),
            _ => return None,
        })
    }
}
