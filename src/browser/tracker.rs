//! The tracker's shell: every event in, every effect performed.

use super::page::document;
use super::pump::Pump;
use super::say::{self, Card};
use super::timer::Timer;
use super::watch::{self, Watch};
use super::{clock, json, store};
use crate::config::Config;
use crate::effect::Effect;
use crate::event::Event;
use crate::offer::ChatFact;
use crate::prompt::Prompt;
use crate::text::list;
use crate::tracker::Tracker;
use crate::value::{Value, map};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

#[wasm_bindgen]
extern "C" {
    /// What the loader hands over: see `www/bharosa/bharosa.js`.
    pub type Page;

    #[wasm_bindgen(method, getter)]
    fn config(this: &Page) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn lang(this: &Page) -> String;
    #[wasm_bindgen(method, getter)]
    fn root(this: &Page) -> ShadowRoot;
    /// Calls `draw` with the language file once the message's styles are in place, or with null if that fails.
    #[wasm_bindgen(method, catch)]
    fn words(this: &Page, draw: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn emit(this: &Page, name: &str, detail: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn warn(this: &Page, problems: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn prefetch(this: &Page) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn launcher(this: &Page, open: bool, unread: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn offer(this: &Page, offer: &JsValue) -> Result<(), JsValue>;
}

/// A running tracker. Dropping it leaves the page as it was.
pub struct Shell {
    page: Page,
    root: ShadowRoot,
    /// Reads messages out; it holds the text of the one shown and nothing else.
    region: Element,
    tracker: RefCell<Tracker>,
    pump: Pump<Event>,
    timer: Timer,
    card: RefCell<Option<Card>>,
    /// Counts messages, so that one whose words come late does not appear after it was taken back.
    shown: Cell<u32>,
    watch: RefCell<Option<Watch>>,
}

impl Shell {
    /// Starts on the page. The error is for the developer's console.
    pub fn start(page: Page) -> Result<Rc<Shell>, String> {
        let config = json::from_js(&page.config()).unwrap_or_default();
        let (config, errors) = Config::decode(&config);
        if !errors.is_empty() {
            let lines: Vec<String> = errors.iter().map(|error| error.sentence()).collect();
            let _ = page.warn(&list(&lines, "\n"));
        }
        let config = config.map_err(|_| "the config cannot be used".to_string())?;
        let shell = Rc::new(Shell {
            region: say::region(&page.root()),
            root: page.root(),
            tracker: RefCell::new(Tracker::new(config, &page.lang())),
            page,
            pump: Pump::default(),
            timer: Timer::default(),
            card: RefCell::default(),
            shown: Cell::new(0),
            watch: RefCell::default(),
        });
        shell.watch.replace(Some(watch::watch(&shell.sender())));
        if let Some(saved) = store::read(store::VISIT) {
            shell.send(Event::Restored(saved));
        }
        // The view first: until it has begun its clocks mean nothing, and what is not visible fires no rule.
        shell.send(Event::View { path: watch::path(), arrival: watch::arrival() });
        shell.send(Event::Visible(!document().hidden()));
        shell.send(Event::Focused(document().has_focus().unwrap_or(true)));
        Ok(shell)
    }

    pub fn send(self: &Rc<Self>, event: Event) {
        self.pump.push(event, |event| {
            let effects = self.tracker.borrow_mut().handle(clock::now(), event);
            effects.into_iter().for_each(|effect| self.perform(effect));
        });
    }

    /// A call of the page's, or of the loader's.
    pub fn call(self: &Rc<Self>, name: &str, argument: &JsValue) {
        let value = json::from_js(argument).unwrap_or_default();
        let event = match name {
            "open" => Event::Open,
            "close" => Event::Close,
            "toggle" => Event::Toggle,
            "pressed" => Event::Pressed,
            "near" => Event::Near,
            "consent" => match value.bool_at("personalisation") {
                Some(given) => Event::Consent(given),
                None => {
                    return super::warn("consent({personalisation: …}): must be true or false");
                }
            },
            "fact" => match ChatFact::from_value(&value) {
                Some(fact) => Event::Chat(fact),
                None => return,
            },
            _ => return,
        };
        self.send(event);
    }

    /// For each rule, in the order they are tried, `{rule, state, reason}`.
    pub fn explain(&self) -> JsValue {
        // While an event is being handled there is nothing to explain yet.
        let Ok(mut tracker) = self.tracker.try_borrow_mut() else { return JsValue::NULL };
        let line = |explanation: crate::rules::Explanation| {
            map([
                ("rule", explanation.rule.into()),
                ("state", explanation.state.name().into()),
                ("reason", explanation.reason.into()),
            ])
        };
        json::to_js(&Value::List(tracker.explain(clock::now()).into_iter().map(line).collect()))
    }

    /// Lets go of the page, also where closures still hold the shell.
    pub fn stop(&self) {
        self.watch.take();
        self.card.take();
        self.region.remove();
        self.shown.set(self.shown.get() + 1);
        self.timer.set(None, || {});
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        // A page that breaks one of the loader's functions must not break the others.
        let _ = match effect {
            Effect::Wake(at) => {
                let send = self.sender();
                self.timer.set(at, move || send(Event::Tick));
                Ok(())
            }
            Effect::Save(value) => {
                store::write(store::VISIT, &value);
                Ok(())
            }
            Effect::Forget => {
                store::remove(store::VISIT);
                Ok(())
            }
            Effect::Show(prompt) => self.show(prompt),
            Effect::Hide => {
                self.shown.set(self.shown.get() + 1);
                self.card.take();
                self.region.set_text_content(None);
                Ok(())
            }
            Effect::Offer(offer) => self.page.offer(&json::to_js(&offer.to_value())),
            Effect::Prefetch => self.page.prefetch(),
            Effect::Launcher { open, unread } => self.page.launcher(open, unread as f64),
            Effect::Emit(name, detail) => self.page.emit(name, &json::to_js(&detail)),
        };
    }

    fn show(self: &Rc<Self>, prompt: Box<Prompt>) -> Result<(), JsValue> {
        let number = self.shown.get() + 1;
        self.shown.set(number);
        let shell = Rc::clone(self);
        let draw = Closure::once_into_js(move |words: JsValue| {
            if shell.shown.get() != number {
                return;
            }
            // Without the language file there are no words for the buttons: then nothing is said at all.
            match json::from_js(&words) {
                Some(words @ Value::Map(_)) => {
                    shell.region.set_text_content(Some(&prompt.text));
                    shell.card.replace(Some(say::show(&shell.root, &prompt, &words, &shell.sender())));
                }
                _ => shell.send(Event::Dismissed),
            }
        });
        self.page.words(&draw)
    }

    fn sender(self: &Rc<Self>) -> Rc<dyn Fn(Event)> {
        let shell = Rc::downgrade(self);
        Rc::new(move |event| {
            if let Some(shell) = shell.upgrade() {
                shell.send(event);
            }
        })
    }
}
