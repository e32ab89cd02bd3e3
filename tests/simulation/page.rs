//! One document with its panel: the real widget, and a shell that performs its effects as the browser's does.

use super::faults::Fault;
use super::look::Shown;
use super::plant::Plant;
use super::tab::Life;
use super::world::{Happening, START, World};
use bharosa::chat::Settings;
use bharosa::time::Moment;
use bharosa::value::Value;
use bharosa::widget::{Widget, WidgetEffect, WidgetEvent};
use std::collections::VecDeque;

pub struct Page {
    pub tab: usize,
    pub widget: Widget,
    /// The zero of its monotonic clock.
    pub born: u64,
    pub life: Life,
    pub visible: bool,
    pub hidden_since: u64,
    /// What it will hear when it thaws.
    pub held: Vec<WidgetEvent>,
    wake: Option<u64>,
    wake_number: u64,
    /// Who was logged in when it was loaded, or since it was told of a change.
    pub customer: u32,
    /// When the last customer left, as far as it has heard.
    pub left: u64,
    pub opened: bool,
    pub shown: Shown,
}

/// A hidden page's timers fire on whole seconds, and after five minutes on whole minutes.
const THROTTLED: [(u64, u64); 2] = [(5 * 60_000, 60_000), (0, 1_000)];

impl Page {
    pub fn new(world: &mut World, tab: usize) -> Page {
        let settings = Settings {
            queue: "general".into(),
            queues: vec![("general".into(), "Service".into()), ("loans".into(), "Loans".into())],
            locale: "en".into(),
            together: world.plan.together,
            token: world.plan.token,
            ..Settings::default()
        };
        Page {
            tab,
            widget: Widget::new(settings),
            born: world.now.saturating_sub(world.between(20, 900)),
            life: Life::Awake,
            visible: true,
            hidden_since: 0,
            held: Vec::new(),
            wake: None,
            wake_number: 0,
            customer: world.customer,
            left: 0,
            opened: false,
            shown: Shown::default(),
        }
    }
}

impl World {
    /// Gives a page an event, performs all effects, and takes what they raise in turn.
    pub fn send(&mut self, id: u32, event: WidgetEvent) {
        match self.pages.get_mut(&id) {
            None => return,
            Some(page) if page.life == Life::Frozen => {
                page.held.push(event);
                return;
            }
            Some(page) if page.life == Life::Cached => {
                // Only a change of the storage waits for it; all else is lost.
                if matches!(event, WidgetEvent::Changed(..)) {
                    page.held.push(event);
                }
                return;
            }
            Some(_) => {}
        }
        let mut inbox = VecDeque::new();
        if matches!(event, WidgetEvent::Visible(true) | WidgetEvent::Back | WidgetEvent::Locked) {
            inbox.push_back(WidgetEvent::Shared(self.read_local()));
        }
        inbox.push_back(event);
        while let Some(event) = inbox.pop_front() {
            if self.wrong.is_some() {
                return;
            }
            self.step(id, event, &mut inbox);
        }
    }

    fn step(&mut self, id: u32, event: WidgetEvent, inbox: &mut VecDeque<WidgetEvent>) {
        let rolled = self.dice.next();
        let waits = matches!(event, WidgetEvent::Closed(..) | WidgetEvent::Tick);
        let dice = if self.plant == Some(Plant::NoJitter) && waits { 0 } else { rolled };
        let wall = (START + self.now).saturating_add_signed(self.skew);
        let Some(page) = self.pages.get_mut(&id) else { return };
        let now = Moment { mono: self.now - page.born, wall, dice };
        self.trace.line(self.now, || match &event {
            WidgetEvent::Received(..) => format!("p{id} (frame)"),
            event => format!("p{id} {event:?}"),
        });
        let cause = Cause::of(&event);
        self.noted_event(id, &event);
        // Of a lock that the page has let go since, the shell says nothing.
        let robbed = self.locks.robbed.contains(&id);
        match event {
            WidgetEvent::Locked
                if self.locks.holder != Some(id) && !robbed && self.plant != Some(Plant::EveryonesLock) =>
            {
                return;
            }
            WidgetEvent::LockLost if !self.locks.robbed.remove(&id) => return,
            _ => {}
        }
        let Some(page) = self.pages.get_mut(&id) else { return };
        let effects = page.widget.handle(now, event);
        self.trace.mix_number(self.now << 16 | u64::from(id) << 8 | effects.len() as u64);
        let worth =
            cause != Cause::Itself || effects.iter().any(|effect| !matches!(effect, WidgetEffect::Wake(_)));
        for effect in effects {
            self.perform(id, &cause, effect, inbox);
        }
        if worth {
            self.look(id);
        }
    }

