//! The state of the connection, in words.

use super::Words;
use crate::view::{Trouble, View};
use yew::prelude::*;

pub fn draw(view: &View, words: &Words) -> Html {
    let (class, text) = match view.trouble {
        Trouble::None => return html! { <div class="notice" role="status" hidden=true /> },
        Trouble::Connecting => ("notice", "trouble.connecting"),
        Trouble::Unreachable => ("notice warning", "trouble.unreachable"),
    };
    let home = words.settings().contact.clone().filter(|_| view.trouble == Trouble::Unreachable);
    html! {
        <div class={class} role="status">
            <span>{ words.text(text) }</span>
            if let Some(home) = home {
                { " " }<a href={home}>{ words.text("contact") }</a>
            }
        </div>
    }
}
