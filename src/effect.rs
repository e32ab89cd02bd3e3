//! All the tracker may ask for.

use crate::offer::Offer;
use crate::prompt::Prompt;
use crate::time::Millis;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send [`crate::event::Event::Tick`] at this moment of the monotonic clock; replaces the wake-up before.
    Wake(Option<Millis>),
    /// Keep this for the next page of this tab.
    Save(Value),
    /// Delete what was kept.
    Forget,
    /// Show this message beside the launcher.
    Show(Box<Prompt>),
    /// Take the message away.
    Hide,
    /// Hand this to the widget; fetch it first if need be.
    Offer(Offer),
    /// The widget will probably be wanted: fetch it.
    Prefetch,
    /// Draw the launcher so.
    Launcher { open: bool, unread: u64 },
    /// Tell listeners on the page.
    Emit(&'static str, Value),
}
