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
