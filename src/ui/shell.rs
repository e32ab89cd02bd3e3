//! The panel's shell: every event in, every effect performed by `browser`, the view handed to the drawing.

use super::{App, AppMessage, AppProps, Words};
use crate::browser::listen::{Listeners, capture};
use crate::browser::options::{self, Mount, Options};
use crate::browser::page::{self, document, window};
use crate::browser::pump::Pump;
use crate::browser::shared::Common;
use crate::browser::socket::{self, Connection};
use crate::browser::timer::Timer;
use crate::browser::{clock, json, store, warn};
use crate::chat::{ChatEvent, Settings};
use crate::offer::Offer;
use crate::value::Value;
use crate::widget::{Widget, WidgetEffect, WidgetEvent};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, PageTransitionEvent};
use yew::AppHandle;

/// Below this width, in CSS pixels, the panel covers the page.
const NARROW: f64 = 600.0;

pub struct Shell {
    mount: Mount,
    backend: String,
    widget: RefCell<Widget>,
    pump: Pump<WidgetEvent>,
    timer: Timer,
    common: RefCell<Option<Common>>,
    connection: RefCell<Option<Connection>>,
    app: RefCell<Option<AppHandle<App>>>,
    place: Element,
    listeners: RefCell<Listeners>,
    stopped: Cell<bool>,
}

impl Shell {
    pub fn mount(mount: Mount) -> Result<Rc<Shell>, JsValue> {
        let options = Options::read(&mount);
        let config = json::from_js(&mount.config()).unwrap_or_default();
        let mut settings = Settings::decode(&config, &options.lang);
        settings.contact = options.home;
        settings.together = mount.shared().together();
        settings.token = mount.token().is_function();
        let words = Words::new(json::from_js(&mount.words()).unwrap_or_default(), settings.clone());
        let place = document().create_element("div")?;
        place.set_class_name("place");
        mount.root().append_child(&place)?;

        let shell = Rc::new(Shell {
            backend: options::backend(&config),
            widget: RefCell::new(Widget::new(settings)),
            pump: Pump::default(),
            timer: Timer::default(),
            common: RefCell::default(),
            connection: RefCell::default(),
            app: RefCell::default(),
            place: place.clone(),
            listeners: RefCell::default(),
            stopped: Cell::new(false),
            mount,
        });
        let send = shell.sender();
        let on_event = yew::Callback::from(move |event| send(WidgetEvent::Chat(event)));
        let app = yew::Renderer::<App>::with_root_and_props(place, AppProps { words, on_event }).render();
        shell.app.replace(Some(app));
        shell.listen();
        let saved = store::read(store::CHAT);
        let common = Common::begin(&shell.mount.shared(), shell.sender());
        shell.common.replace(Some(common));
        shell.look();
        if let Some(saved) = saved {
            let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(NARROW);
            shell.send(WidgetEvent::Chat(ChatEvent::Restored { saved, narrow: width < NARROW }));
        }
        shell.send(WidgetEvent::Visible(!document().hidden()));
        Ok(shell)
    }

    pub fn offer(self: &Rc<Self>, offer: &JsValue) {
        let value = json::from_js(offer).unwrap_or_default();
        if let Some(offer) = Offer::from_value(&value) {
            let because = value.get("because").map_or(&[][..], Value::list).iter();
            let because = because.filter_map(Value::text).map(str::to_string).collect();
            self.send(WidgetEvent::Chat(ChatEvent::Offer { offer, because }));
        }
    }

    /// The customer leaves.
    pub fn logout(self: &Rc<Self>) {
        self.send(WidgetEvent::Logout);
    }

    pub fn unmount(&self) {
        self.stopped.set(true);
        self.common.take();
        self.listeners.take();
        self.connection.take();
        self.timer.set(None, || {});
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.place.remove();
    }

    fn send(self: &Rc<Self>, event: WidgetEvent) {
        if self.stopped.get() {
            return;
        }
        self.pump.push(event, |event| {
            let effects = self.widget.borrow_mut().handle(clock::now_with_dice(), event);
            // Drawn before the effects, so that what is to get the focus is there.
            let view = self.widget.borrow().view(clock::zone());
            if let Some(app) = self.app.borrow().as_ref() {
                app.send_message(AppMessage::Show(Box::new(view)));
            }
            effects.into_iter().for_each(|effect| self.perform(effect));
        });
    }

