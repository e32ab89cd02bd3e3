//! The page itself, by one name: asking for the global object in every way it may be called costs bytes.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, EventTarget, Node, Window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;

    // None of these can fail on what this crate hands to them, so they carry no code for failing.
    pub type Sure;
    #[wasm_bindgen(method, js_name = createElement)]
    fn create(this: &Sure, tag: &str) -> Element;
    #[wasm_bindgen(method)]
    fn append(this: &Sure, child: &Element);
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set(this: &Sure, name: &str, value: &str);

    // Not every browser has these.
    #[wasm_bindgen(method, getter, js_name = wasDiscarded)]
    pub fn was_discarded(this: &Sure) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    pub fn navigation(this: &Sure) -> Option<EventTarget>;
    #[wasm_bindgen(method, getter, js_name = navigationType)]
    pub fn navigation_type(this: &Sure) -> Option<String>;
}

/// A new element with a class and, unless it is empty, a text.
pub fn element(tag: &str, class: &str, text: &str) -> Element {
    let element = document().unchecked_ref::<Sure>().create(tag);
    element.set_class_name(class);
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    element
}

pub fn append(parent: &Node, child: &Element) {
    parent.unchecked_ref::<Sure>().append(child);
}

pub fn attribute(element: &Element, name: &str, value: &str) {
    element.unchecked_ref::<Sure>().set(name, value);
}

pub fn window() -> Window {
    WINDOW.with(Clone::clone)
}

pub fn document() -> Document {
    DOCUMENT.with(Clone::clone)
}
