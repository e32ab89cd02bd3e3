//! How far the visitor went with the widget.

use crate::time::Millis;

/// Where the chat stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChatState {
    #[default]
    Never,
    Open,
    Closed,
    Live,
    Ended,
}

impl ChatState {
    const ALL: [ChatState; 5] =
        [ChatState::Never, ChatState::Open, ChatState::Closed, ChatState::Live, ChatState::Ended];

    pub fn name(self) -> &'static str {
        match self {
            ChatState::Never => "never",
            ChatState::Open => "open",
            ChatState::Closed => "closed",
            ChatState::Live => "live",
            ChatState::Ended => "ended",
        }
    }

    pub fn named(name: &str) -> Option<ChatState> {
        ChatState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// The chat's state, and the last thing that happened between visitor and widget.
#[derive(Debug, Default)]
pub struct Engagement {
    pub chat: ChatState,
    /// When a message was last dismissed, on the wall clock.
    pub dismissed: Option<Millis>,
    /// When the chat last changed its state, on the wall clock.
    pub changed: Option<Millis>,
}

impl Engagement {
    /// The chat is now `state`.
    pub fn chat(&mut self, state: ChatState, wall: Millis) {
        if self.chat != state {
            self.chat = state;
            self.changed = Some(wall);
        }
    }

    pub fn name(&self) -> &'static str {
        if self.dismissed > self.changed { "dismissed" } else { self.chat.name() }
    }

    /// When the last of these happened, on the wall clock.
    pub fn since(&self) -> Option<Millis> {
        self.dismissed.max(self.changed)
    }
}
