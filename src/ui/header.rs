//! Who the visitor talks to, or waits for, and the ways out.

use super::{Words, icon};
use crate::chat::ChatEvent;
use crate::view::{Presence, View};
use yew::prelude::*;

pub fn draw(view: &View, words: &Words, send: &Callback<ChatEvent>) -> Html {
    let face = match &view.presence {
        Presence::With { name, .. } => html! { <span class="initial">{ initial(name) }</span> },
        _ => icon::bank(),
    };
    let close = send.reform(|_| ChatEvent::Close);
    let ask_end = send.reform(|_| ChatEvent::AskEnd(true));
    html! {
        <div class="header">
            <div class="face" aria-hidden="true">{ face }</div>
            <div class="who">
                <h2><bdi>{ title(view, words) }</bdi></h2>
                <p class="presence"><bdi>{ presence(view, words) }</bdi></p>
            </div>
            if view.can_end && !view.ending {
                <button type="button" class="tool" aria-label={words.text("end").to_string()} title={words.text("end").to_string()} onclick={ask_end}>
                    { icon::leave() }
                </button>
            }
            <button type="button" class="tool" aria-label={words.text("close").to_string()} title={words.text("close").to_string()} onclick={close}>
                { icon::close() }
            </button>
        </div>
    }
}

pub fn title(view: &View, words: &Words) -> String {
    let settings = words.settings();
    match &view.presence {
        Presence::With { name, .. } => name.clone(),
        _ if !settings.title.is_empty() => settings.title.clone(),
        _ => words.text("title").to_string(),
    }
}

fn presence(view: &View, words: &Words) -> String {
    match &view.presence {
        Presence::Nobody => words.settings().bank.clone(),
        Presence::With { role, .. } => role.clone(),
        Presence::Ended => words.text("presence.ended").to_string(),
        Presence::Waiting { queue, position: None, .. } => {
            words.fill("presence.joining", &[("queue", queue)])
        }
        Presence::Waiting { queue, position: Some(1), .. } => {
            words.fill("presence.next", &[("queue", queue)])
        }
        Presence::Waiting { queue, position: Some(position), .. } => {
            words.fill("presence.position", &[("queue", queue), ("position", &words.number(*position))])
        }
    }
}

pub fn initial(name: &str) -> String {
    name.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default()
}
