//! The message beside the launcher, drawn without the panel's code.

use super::listen::{Listeners, on};
use super::page::{append, attribute, element};
use crate::config::fill;
use crate::event::Event;
use crate::prompt::Prompt;
use crate::text::glue;
use crate::value::Value;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, ShadowRoot};

/// A message on screen; dropping it takes it away.
pub struct Card {
    section: Element,
    _listeners: Listeners,
}

/// An empty live region in `root`. It must be there before there is anything to say, else nothing is heard.
pub fn region(root: &ShadowRoot) -> Element {
    let region = element("div", "status", "");
    attribute(&region, "role", "status");
    append(root, &region);
    region
}

/// Shows `prompt` in `root`. `words` are the language file's. Focus stays where it is.
pub fn show(root: &ShadowRoot, prompt: &Prompt, words: &Value, send: &Rc<dyn Fn(Event)>) -> Card {
    let word = |key: &str| words.text_at(key).unwrap_or_default();
    let mut listeners = Listeners::new();
    let mut button = |parent: &Element, class: &str, text: &str, event: Event| {
        let button = element("button", class, text);
        attribute(&button, "type", "button");
        let told = Rc::clone(send);
        listeners.push(on(&button, "click", Rc::new(move |_| told(event.clone()))));
        append(parent, &button);
        button
    };

    let section = element("section", "say", "");
    attribute(&section, "aria-label", word("say.label"));
    let close = button(&section, "close", "", Event::Dismissed);
    attribute(&close, "aria-label", word("say.dismiss"));
    let text = element("p", "text", &prompt.text);
    attribute(&text, "dir", "auto");
    append(&section, &text);
    let replies = element("div", "replies", "");
    for (index, reply) in prompt.replies.iter().enumerate() {
        button(&replies, "reply", reply, Event::Replied(index));
    }
    append(&section, &replies);
    if !prompt.shares.is_empty() {
        let mut shares = word("say.shares").to_string();
        for (index, line) in prompt.shares.iter().enumerate() {
            shares.push_str(if index == 0 { " " } else { " · " });
            shares.push_str(&fill(word(&glue(&["share.", &line.key])), &[("value", &line.shown)]));
        }
        append(&section, &element("p", "shares", &shares));
    }

    append(root, &section);
    let told = Rc::clone(send);
    let escape = move |event: &web_sys::Event| {
        if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
            told(Event::Dismissed);
        }
    };
    listeners.push(on(&section, "keydown", Rc::new(escape)));
    Card { section, _listeners: listeners }
}

impl Drop for Card {
    fn drop(&mut self) {
        self.section.remove();
    }
}
