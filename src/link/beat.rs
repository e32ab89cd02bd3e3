//! The heartbeat: finds connections that look open and are not.
//!
//! The browser answers protocol pings even for a frozen page, and a socket may take for ever to notice that its
//! network is gone. So the widget asks by frames of its own, and believes only answers.

use crate::time::Millis;

/// Silence after which the other side is asked, and the wait for its answer: 12 s together.
const QUIET: Millis = 8_000;
const ANSWER: Millis = 4_000;
/// The same while something sent awaits its acknowledgement: 6 s together.
const QUIET_AWAITING: Millis = 2_500;
const ANSWER_AWAITING: Millis = 3_500;
/// An acknowledgement this late means that sending no longer works, whatever arrives.
const ACKNOWLEDGED: Millis = 10_000;
/// A hidden page has nobody waiting in front of it, and its timers are throttled.
const QUIET_HIDDEN: Millis = 30_000;

#[derive(Debug)]
pub struct Beat {
    pub visible: bool,
    last_heard: Millis,
    /// The unanswered ping: when it was sent.
    asked: Option<Millis>,
    next_id: u64,
    awaiting: Option<Millis>,
    doubted: bool,
}

impl Default for Beat {
    fn default() -> Self {
        Beat { visible: true, last_heard: 0, asked: None, next_id: 1, awaiting: None, doubted: false }
    }
}

impl Beat {
    pub fn start(&mut self, now: Millis) {
        self.heard(now);
        // What waits has to wait anew: it goes out again on this connection.
        self.acknowledged(now);
    }

    pub fn heard(&mut self, now: Millis) {
        self.last_heard = now;
        self.asked = None;
        self.doubted = false;
    }

    /// Sending works, even if more is outstanding: whoever writes fast always awaits something.
    pub fn acknowledged(&mut self, now: Millis) {
        self.awaiting = self.awaiting.map(|_| now);
    }

    pub fn awaiting(&mut self, now: Millis, awaiting: bool) {
        self.awaiting = awaiting.then_some(now);
    }

    /// Ask at once instead of waiting for silence to grow long.
    pub fn doubt(&mut self, now: Millis) {
        self.doubted = self.asked.is_none() && now > self.last_heard;
    }

    /// Whether the connection must be given up.
    pub fn dead(&self, now: Millis) -> bool {
        let unanswered = self.asked.is_some_and(|at| now >= at + self.answer());
        unanswered || self.awaiting.is_some_and(|since| now >= since + ACKNOWLEDGED)
    }

    /// The id of the ping to send now, if one is due.
    pub fn ping(&mut self, now: Millis) -> Option<u64> {
        if self.asked.is_some() || !(self.doubted || now >= self.quiet_until()) {
            return None;
        }
        self.asked = Some(now);
        self.next_id += 1;
        Some(self.next_id - 1)
    }

    /// When either of them may change.
    pub fn next(&self) -> Millis {
        let next = self.asked.map_or_else(|| self.quiet_until(), |at| at + self.answer());
        self.awaiting.map_or(next, |since| next.min(since + ACKNOWLEDGED))
    }

    fn quiet_until(&self) -> Millis {
        match self.awaiting {
            Some(since) => self.last_heard.max(since) + QUIET_AWAITING,
            None if self.visible => self.last_heard + QUIET,
            None => self.last_heard + QUIET_HIDDEN,
        }
    }

    fn answer(&self) -> Millis {
        if self.awaiting.is_some() { ANSWER_AWAITING } else { ANSWER }
    }
}
