//! The conversation and its connection as one machine: what the panel's shell talks to.

use crate::chat::{Chat, ChatEffect, ChatEvent, Settings};
use crate::link::wire::{ClientFrame, ServerFrame};
use crate::link::{Link, LinkEffect, LinkEvent, Socket};
use crate::offer::ChatFact;
use crate::time::{Millis, Moment};
use crate::value::Value;
use crate::view::View;
use std::collections::VecDeque;

/// All that can happen to the panel.
#[derive(Debug, Clone, PartialEq)]
pub enum WidgetEvent {
    Chat(ChatEvent),
    Opened(Socket),
    Received(Socket, ServerFrame),
    Closed(Socket, u16),
    Online,
    Visible(bool),
    /// The page goes away, perhaps into the back/forward cache.
    Leaving,
    /// The page came back from there.
    Back,
    Tick,
}

/// All the panel may ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum WidgetEffect {
    Connect(Socket),
    Transmit(Socket, ClientFrame),
    Close(Socket),
    Save(Value),
    Fact(ChatFact),
    Availability(Value),
    /// Put the focus into the composer, or give it back to the launcher.
    Focus(bool),
    Warn(String),
    /// Send [`WidgetEvent::Tick`] at this moment of the monotonic clock; replaces the wake-up before.
    Wake(Option<Millis>),
}

#[derive(Debug)]
pub struct Widget {
    chat: Chat,
    link: Link,
    wake: Option<Millis>,
}

enum Step {
    Chat(ChatEvent),
    Link(LinkEvent),
}

impl Widget {
    pub fn new(settings: Settings) -> Widget {
        Widget { chat: Chat::new(settings), link: Link::default(), wake: None }
    }

    pub fn handle(&mut self, now: Moment, event: WidgetEvent) -> Vec<WidgetEffect> {
        let mut effects = Vec::new();
        let mut steps: VecDeque<Step> = match event {
            WidgetEvent::Chat(event) => [Step::Chat(event)].into(),
            WidgetEvent::Opened(socket) => [Step::Link(LinkEvent::Opened(socket))].into(),
            WidgetEvent::Received(socket, frame) => [Step::Link(LinkEvent::Received(socket, frame))].into(),
            WidgetEvent::Closed(socket, code) => [Step::Link(LinkEvent::Closed(socket, code))].into(),
            WidgetEvent::Online => [Step::Link(LinkEvent::Online)].into(),
            WidgetEvent::Visible(visible) => {
                [Step::Link(LinkEvent::Visible(visible)), Step::Chat(ChatEvent::Visible(visible))].into()
            }
            // Saved before the socket goes, so that nothing said at the last moment is missed.
            WidgetEvent::Leaving => [Step::Chat(ChatEvent::Leaving), Step::Link(LinkEvent::Leaving)].into(),
            WidgetEvent::Back => [Step::Link(LinkEvent::Back)].into(),
            WidgetEvent::Tick => {
                self.wake = None;
                [Step::Chat(ChatEvent::Tick), Step::Link(LinkEvent::Tick)].into()
            }
        };
        while let Some(step) = steps.pop_front() {
            match step {
                Step::Chat(event) => {
                    for effect in self.chat.handle(now, event) {
                        pass_down(effect, &mut steps, &mut effects);
                    }
                }
                Step::Link(event) => {
                    for effect in self.link.handle(now, event) {
                        pass_up(effect, &mut steps, &mut effects);
                    }
                }
            }
        }
        let wake = self.chat.wake().into_iter().chain(self.link.wake()).min();
        if wake != self.wake {
            self.wake = wake;
            effects.push(WidgetEffect::Wake(wake));
        }
        effects
    }

    /// `zone` is the visitor's offset from UTC in minutes, east positive.
    pub fn view(&self, zone: i32) -> View {
        View::of(&self.chat, zone)
    }

    pub fn chat(&self) -> &Chat {
        &self.chat
    }
}

fn pass_down(effect: ChatEffect, steps: &mut VecDeque<Step>, effects: &mut Vec<WidgetEffect>) {
    match effect {
        ChatEffect::Want(wanted) => steps.push_back(Step::Link(LinkEvent::Want(wanted))),
        ChatEffect::Send(frame) => steps.push_back(Step::Link(LinkEvent::Send(frame))),
        ChatEffect::Awaiting(awaiting) => steps.push_back(Step::Link(LinkEvent::Awaiting(awaiting))),
        ChatEffect::Restart => steps.push_back(Step::Link(LinkEvent::Restart)),
        ChatEffect::Save(value) => {
            // One write an event: the last one holds all.
            effects.retain(|effect| !matches!(effect, WidgetEffect::Save(_)));
            effects.push(WidgetEffect::Save(value));
        }
        ChatEffect::Fact(fact) => effects.push(WidgetEffect::Fact(fact)),
        ChatEffect::Availability(said) => effects.push(WidgetEffect::Availability(said)),
        ChatEffect::Focus(focus) => effects.push(WidgetEffect::Focus(focus)),
        ChatEffect::Warn(text) => effects.push(WidgetEffect::Warn(text)),
    }
}

fn pass_up(effect: LinkEffect, steps: &mut VecDeque<Step>, effects: &mut Vec<WidgetEffect>) {
    match effect {
        LinkEffect::Connect(socket) => effects.push(WidgetEffect::Connect(socket)),
        LinkEffect::Transmit(socket, frame) => effects.push(WidgetEffect::Transmit(socket, frame)),
        LinkEffect::Close(socket) => effects.push(WidgetEffect::Close(socket)),
        LinkEffect::Greet => steps.push_back(Step::Chat(ChatEvent::Greet)),
        LinkEffect::Deliver(frame) => steps.push_back(Step::Chat(ChatEvent::Frame(frame))),
        LinkEffect::Status(status) => steps.push_back(Step::Chat(ChatEvent::Link(status))),
    }
}
