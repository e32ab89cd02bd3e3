//! Ending asks once, and the question takes the focus of the button that led to it.

use super::Words;
use crate::chat::ChatEvent;
use crate::view::View;
use yew::prelude::*;

pub fn draw(view: &View, words: &Words, send: &Callback<ChatEvent>, node: &NodeRef) -> Html {
    if !view.ending {
        return Html::default();
    }
    html! {
        <div class="ask" role="group" ref={node} tabindex="-1" aria-label={words.text("end.question").to_string()}>
            <p class="question">{ words.text("end.question") }</p>
            <div class="choices">
                <button type="button" class="button danger" onclick={send.reform(|_| ChatEvent::End)}>
                    { words.text("end.yes") }
                </button>
                <button type="button" class="button" onclick={send.reform(|_| ChatEvent::AskEnd(false))}>
                    { words.text("end.no") }
                </button>
            </div>
        </div>
    }
}
