//! The panel, drawn from a [`View`]. Clicks become events; nothing is decided here.

mod asking;
mod composer;
mod ending;
mod header;
mod icon;
mod log;
mod notice;
pub mod shell;
mod speak;
mod tabs;
mod words;

pub use words::Words;

use crate::chat::ChatEvent;
use crate::view::View;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AppProps {
    pub words: Words,
    pub on_event: Callback<ChatEvent>,
}

pub enum AppMessage {
    Show(Box<View>),
    FocusComposer,
    /// The visitor scrolled: whether the newest message is in sight.
    Scrolled(bool),
}

/// The panel as one component: it holds what it draws, and where the transcript is scrolled to.
pub struct App {
    view: View,
    said: String,
    at_end: bool,
    focus: bool,
    focus_question: bool,
    log: NodeRef,
    question: NodeRef,
    composer: NodeRef,
}

impl Component for App {
    type Message = AppMessage;
    type Properties = AppProps;

    fn create(_: &Context<Self>) -> Self {
        App {
            view: View::default(),
            said: String::new(),
            at_end: true,
            focus: false,
            focus_question: false,
            log: NodeRef::default(),
            question: NodeRef::default(),
            composer: NodeRef::default(),
        }
    }

    fn update(&mut self, context: &Context<Self>, message: AppMessage) -> bool {
        match message {
            AppMessage::Show(view) => {
                if let Some(said) = speak::news(&self.view, &view, &context.props().words) {
                    self.said = said;
                }
                // The button just pressed goes away, and the focus must not go with it.
                self.focus_question |= view.ending && !self.view.ending;
                self.focus |= view.open
                    && (self.view.ending && !view.ending
                        || self.view.asking.is_some() && view.asking.is_none());
                // Whoever writes or opens wants to see the end.
                self.at_end |= speak::own_news(&self.view, &view) || !self.view.open;
                let changed = *view != self.view;
                self.view = *view;
                changed
            }
            AppMessage::FocusComposer => {
                self.focus = true;
                true
            }
            AppMessage::Scrolled(at_end) => {
                self.at_end = at_end;
                false
            }
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let (view, words, send) = (&self.view, &context.props().words, &context.props().on_event);
        html! {
            <>
                <div class="status" role="status">{ &self.said }</div>
                if view.open {
                    <section class="panel" role="dialog" aria-label={header::title(view, words)} onkeydown={keys(view, send)}>
                        { header::draw(view, words, send) }
                        { tabs::draw(words) }
                        { notice::draw(view, words) }
                        { log::draw(view, words, send, &self.log, context.link().callback(AppMessage::Scrolled)) }
                        { asking::draw(view, words, send) }
                        { ending::draw(view, words, send, &self.question) }
                        { composer::draw(view, words, send, &self.composer) }
                    </section>
                }
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if self.at_end
            && let Some(log) = self.log.cast::<Element>()
        {
            log.set_scroll_top(log.scroll_height());
        }
        if std::mem::take(&mut self.focus_question)
            && let Some(question) = self.question.cast::<HtmlElement>()
        {
            let _ = question.focus();
        }
        if std::mem::take(&mut self.focus)
            && let Some(composer) = self.composer.cast::<HtmlElement>()
        {
            // A composer that cannot be focused is no reason to fail.
            let _ = composer.focus();
        }
    }
}

/// Escape leaves what is innermost: the question whether to end, then the panel.
fn keys(view: &View, send: &Callback<ChatEvent>) -> Callback<KeyboardEvent> {
    let (ending, send) = (view.ending, send.clone());
    Callback::from(move |key: KeyboardEvent| {
        if key.key() == "Escape" && !key.is_composing() {
            key.stop_propagation();
            send.emit(if ending { ChatEvent::AskEnd(false) } else { ChatEvent::Close });
        }
    })
}
