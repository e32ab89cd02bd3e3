//! The conversation and its connection as one machine: what the panel's shell talks to.

mod event;

pub use event::{WidgetEffect, WidgetEvent};

use crate::chat::{Chat, ChatEffect, ChatEvent, Settings};
use crate::link::{Link, LinkEffect, LinkEvent, Socket};
use crate::tabs::{Message, Role, Tabs, TabsEffect, TabsEvent, What};
use crate::time::{Millis, Moment};
use crate::view::View;
use std::collections::VecDeque;

/// The server wants to know, again, who the customer is.
const BAD_TOKEN: u16 = 4401;
/// The session is another customer's.
const STRANGER: u16 = 4403;

#[derive(Debug)]
pub struct Widget {
    chat: Chat,
    link: Link,
    tabs: Tabs,
    visible: bool,
    /// The attempt to connect that waits for the page's token, how often it was asked for, and when the last customer
    /// had left then.
    attempt: Option<Socket>,
    asked: u32,
    asked_left: u64,
    noticed: u64,
    unread: u64,
    wake: Option<Millis>,
    /// The page is here from its first event on.
    begun: bool,
}

enum Step {
    Chat(ChatEvent),
    Link(LinkEvent),
    Tabs(TabsEvent),
}

type Steps = VecDeque<Step>;
type Effects = Vec<WidgetEffect>;

impl Widget {
    pub fn new(settings: Settings) -> Widget {
        let tabs = Tabs::new(settings.together);
        let chat = Chat::new(settings);
        Widget {
            chat,
            link: Link::default(),
            tabs,
            visible: true,
            attempt: None,
            asked: 0,
            asked_left: 0,
            noticed: 0,
            unread: 0,
            wake: None,
            begun: false,
        }
    }

    pub fn handle(&mut self, now: Moment, event: WidgetEvent) -> Effects {
        let (mut effects, mut save) = (Vec::new(), false);
        let said = matches!(event, WidgetEvent::Received(..) | WidgetEvent::Heard(_));
        let mut steps = self.steps(event, &mut effects);
        if !std::mem::replace(&mut self.begun, true) {
            steps.push_front(Step::Tabs(TabsEvent::Back));
        }
        self.chat.alone(!self.chat.settings.together || self.tabs.role() == Role::Alone);
        while let Some(step) = steps.pop_front() {
            match step {
                Step::Chat(event) => {
                    self.chat.follows = self.tabs.role() == Role::Following;
                    for effect in self.chat.handle(now, event) {
                        of_chat(effect, &mut save, &mut steps, &mut effects);
                    }
                }
                Step::Link(event) => {
                    for effect in self.link.handle(now, event) {
                        of_link(effect, &mut steps, &mut effects);
                    }
                }
                Step::Tabs(event) => {
                    for effect in self.tabs.handle(now, event, &self.chat) {
                        self.of_tabs(effect, &mut steps, &mut effects);
                    }
                }
            }
        }
        if save {
            effects.push(WidgetEffect::Save(self.chat.save()));
        }
        self.make_noticed(said, &mut effects);
        let wake = self.chat.wake().into_iter().chain(self.link.wake()).chain(self.tabs.wake()).min();
        if wake != self.wake {
            self.wake = wake;
            effects.push(WidgetEffect::Wake(wake));
        }
        effects
    }

    /// Makes known what is unread, in the one tab that the visitor looked at last.
    fn make_noticed(&mut self, said: bool, effects: &mut Effects) {
        let (unread, front) = (self.chat.unread(), self.tabs.is_front());
        if said && front && unread > self.unread && self.chat.settings.sound {
            effects.push(WidgetEffect::Sound);
        }
        self.unread = unread;
        let title = if front && !self.visible { unread } else { 0 };
        if title != self.noticed {
            self.noticed = title;
            effects.push(WidgetEffect::Notice(title));
        }
    }

