//! All the tracker may ask for. Effects go out as a name and an argument.

use crate::offer::Offer;
use crate::prompt::Prompt;
use crate::time::Millis;
use crate::value::{Members, Value};

/// Which rule caused an effect and why, `{rule, because: [{key, value, name}]}`; null if none did.
pub type Cause = Value;

#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send [`crate::event::Event::Tick`] at this moment of the monotonic clock; replaces the wake-up before.
    Wake(Option<Millis>),
    /// Keep this for the next page of this tab.
    Save(Value),
    /// Delete what was kept.
    Forget,
    /// Keep this for the visitor's next visit.
    Remember(Value),
    /// Delete that too.
    Unremember,
    /// Tell the visitor's other tabs.
    Share(Value),
    /// Show this message beside the launcher.
    Show(Box<Prompt>, Cause),
    /// Take the message away.
    Hide,
    /// Hand this to the widget; fetch it first if need be.
    Offer(Offer, Cause),
    /// The widget will probably be wanted: fetch it.
    Prefetch,
    /// Draw the launcher so.
    Launcher { open: bool, unread: u64 },
    /// Tell listeners on the page.
    Emit(String, Value, Cause),
}

impl Effect {
    /// `[name, argument]`, and the cause if a rule is it.
    pub fn to_value(&self) -> Value {
        let mut cause = &Value::Null;
        let (name, argument) = match self {
            Effect::Wake(at) => ("wake", (*at).into()),
            Effect::Save(value) => ("save", value.clone()),
            Effect::Forget => ("forget", Value::Null),
            Effect::Remember(value) => ("remember", value.clone()),
            Effect::Unremember => ("unremember", Value::Null),
            Effect::Share(value) => ("share", value.clone()),
            Effect::Show(prompt, rule) => {
                cause = rule;
                ("show", prompt.to_value())
            }
            Effect::Hide => ("hide", Value::Null),
            Effect::Offer(offer, rule) => {
                cause = rule;
                ("offer", offer.to_value())
            }
            Effect::Prefetch => ("prefetch", Value::Null),
            Effect::Launcher { open, unread } => {
                ("launcher", Members::default().flag("open", *open).whole("unread", *unread).map())
            }
            Effect::Emit(name, detail, rule) => {
                cause = rule;
                ("emit", Members::default().text("name", name).put("detail", detail.clone()).map())
            }
        };
        let mut parts = vec![name.into(), argument];
        if *cause != Value::Null {
            parts.push(cause.clone());
        }
        Value::List(parts)
    }
}