    fn perform(&mut self, id: u32, cause: &Cause, effect: WidgetEffect, inbox: &mut VecDeque<WidgetEvent>) {
        if !matches!(
            effect,
            WidgetEffect::Transmit(..)
                | WidgetEffect::Save(_)
                | WidgetEffect::Wake(_)
                | WidgetEffect::Fact(_)
        ) {
            self.trace.line(self.now, || format!("p{id}   {effect:?}"));
        }
        match effect {
            WidgetEffect::Connect(socket) => {
                self.noted_connect(id, socket, cause);
                self.connect(id, socket);
            }
            WidgetEffect::Transmit(socket, frame) => self.transmit(id, socket, &frame),
            WidgetEffect::Close(socket) => {
                if let Some(conn) = self.find(id, socket) {
                    self.noted_end(id, socket, cause);
                    self.hang_up(conn);
                }
            }
            WidgetEffect::Save(value) => self.save(id, value),
            WidgetEffect::Keep(key, value) => self.keep(id, &key, value, inbox),
            WidgetEffect::Look => {
                inbox.push_back(WidgetEvent::Shared(self.read_local()));
                self.ask_durable(id);
            }
            WidgetEffect::Listen(true) => {
                self.channel.members.insert(id, 0);
            }
            WidgetEffect::Listen(false) => {
                if self.plant != Some(Plant::LockKept) {
                    self.channel.members.remove(&id);
                }
            }
            WidgetEffect::Join => {
                if self.faults.strikes(Fault::NeverLocked) {
                    self.locks.deaf.insert(id);
                }
                self.locks.request(id);
                self.soon(1, 4, Happening::Grant);
            }
            WidgetEffect::Leave => {
                if self.plant != Some(Plant::LockKept) {
                    self.leave(id, super::locks::RELEASED);
                }
            }
            WidgetEffect::Steal => self.steal(id),
            WidgetEffect::Post(value) => self.post(id, value),
            WidgetEffect::Token(number) => self.answer_token(id, number),
            WidgetEffect::Wipe => {
                if let Some(page) = self.pages.get(&id) {
                    self.tabs[page.tab].session = None;
                }
            }
            WidgetEffect::Wake(at) => self.wake(id, at),
            WidgetEffect::Sound
            | WidgetEffect::Notice(_)
            | WidgetEffect::Fact(_)
            | WidgetEffect::Availability(_)
            | WidgetEffect::Focus(_)
            | WidgetEffect::Warn(_) => {}
        }
    }

    fn save(&mut self, id: u32, value: Value) {
        let Some(page) = self.pages.get(&id) else { return };
        if !self.storage.denied && self.plant != Some(Plant::SessionDropped) {
            self.tabs[page.tab].session = Some(value);
        }
    }

    fn wake(&mut self, id: u32, at: Option<u64>) {
        let Some(page) = self.pages.get_mut(&id) else { return };
        page.wake = at;
        page.wake_number += 1;
        if let Some(at) = at {
            let due = (page.born + at).max(self.now);
            let number = page.wake_number;
            self.queue.push(due, Happening::Timer(id, number));
        }
    }

    /// A timer is due: it fires now, or later when the page is hidden, or when the page thaws.
    pub fn timer(&mut self, id: u32, number: u64) {
        let now = self.now;
        let calm = self.faults.over;
        let Some(page) = self.pages.get_mut(&id).filter(|page| page.wake_number == number) else { return };
        if page.wake.is_none() || page.life != Life::Awake {
            return;
        }
        if !page.visible && !calm {
            let hidden = now - page.hidden_since;
            let grid = THROTTLED.iter().find(|(since, _)| hidden >= *since).map_or(1, |(_, grid)| *grid);
            let due = now.next_multiple_of(grid);
            if due > now {
                self.queue.push(due, Happening::Timer(id, number));
                return;
            }
        }
        page.wake = None;
        self.send(id, WidgetEvent::Tick);
    }

    /// The timer that came due while the page was frozen or in the cache.
    pub fn late_timer(&mut self, id: u32) {
        let Some(page) = self.pages.get(&id) else { return };
        if let Some(at) = page.wake {
            let (due, number) = ((page.born + at).max(self.now), page.wake_number);
            self.queue.push(due, Happening::Timer(id, number));
        }
    }
}

/// What made the widget act, as far as the rules ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The visitor, or the page's life: a try at once is right.
    Visitor,
    /// The panel by itself.
    Itself,
    Leaving,
    Logout,
    Discard,
}

impl Cause {
    fn of(event: &WidgetEvent) -> Cause {
        use bharosa::chat::ChatEvent;
        match event {
            WidgetEvent::Chat(ChatEvent::Discard(_)) => Cause::Discard,
            WidgetEvent::Logout => Cause::Logout,
            WidgetEvent::Leaving => Cause::Leaving,
            WidgetEvent::Tick
            | WidgetEvent::Closed(..)
            | WidgetEvent::Received(..)
            | WidgetEvent::Opened(_)
            | WidgetEvent::Heard(_) => Cause::Itself,
            _ => Cause::Visitor,
        }
    }
}
