//! What the rules wait for.
//!
//! Rules whose condition holds and that have not fired since wait in one of two places, so that an event looks at
//! none that it does not concern: for whatever holds back all of them or all messages to pass, in their order; or for
//! their own moment, the end of a delay or of a cool-down, in one heap of deadlines.

use super::heap::Heap;
use super::{Now, Rules};
use crate::journey::NEVER;
use crate::time::Millis;

/// Two clocks that are read in whole milliseconds agree no better than this; more tells that one was set.
const AGREE: u64 = 20;

/// A place that no rule has.
const NONE: usize = usize::MAX;

impl Rules {
    /// Looks at every rule anew: whichever could fire is ready, and none waits for a moment.
    pub(super) fn gather(&mut self) {
        self.ready.iter_mut().for_each(Heap::clear);
        self.deadlines.clear();
        for index in 0..self.rules.len() {
            let armed = &mut self.rules[index];
            (armed.ready, armed.waits, armed.queued) = (false, NEVER, NEVER);
            if !armed.fired && self.engine.holds(index) {
                self.prepare(index);
            }
        }
    }

    fn prepare(&mut self, index: usize) {
        let armed = &mut self.rules[index];
        if !std::mem::replace(&mut armed.ready, true) {
            self.ready[usize::from(armed.shows)].add(index as u64, index);
        }
    }

    /// Takes notice of every condition that began or ceased to hold.
    pub fn settle(&mut self) {
        while let Some((index, holds)) = self.engine.changed() {
            if holds {
                self.prepare(index);
            } else {
                let armed = &mut self.rules[index];
                (armed.fired, armed.due, armed.waits) = (false, None, NEVER);
                self.version += 1;
            }
        }
    }

    /// Takes notice of the conditions and of the time.
    pub fn catch_up(&mut self, lived: Millis, wall: Millis) {
        self.settle();
        let ahead = wall.wrapping_sub(lived) as i64;
        if ahead.abs_diff(self.ahead) > AGREE {
            // Cool-downs go by the clock on the wall.
            self.ahead = ahead;
            self.gather();
        }
        while self.due() <= lived {
            if let Some((_, index)) = self.deadlines.first() {
                self.deadlines.take();
                let armed = &mut self.rules[index];
                (armed.waits, armed.queued) = (NEVER, NEVER);
                self.prepare(index);
            }
        }
    }

    /// The first rule that is ready and that nothing holds back; it counts as fired.
    pub fn fire(&mut self, now: &Now) -> Option<usize> {
        if now.all.is_some() {
            return None;
        }
        loop {
            let showing = if now.messages.is_none() { self.first(true) } else { NONE };
            let index = self.first(false).min(showing);
            let armed = self.rules.get_mut(index)?;
            armed.ready = false;
            self.ready[usize::from(armed.shows)].take();
            if armed.over().is_some() {
                // For this page at least: whatever lets it fire again looks at all rules anew.
                continue;
            }
            let until = if let Some(until) = armed.counts.pause(armed.rule.cooldown, now.wall) {
                now.lived + (until - now.wall)
            } else {
                // The delay begins when nothing else stands in the way, and everything is asked again when it ends.
                *armed.due.get_or_insert(now.lived + armed.rule.delay)
            };
            if until <= now.lived {
                armed.counts.add(now.wall);
                (armed.fired, armed.due) = (true, None);
                self.version += 1;
                return Some(index);
            }
            armed.waits = until;
            self.queue(index);
        }
    }

    /// The first rule that is ready, of those that show something or of the others; [`NONE`] if none is.
    fn first(&mut self, shows: bool) -> usize {
        let ready = &mut self.ready[usize::from(shows)];
        while let Some((_, index)) = ready.first() {
            if self.engine.holds(index) {
                return index;
            }
            ready.take();
            self.rules[index].ready = false;
        }
        NONE
    }

    /// Puts a rule that waits among the deadlines. One that is there already is found when its earlier moment comes.
    fn queue(&mut self, index: usize) {
        let armed = &mut self.rules[index];
        if armed.waits < armed.queued {
            armed.queued = armed.waits;
            self.deadlines.add(armed.waits, index);
        }
    }

    /// When the next delay or cool-down ends, in milliseconds of the session; [`NEVER`] if none does.
    pub fn due(&mut self) -> Millis {
        while let Some((at, index)) = self.deadlines.first() {
            let armed = &mut self.rules[index];
            if armed.queued == at {
                if armed.waits == at {
                    return at;
                }
                armed.queued = NEVER;
            }
            self.deadlines.take();
            self.queue(index);
        }
        NEVER
    }

    /// Whether something would be shown if nothing held back messages.
    pub fn would_show(&mut self) -> bool {
        self.first(true) != NONE
    }

    /// Whether something may fire now.
    pub fn ready(&mut self) -> bool {
        self.first(false).min(self.first(true)) != NONE
    }
}
