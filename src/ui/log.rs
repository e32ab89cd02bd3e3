//! The transcript: days, messages, and what happened.

use super::header::initial;
use super::{Words, asking};
use crate::chat::ChatEvent;
use crate::text::glue;
use crate::view::{Bubble, Line, Mark, Missing, Presence, Row, View};
use web_sys::Element;
use yew::prelude::*;

/// So close to the end, in CSS pixels, counts as at the end.
const NEAR_END: i32 = 40;

pub fn draw(
    view: &View,
    words: &Words,
    send: &Callback<ChatEvent>,
    node: &NodeRef,
    scrolled: Callback<bool>,
) -> Html {
    let onscroll = Callback::from(move |event: Event| {
        if let Some(log) = event.target_dyn_into::<Element>() {
            scrolled.emit(log.scroll_height() - log.scroll_top() - log.client_height() < NEAR_END);
        }
    });
    html! {
        <div class="log" ref={node} tabindex="0" role="region" aria-label={words.text("log").to_string()} {onscroll}>
            { greeting(view, words) }
            if view.asking.is_none() { { asking::because(view, words) } }
            { shared(view, words) }
            { for view.rows.iter().map(|row| draw_row(row, words, send)) }
            if let Some(name) = &view.writing {
                <p class="writing"><span class="dots" aria-hidden="true"><i /><i /><i /></span>{ words.fill("writing", &[("name", name)]) }</p>
            }
        </div>
    }
}

fn greeting(view: &View, words: &Words) -> Html {
    let settings = words.settings();
    let text = if settings.greeting.is_empty() { words.text("greeting") } else { &settings.greeting };
    if !view.rows.is_empty() || view.presence != Presence::Nobody {
        return Html::default();
    }
    html! { <p class="greeting" dir="auto">{ text }</p> }
}

/// What was shared stays in sight for as long as the conversation lasts.
fn shared(view: &View, words: &Words) -> Html {
    if view.shared.is_empty() {
        return Html::default();
    }
    html! {
        <details class="shared">
            <summary>{ words.text("shared") }</summary>
            { asking::lines(&view.shared, words) }
        </details>
    }
}

fn draw_row(row: &Row, words: &Words, send: &Callback<ChatEvent>) -> Html {
    match row {
        Row::Day(ts) => {
            html! { <p class="day" key={glue(&["day-", &ts.to_string()])}>{ words.day(*ts) }</p> }
        }
        Row::Missing { key, missing: Missing::Earlier } => {
            let earlier = send.reform(|_| ChatEvent::Earlier);
            html! {
                <p class="line earlier" key={key.as_str()}>
                    <button type="button" class="plain" onclick={earlier}>{ words.text("missing.earlier") }</button>
                </p>
            }
        }
        Row::Missing { key, missing } => {
            let text = if *missing == Missing::Lost { "missing.lost" } else { "missing.fetching" };
            html! { <p class="line missing" key={key.as_str()}>{ words.text(text) }</p> }
        }
        Row::Line { key, ts, line } => html! {
            <p class="line" key={key.as_str()}>{ line_text(line, words) }<time dir="auto">{ words.time(*ts) }</time></p>
        },
        Row::Bubble(bubble) => draw_bubble(bubble, words, send),
    }
}

fn draw_bubble(bubble: &Bubble, words: &Words, send: &Callback<ChatEvent>) -> Html {
    let class = classes!(
        "row",
        if bubble.from.is_some() { "theirs" } else { "mine" },
        bubble.first.then_some("first"),
        bubble.last.then_some("last")
    );
    let sender = match &bubble.from {
        Some((name, _)) => name.clone(),
        None => words.text("you").to_string(),
    };
    let shown = bubble.from.is_some() && bubble.first;
    html! {
        <div {class} key={bubble.key.as_str()}>
            if let Some((name, _)) = &bubble.from {
                <span class="face" aria-hidden="true">if bubble.last { { initial(name) } }</span>
            }
            <div class="message">
                <p class={if shown { "sender" } else { "sender status" }} dir="auto">{ sender }</p>
                <p class="bubble" dir="auto">{ &bubble.text }</p>
                { foot(bubble, words, send) }
            </div>
        </div>
    }
}

/// The time, and for the visitor's own how far it has come.
fn foot(bubble: &Bubble, words: &Words, send: &Callback<ChatEvent>) -> Html {
    if bubble.mark == Some(Mark::Failed) {
        let (again, away) = (bubble.key.clone(), bubble.key.clone());
        let retry = send.reform(move |_| ChatEvent::Retry(again.clone()));
        let discard = send.reform(move |_| ChatEvent::Discard(away.clone()));
        return html! {
            <p class="foot failed">
                <span>{ words.text("mark.failed") }</span>
                <button type="button" class="plain" onclick={retry}>{ words.text("retry") }</button>
                <button type="button" class="plain" onclick={discard}>{ words.text("discard") }</button>
            </p>
        };
    }
    let mark = match bubble.mark {
        Some(Mark::Sending) => Some("mark.sending"),
        Some(Mark::Sent) => Some("mark.sent"),
        Some(Mark::Read) => Some("mark.read"),
        _ => None,
    };
    if !bubble.last && mark != Some("mark.sending") {
        return Html::default();
    }
    html! {
        <p class="foot">
            // "7:57 AM" would stand as "AM 7:57" between words that go from right to left.
            <time dir="auto">{ words.time(bubble.ts) }</time>
            if let Some(mark) = mark {
                <span class="mark">{ " · " }{ words.text(mark) }</span>
            }
        </p>
    }
}

pub fn line_text(line: &Line, words: &Words) -> String {
    match line {
        Line::Queued { queue } => words.fill("line.queued", &[("queue", queue)]),
        Line::Joined { name, role } => words.fill("line.joined", &[("name", name), ("role", role)]),
        Line::TransferredToQueue { queue } => words.fill("line.to_queue", &[("queue", queue)]),
        Line::TransferredTo { name, role } => words.fill("line.to_person", &[("name", name), ("role", role)]),
        Line::EndedByVisitor => words.text("line.ended_by_you").to_string(),
        Line::EndedByAgent => words.text("line.ended_by_agent").to_string(),
        Line::Ended => words.text("line.ended").to_string(),
        Line::Said(text) => text.clone(),
    }
}
