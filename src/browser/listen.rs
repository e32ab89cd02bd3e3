//! Listeners that go when their handle goes.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use std::rc::Rc;
use web_sys::{Event, EventTarget};

/// All listeners of one part; dropping them takes them off the page.
pub type Listeners = Vec<EventListener>;

/// Listens passively, in the capture phase: seen even if the page stops the event, and never in its way.
///
/// The handler is shared, so that one can hear many kinds.
pub fn capture(target: &EventTarget, kind: &'static str, heard: Rc<dyn Fn(&Event)>) -> EventListener {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
    EventListener::new_with_options(target, kind, options, move |event| heard(event))
}
