//! What the page and its visitor do, as events of the tracker.

use super::listen::{Listeners, capture};
use super::page::{Sure, document, window};
use crate::event::Event;
use crate::journey::Arrival;
use js_sys::{Function, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::PageTransitionEvent;

/// Activity is noted no more often than this, in milliseconds.
const THROTTLE: f64 = 250.0;

/// What is listened to; all but the first five is the visitor doing something, and nothing of it is looked at.
const KINDS: [&str; 11] = [
    "visibilitychange",
    "focus",
    "blur",
    "pagehide",
    "pageshow",
    "pointerdown",
    "pointermove",
    "wheel",
    "scroll",
    "keydown",
    "touchstart",
];

/// Keeps watching until dropped.
pub struct Watch {
    _listeners: Listeners,
    _history: Option<Patched>,
}

/// Watches the page and hands every event to `send`.
///
/// One closure hears everything: a closure for every kind would be code for every kind.
pub fn watch(send: &Rc<dyn Fn(Event)>) -> Watch {
    let mut listeners = Listeners::new();
    let history = navigation(send, &mut listeners);
    let send = Rc::clone(send);
    let last = Cell::new(f64::NEG_INFINITY);
    let heard: Rc<dyn Fn(&web_sys::Event)> = Rc::new(move |event| {
        let told = match event.type_().as_str() {
            "visibilitychange" => Event::Visible(!document().hidden()),
            // Fields of the page gain and lose focus too, and seen from above so does a frame within it: only the
            // window as a whole counts.
            "focus" | "blur" if event.target().map(JsValue::from) != Some(window().into()) => return,
            "focus" => Event::Focused(true),
            "blur" => Event::Focused(document().has_focus().unwrap_or(false)),
            "pagehide" => Event::Leaving,
            "pageshow" if event.unchecked_ref::<PageTransitionEvent>().persisted() => {
                Event::View { path: path(), arrival: Arrival::New }
            }
            "pageshow" => return,
            _ if event.time_stamp() - last.get() < THROTTLE => return,
            _ => {
                last.set(event.time_stamp());
                Event::Activity
            }
        };
        send(told);
    });
    for kind in KINDS {
        listeners.push(capture(&window(), kind, Rc::clone(&heard)));
    }
    Watch { _listeners: listeners, _history: history }
}

/// The page's path, without query and hash.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Whether the browser had thrown this tab away and has now loaded it again.
pub fn arrival() -> Arrival {
    let discarded = document().unchecked_ref::<Sure>().was_discarded();
    if discarded == Some(true) { Arrival::Resumed } else { Arrival::New }
}

/// Single-page navigation: by the Navigation API where there is one, else by the history's own functions.
fn navigation(send: &Rc<dyn Fn(Event)>, listeners: &mut Listeners) -> Option<Patched> {
    let told = Rc::clone(send);
    let moved = Rc::new(move |push| told(Event::Moved { path: path(), push }));
    let told = Rc::clone(&moved);
    if let Some(navigation) = window().unchecked_ref::<Sure>().navigation() {
        let heard = move |event: &web_sys::Event| {
            // Null when the entry itself was updated: the address is then the same.
            let kind = event.unchecked_ref::<Sure>().navigation_type();
            told(kind.as_deref() != Some("replace"));
        };
        listeners.push(capture(&navigation, "currententrychange", Rc::new(heard)));
        return None;
    }
    listeners.push(capture(&window(), "popstate", Rc::new(move |_| told(true))));
    Patched::new(moved)
}

/// The history's functions with ours around them; put back when dropped.
struct Patched {
    history: JsValue,
    originals: [(&'static str, Function); 2],
    _closures: [Closure<Push>; 2],
}

/// `pushState` and `replaceState`: state, title and address.
type Push = dyn Fn(JsValue, JsValue, JsValue) -> Result<(), JsValue>;

impl Patched {
    fn new(moved: Rc<dyn Fn(bool)>) -> Option<Patched> {
        let history: JsValue = window().history().ok()?.into();
        let original = |name: &str| Reflect::get(&history, &JsValue::from_str(name)).ok()?.dyn_into().ok();
        let originals: [(&'static str, Function); 2] =
            [("pushState", original("pushState")?), ("replaceState", original("replaceState")?)];
        let closures = [true, false].map(|push| {
            let (history, moved) = (history.clone(), Rc::clone(&moved));
            let (_, original) = originals[usize::from(!push)].clone();
            Closure::new(move |state: JsValue, title: JsValue, url: JsValue| {
                // The page's own errors stay the page's own.
                original.call3(&history, &state, &title, &url)?;
                moved(push);
                Ok(())
            })
        });
        for ((name, _), closure) in originals.iter().zip(&closures) {
            let _ = Reflect::set(&history, &JsValue::from_str(name), closure.as_ref());
        }
        Some(Patched { history, originals, _closures: closures })
    }
}

impl Drop for Patched {
    fn drop(&mut self) {
        for (name, original) in &self.originals {
            let _ = Reflect::set(&self.history, &JsValue::from_str(name), original);
        }
    }
}
