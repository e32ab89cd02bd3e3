//! What the page and its visitor do, as events of the tracker.

use super::listen::{capture, Listeners};
use crate::event::Event;
use crate::journey::Arrival;
use js_sys::{Function, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, PageTransitionEvent, Window};

/// Activity is noted no more often than this, in milliseconds.
const THROTTLE: f64 = 250.0;

/// What counts as the visitor doing something. Nothing of what they do is looked at.
const ACTIVITY: [&str; 6] = ["pointerdown", "pointermove", "wheel", "scroll", "keydown", "touchstart"];

/// Keeps watching until dropped.
pub struct Watch {
    _listeners: Listeners,
    _history: Option<Patched>,
}

/// Watches the page and hands every event to `send`. `None` outside of a page.
pub fn watch(send: Rc<dyn Fn(Event)>) -> Option<Watch> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let mut listeners = Listeners::new();

    let told = Rc::clone(&send);
    listeners.push(capture(&document, "visibilitychange", {
        let document = document.clone();
        move |_| told(Event::Visible(!document.hidden()))
    }));
    for (kind, focused) in [("focus", true), ("blur", false)] {
        let told = Rc::clone(&send);
        let document = document.clone();
        listeners.push(capture(&window, kind, move |event| {
            // Fields of the page gain and lose focus too, and seen from above so does a frame within it: only the
            // window as a whole counts.
            let whole = event.target().is_some_and(|target| target.is_instance_of::<Window>());
            if whole {
                told(Event::Focused(focused || document.has_focus().unwrap_or(false)));
            }
        }));
    }
    let last = Rc::new(Cell::new(f64::NEG_INFINITY));
    for kind in ACTIVITY {
        let (told, last) = (Rc::clone(&send), Rc::clone(&last));
        listeners.push(capture(&window, kind, move |event| {
            if event.time_stamp() - last.get() >= THROTTLE {
                last.set(event.time_stamp());
                told(Event::Activity);
            }
        }));
    }
    let told = Rc::clone(&send);
    listeners.push(capture(&window, "pagehide", move |_| told(Event::Leaving)));
    let told = Rc::clone(&send);
    listeners.push(capture(&window, "pageshow", move |event| {
        let back = event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted);
        if back {
            told(Event::View { path: path(), arrival: Arrival::New });
        }
    }));
    let history = navigation(&window, &send, &mut listeners);
    Some(Watch { _listeners: listeners, _history: history })
}

/// The page's path, without query and hash.
pub fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// Whether the browser had thrown this tab away and has now loaded it again.
pub fn arrival() -> Arrival {
    let discarded = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| Reflect::get(&document, &JsValue::from_str("wasDiscarded")).ok());
    if discarded.is_some_and(|value| value.is_truthy()) { Arrival::Resumed } else { Arrival::New }
}

/// Single-page navigation: by the Navigation API where there is one, else by the history's own functions.
fn navigation(window: &Window, send: &Rc<dyn Fn(Event)>, listeners: &mut Listeners) -> Option<Patched> {
    let told = Rc::clone(send);
    let navigation = Reflect::get(window, &JsValue::from_str("navigation")).ok();
    if let Some(navigation) = navigation.and_then(|found| found.dyn_into::<EventTarget>().ok()) {
        listeners.push(capture(&navigation, "currententrychange", move |event| {
            // Null when the entry itself was updated: the address is then the same.
            let kind = Reflect::get(event, &JsValue::from_str("navigationType")).ok();
            let replaced = kind.and_then(|kind| kind.as_string()).as_deref() == Some("replace");
            told(Event::Moved { path: path(), push: !replaced });
        }));
        return None;
    }
    let back = Rc::clone(send);
    listeners.push(capture(window, "popstate", move |_| back(Event::Moved { path: path(), push: true })));
    Patched::new(window, Rc::new(move |push| told(Event::Moved { path: path(), push })))
}

/// The history's functions with ours around them; put back when dropped.
struct Patched {
    history: JsValue,
    originals: [(&'static str, Function); 2],
    _closures: [Closure<dyn Fn(JsValue, JsValue, JsValue) -> Result<(), JsValue>>; 2],
}

impl Patched {
    fn new(window: &Window, moved: Rc<dyn Fn(bool)>) -> Option<Patched> {
        let history: JsValue = window.history().ok()?.into();
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
