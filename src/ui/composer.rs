//! Where the visitor writes. Enter sends, Shift and Enter makes a new line.

use super::{Words, icon};
use crate::chat::ChatEvent;
use crate::view::{Composer, Presence, View};
use web_sys::{HtmlTextAreaElement, InputEvent, KeyboardEvent, SubmitEvent};
use yew::prelude::*;

pub fn draw(view: &View, words: &Words, send: &Callback<ChatEvent>, node: &NodeRef) -> Html {
    let oninput = send.reform(|event: InputEvent| {
        let text = event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value());
        ChatEvent::Draft(text.unwrap_or_default())
    });
    let onkeydown = {
        let send = send.clone();
        Callback::from(move |key: KeyboardEvent| {
            // While a word is being composed, Enter belongs to the input method.
            if key.key() == "Enter" && !key.shift_key() && !key.is_composing() {
                key.prevent_default();
                send.emit(ChatEvent::Send);
            }
        })
    };
    let onsubmit = send.reform(|event: SubmitEvent| {
        event.prevent_default();
        ChatEvent::Send
    });
    let problem = match view.composer {
        Composer::Ready => None,
        Composer::TooLong(over) => {
            Some(words.fill("composer.too_long", &[("over", &words.number(over as u64))]))
        }
        Composer::Full => Some(words.text("composer.full").to_string()),
    };
    let placeholder = match view.presence {
        Presence::Ended => "composer.again",
        _ => "composer.placeholder",
    };
    let empty = view.draft.trim().is_empty();
    html! {
        <form class="composer" {onsubmit}>
            if let Some(problem) = &problem {
                <p class="problem" id="bharosa-problem" role="alert">{ problem }</p>
            }
            <div class="field">
                <textarea ref={node} rows="1" dir="auto" value={view.draft.clone()} {oninput} {onkeydown}
                    placeholder={words.text(placeholder).to_string()} aria-label={words.text("composer.label").to_string()}
                    aria-invalid={problem.is_some().then_some("true")}
                    aria-describedby={problem.is_some().then_some("bharosa-problem")} />
                <button type="submit" class="send" aria-label={words.text("send").to_string()} aria-disabled={(empty || problem.is_some()).to_string()}>
                    { icon::send() }
                </button>
            </div>
        </form>
    }
}
