//! Before a wish for a person goes out with context: what that person would be told, and the visitor's word.

use super::Words;
use crate::chat::ChatEvent;
use crate::offer::ContextLine;
use crate::text::glue;
use crate::view::View;
use yew::prelude::*;

pub fn draw(view: &View, words: &Words, send: &Callback<ChatEvent>) -> Html {
    let Some((queue, context)) = &view.asking else { return Html::default() };
    html! {
        <div class="ask" role="group" aria-label={words.fill("ask.title", &[("queue", queue)])}>
            <p class="question">{ words.fill("ask.title", &[("queue", queue)]) }</p>
            <p>{ words.text("ask.told") }</p>
            { lines(context, words) }
            { because(view, words) }
            <div class="choices">
                <button type="button" class="button main" onclick={send.reform(|_| ChatEvent::Agree(true))}>
                    { words.text("ask.share") }
                </button>
                <button type="button" class="button" onclick={send.reform(|_| ChatEvent::Agree(false))}>
                    { words.text("ask.keep") }
                </button>
            </div>
        </div>
    }
}

/// Why the visitor sees what they did not ask for.
pub fn because(view: &View, words: &Words) -> Html {
    if view.because.is_empty() {
        return Html::default();
    }
    html! {
        <details class="shared">
            <summary>{ words.text("why") }</summary>
            <ul class="lines">{ for view.because.iter().map(|text| html! { <li dir="auto">{ text }</li> }) }</ul>
        </details>
    }
}

/// What an agent is told, line by line, in the visitor's words.
pub fn lines(context: &[ContextLine], words: &Words) -> Html {
    let line = |line: &ContextLine| {
        let key = glue(&["share.", &line.key]);
        html! { <li>{ words.fill(&key, &[("value", &line.shown)]) }</li> }
    };
    html! { <ul class="lines">{ for context.iter().map(line) }</ul> }
}