    fn steps(&mut self, event: WidgetEvent, effects: &mut Effects) -> Steps {
        let one = |step| Steps::from([step]);
        match event {
            WidgetEvent::Chat(event) => one(Step::Chat(event)),
            WidgetEvent::Opened(socket) => one(Step::Link(LinkEvent::Opened(socket))),
            WidgetEvent::Received(socket, frame) => one(Step::Link(LinkEvent::Received(socket, frame))),
            WidgetEvent::Closed(socket, code) => self.closed(socket, code, effects),
            WidgetEvent::Online => one(Step::Link(LinkEvent::Online)),
            WidgetEvent::Visible(visible) => {
                self.visible = visible;
                let mut steps = Steps::from([
                    Step::Link(LinkEvent::Visible(visible)),
                    Step::Chat(ChatEvent::Visible(visible)),
                ]);
                if visible {
                    steps.push_back(Step::Tabs(TabsEvent::Seen));
                }
                steps
            }
            // Saved before the socket goes, so that nothing said at the last moment is missed.
            WidgetEvent::Leaving => [
                Step::Chat(ChatEvent::Leaving),
                Step::Link(LinkEvent::Leaving),
                Step::Tabs(TabsEvent::Leaving),
            ]
            .into(),
            WidgetEvent::Back => [Step::Tabs(TabsEvent::Back), Step::Link(LinkEvent::Back)].into(),
            WidgetEvent::Shared(pairs) => one(Step::Chat(ChatEvent::Shared(pairs))),
            WidgetEvent::Changed(key, value) => one(Step::Chat(ChatEvent::Changed(key, value))),
            WidgetEvent::Found(pairs) => one(Step::Chat(ChatEvent::Found(pairs))),
            WidgetEvent::Unkept => one(Step::Chat(ChatEvent::Unkept)),
            WidgetEvent::Locked => one(Step::Tabs(TabsEvent::Locked)),
            WidgetEvent::LockLost => one(Step::Tabs(TabsEvent::LockLost)),
            WidgetEvent::Heard(value) => Message::from_value(&value)
                .map(|message| Step::Tabs(TabsEvent::Heard(message)))
                .into_iter()
                .collect(),
            // An answer to an earlier question may come late, and be of a customer who has left meanwhile.
            WidgetEvent::Token(number, token) if number == self.asked => self.token(token, effects),
            WidgetEvent::Token(..) => Steps::new(),
            WidgetEvent::Logout => one(Step::Chat(ChatEvent::Logout)),
            WidgetEvent::Tick => {
                self.wake = None;
                [Step::Chat(ChatEvent::Tick), Step::Link(LinkEvent::Tick), Step::Tabs(TabsEvent::Tick)].into()
            }
        }
    }

    fn closed(&mut self, socket: Socket, code: u16, effects: &mut Effects) -> Steps {
        let mut steps = Steps::new();
        if code == BAD_TOKEN && !self.chat.settings.token {
            let text = "the backend wants to know who the customer is: give the loader a token (see README)";
            effects.push(WidgetEffect::Warn(text.to_string()));
        }
        if code == BAD_TOKEN || code == STRANGER {
            steps.push_back(Step::Chat(ChatEvent::Token(None)));
        }
        if code == STRANGER {
            steps.push_back(Step::Chat(ChatEvent::Stranger));
        }
        steps.push_back(Step::Link(LinkEvent::Closed(socket, code)));
        steps
    }

    fn ask(&mut self, effects: &mut Effects) {
        self.asked += 1;
        self.asked_left = self.chat.left();
        effects.push(WidgetEffect::Token(self.asked));
    }

    fn token(&mut self, token: Option<String>, effects: &mut Effects) -> Steps {
        if self.asked_left != self.chat.left() {
            if self.attempt.is_some() {
                self.ask(effects);
            }
            return Steps::new();
        }
        let attempt = self.attempt.take();
        let known = token.is_some();
        let mut steps = Steps::from([Step::Chat(ChatEvent::Token(token))]);
        match attempt {
            Some(socket) if known => effects.push(WidgetEffect::Connect(socket)),
            // Without it there is no use in trying: later, perhaps.
            Some(socket) => steps.push_back(Step::Link(LinkEvent::Closed(socket, BAD_TOKEN))),
            None => {}
        }
        steps
    }