    fn perform(self: &Rc<Self>, effect: WidgetEffect) {
        match effect {
            WidgetEffect::Connect(number) => {
                self.connection.replace(socket::connect(&self.backend, number, self.sender()));
            }
            WidgetEffect::Transmit(number, frame) => {
                let connection = self.connection.borrow();
                if let Some(connection) = connection.as_ref().filter(|c| c.number() == number) {
                    connection.send(&frame);
                }
            }
            WidgetEffect::Close(number) => {
                let ours = self.connection.borrow().as_ref().is_some_and(|c| c.number() == number);
                if ours {
                    self.connection.take();
                }
            }
            WidgetEffect::Save(value) => store::write(store::CHAT, &value),
            WidgetEffect::Wipe => store::remove(store::CHAT),
            WidgetEffect::Keep(key, value) => self.common(|common| common.keep(&key, value.as_ref())),
            WidgetEffect::Look => self.look(),
            WidgetEffect::Listen(on) => self.common(|common| common.page().listen(on)),
            WidgetEffect::Join => self.common(|common| common.page().join()),
            WidgetEffect::Leave => self.common(|common| common.page().leave()),
            WidgetEffect::Steal => self.common(|common| common.page().steal()),
            WidgetEffect::Post(message) => self.common(|common| common.page().post(&json::to_js(&message))),
            WidgetEffect::Notice(count) => {
                self.common(|common| common.page().notice(count.min(99) as u32));
            }
            WidgetEffect::Sound => self.common(|common| common.page().sound()),
            WidgetEffect::Token(number) => {
                self.common(|common| common.page().ask(number, &self.mount.token()));
            }
            WidgetEffect::Fact(fact) => {
                let _ = self.mount.fact(&json::to_js(&fact.to_value()));
            }
            WidgetEffect::Availability(said) => {
                let _ = self.mount.fact(&json::to_js(&said));
            }
            WidgetEffect::Focus(true) => {
                if let Some(app) = self.app.borrow().as_ref() {
                    app.send_message(AppMessage::FocusComposer);
                }
            }
            WidgetEffect::Focus(false) => {
                let _ = self.mount.focus();
            }
            WidgetEffect::Warn(text) => warn(&text),
            WidgetEffect::Wake(at) => {
                let send = self.sender();
                self.timer.set(at, move || send(WidgetEvent::Tick));
            }
        }
    }

    fn listen(self: &Rc<Self>) {
        let mut listeners = self.listeners.borrow_mut();
        let mut hear = |target: &EventTarget, kind, heard: fn(&Rc<Shell>, &Event)| {
            let shell = Rc::downgrade(self);
            let heard = move |event: &Event| {
                if let Some(shell) = shell.upgrade() {
                    heard(&shell, event);
                }
            };
            listeners.push(capture(target, kind, Rc::new(heard)));
        };
        let (window, document) = (window(), document());
        hear(&document, "visibilitychange", |shell, _| {
            let hidden = page::document().hidden();
            if !hidden {
                shell.look();
            }
            shell.send(WidgetEvent::Visible(!hidden));
        });
        hear(&window, "online", |shell, _| shell.send(WidgetEvent::Online));
        hear(&window, "pagehide", |shell, _| shell.send(WidgetEvent::Leaving));
        // A page that sleeps answers nobody: it must not keep the connection of all tabs.
        hear(&document, "freeze", |shell, _| shell.send(WidgetEvent::Leaving));
        hear(&document, "resume", |shell, _| shell.back());
        hear(&window, "pageshow", |shell, event| {
            if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                shell.back();
            }
        });
    }

    /// The page goes on where it was; meanwhile others may have been here.
    fn back(self: &Rc<Self>) {
        self.look();
        self.send(WidgetEvent::Back);
    }

    fn look(&self) {
        self.common(|common| common.page().look());
    }

    fn common(&self, act: impl FnOnce(&Common)) {
        if let Some(common) = self.common.borrow().as_ref() {
            act(common);
        }
    }

    fn sender(self: &Rc<Self>) -> Rc<dyn Fn(WidgetEvent)> {
        let shell = Rc::downgrade(self);
        Rc::new(move |event| {
            if let Some(shell) = shell.upgrade() {
                shell.send(event);
            }
        })
    }
}
