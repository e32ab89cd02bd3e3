//! The state of the connection, and of what is kept, in words.

use super::Words;
use crate::view::{Trouble, View};
use yew::prelude::*;

pub fn draw(view: &View, words: &Words) -> Html {
    let (class, text) = match (view.trouble, view.unkept) {
        (Trouble::None, false) => return html! { <div class="notice" role="status" hidden=true /> },
        (Trouble::None, true) => ("notice", "unkept"),
        (Trouble::Connecting, _) => ("notice", "trouble.connecting"),
        (Trouble::Unreachable, false) => ("notice warning", "trouble.unreachable"),
        (Trouble::Unreachable, true) => ("notice warning", "trouble.unreachable_unkept"),
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