    fn of_tabs(&mut self, effect: TabsEffect, steps: &mut Steps, effects: &mut Effects) {
        match effect {
            TabsEffect::Listen(on) => effects.push(WidgetEffect::Listen(on)),
            TabsEffect::Join => effects.push(WidgetEffect::Join),
            TabsEffect::Leave => effects.push(WidgetEffect::Leave),
            TabsEffect::Steal => effects.push(WidgetEffect::Steal),
            TabsEffect::Post(message) => effects.push(WidgetEffect::Post(message.to_value())),
            TabsEffect::Connect(socket) if self.chat.lacks_token() => {
                self.attempt = Some(socket);
                self.ask(effects);
            }
            TabsEffect::Connect(socket) => effects.push(WidgetEffect::Connect(socket)),
            TabsEffect::Transmit(socket, frame) => effects.push(WidgetEffect::Transmit(socket, frame)),
            TabsEffect::Close(socket) => {
                self.attempt = self.attempt.filter(|attempt| *attempt != socket);
                effects.push(WidgetEffect::Close(socket));
            }
            TabsEffect::Link(event) => steps.push_back(Step::Link(event)),
            TabsEffect::Chat(event) => steps.push_back(Step::Chat(event)),
        }
    }

    /// Which part this tab has among the visitor's tabs.
    pub fn role(&self) -> Role {
        self.tabs.role()
    }

    /// `zone` is the visitor's offset from UTC in minutes, east positive.
    pub fn view(&self, zone: i32) -> View {
        View::of(&self.chat, zone)
    }

    pub fn chat(&self) -> &Chat {
        &self.chat
    }
}

fn of_chat(effect: ChatEffect, save: &mut bool, steps: &mut Steps, effects: &mut Effects) {
    match effect {
        ChatEffect::Want(wanted) => {
            steps.push_back(Step::Tabs(TabsEvent::Want(wanted)));
            steps.push_back(Step::Link(LinkEvent::Want(wanted)));
        }
        ChatEffect::Send(frame) => steps.push_back(Step::Link(LinkEvent::Send(frame))),
        ChatEffect::Awaiting(awaiting) => steps.push_back(Step::Link(LinkEvent::Awaiting(awaiting))),
        ChatEffect::Restart => steps.push_back(Step::Link(LinkEvent::Restart)),
        ChatEffect::Save => *save = true,
        ChatEffect::Keep(key, value) => effects.push(WidgetEffect::Keep(key, value)),
        ChatEffect::Wipe => {
            *save = false;
            effects.push(WidgetEffect::Wipe);
        }
        ChatEffect::Look => effects.push(WidgetEffect::Look),
        ChatEffect::Left => steps.push_back(Step::Tabs(TabsEvent::Say(What::Left))),
        ChatEffect::Discarded(cid) => steps.push_back(Step::Tabs(TabsEvent::Say(What::Discarded(cid)))),
        ChatEffect::Answer(frame) => steps.push_back(Step::Tabs(TabsEvent::Answer(frame))),
        ChatEffect::Fact(fact) => effects.push(WidgetEffect::Fact(fact)),
        ChatEffect::Availability(said) => effects.push(WidgetEffect::Availability(said)),
        ChatEffect::Focus(focus) => effects.push(WidgetEffect::Focus(focus)),
        ChatEffect::Warn(text) => effects.push(WidgetEffect::Warn(text)),
    }
}

fn of_link(effect: LinkEffect, steps: &mut Steps, effects: &mut Effects) {
    match effect {
        LinkEffect::Connect(socket) => steps.push_back(Step::Tabs(TabsEvent::Connect(socket))),
        LinkEffect::Transmit(socket, frame) => {
            steps.push_back(Step::Tabs(TabsEvent::Transmit(socket, frame)));
        }
        LinkEffect::Close(socket) => steps.push_back(Step::Tabs(TabsEvent::Close(socket))),
        LinkEffect::Greet => steps.push_back(Step::Chat(ChatEvent::Greet)),
        LinkEffect::Deliver(frame) => {
            steps.push_back(Step::Tabs(TabsEvent::Told(frame.clone())));
            steps.push_back(Step::Chat(ChatEvent::Frame(frame)));
        }
        LinkEffect::Status(status) => {
            steps.push_back(Step::Chat(ChatEvent::Link(status)));
            steps.push_back(Step::Tabs(TabsEvent::Status(status)));
        }
        LinkEffect::Warn(text) => effects.push(WidgetEffect::Warn(text)),
    }
}
