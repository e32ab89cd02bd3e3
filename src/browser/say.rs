//! The message beside the launcher, drawn without the panel's code.

use super::listen::{on, Listeners};
use crate::config::fill;
use crate::event::Event;
use crate::prompt::Prompt;
use crate::value::Value;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Document, Element, ShadowRoot};

/// A message on screen; dropping it takes it away.
pub struct Card {
    section: Element,
    status: Element,
    _listeners: Listeners,
}

/// Shows `prompt` in `root`. `words` are the language file's.
///
/// It is read out by a live region of its own, which holds the text and nothing else; focus stays where it is.
pub fn show(root: &ShadowRoot, prompt: &Prompt, words: &Value, send: &Rc<dyn Fn(Event)>) -> Result<Card, JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let word = |key: &str| words.text_at(key).unwrap_or_default().to_string();
    let mut listeners = Listeners::new();

    let section = element(&document, "section", "say", "")?;
    section.set_attribute("aria-label", &word("say.label"))?;
    let close = element(&document, "button", "close", "")?;
    close.set_attribute("type", "button")?;
    close.set_attribute("aria-label", &word("say.dismiss"))?;
    let told = Rc::clone(send);
    listeners.push(on(&close, "click", move |_| told(Event::Dismissed)));
    section.append_child(&close)?;
    let text = element(&document, "p", "text", &prompt.text)?;
    text.set_attribute("dir", "auto")?;
    section.append_child(&text)?;

    let replies = element(&document, "div", "replies", "")?;
    for (index, reply) in prompt.replies.iter().enumerate() {
        let button = element(&document, "button", "reply", reply)?;
        button.set_attribute("type", "button")?;
        let told = Rc::clone(send);
        listeners.push(on(&button, "click", move |_| told(Event::Replied(index))));
        replies.append_child(&button)?;
    }
    section.append_child(&replies)?;
    if !prompt.shares.is_empty() {
        let lines = prompt.shares.iter().map(|line| {
            let text = word(&["share.", &line.key].concat());
            fill(&text, &[("value", &line.shown)])
        });
        let shares = [word("say.shares"), lines.collect::<Vec<_>>().join(" · ")].join(" ");
        section.append_child(&element(&document, "p", "shares", &shares)?.into())?;
    }

    let status = element(&document, "div", "status", "")?;
    status.set_attribute("role", "status")?;
    root.append_child(&status)?;
    root.append_child(&section)?;
    status.set_text_content(Some(&prompt.text));
    let told = Rc::clone(send);
    listeners.push(on(&section, "keydown", move |event| {
        use wasm_bindgen::JsCast;
        if event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|key| key.key() == "Escape") {
            told(Event::Dismissed);
        }
    }));
    Ok(Card { section, status, _listeners: listeners })
}

impl Drop for Card {
    fn drop(&mut self) {
        self.section.remove();
        self.status.remove();
    }
}

fn element(document: &Document, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element(tag)?;
    element.set_class_name(class);
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    Ok(element)
}
