//! Who is writing: told sparingly, believed briefly.

use super::ChatEffect;
use crate::link::wire::ClientFrame;
use crate::time::Millis;

/// The agent is believed to write for so long after the last word of it.
const BELIEVED: Millis = 6_000;
/// "The visitor is writing" is repeated no faster, and taken back after so long without a change.
const REPEATED: Millis = 3_000;
const STOPPED: Millis = 5_000;

#[derive(Debug, Default)]
pub struct Typing {
    agent_until: Option<Millis>,
    told_at: Option<Millis>,
    wrote_at: Millis,
}

impl Typing {
    pub fn agent_writes(&self) -> bool {
        self.agent_until.is_some()
    }

    pub fn agent(&mut self, now: Millis, on: bool) {
        self.agent_until = on.then_some(now + BELIEVED);
    }

    pub fn agent_left(&mut self) {
        self.agent_until = None;
    }

    /// The visitor changed the draft; `talking` when there is somebody to tell and something to tell of.
    pub fn wrote(&mut self, now: Millis, talking: bool, effects: &mut Vec<ChatEffect>) {
        self.wrote_at = now;
        if !talking {
            self.sent(effects);
        } else if self.told_at.is_none_or(|at| now >= at + REPEATED) {
            self.told_at = Some(now);
            effects.push(ChatEffect::Send(ClientFrame::Typing(true)));
        }
    }

    /// The visitor has stopped writing, or sent what they wrote.
    pub fn sent(&mut self, effects: &mut Vec<ChatEffect>) {
        if self.told_at.take().is_some() {
            effects.push(ChatEffect::Send(ClientFrame::Typing(false)));
        }
    }

    pub fn due(&mut self, now: Millis, effects: &mut Vec<ChatEffect>) {
        if self.agent_until.is_some_and(|until| now >= until) {
            self.agent_until = None;
        }
        if self.told_at.is_some() && now >= self.wrote_at + STOPPED {
            self.sent(effects);
        }
    }

    pub fn wake(&self) -> Option<Millis> {
        self.agent_until.into_iter().chain(self.told_at.map(|_| self.wrote_at + STOPPED)).min()
    }
}
