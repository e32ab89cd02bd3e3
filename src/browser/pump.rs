//! One event in, all its effects out, then the next.
//!
//! Performing an effect can raise a DOM event synchronously, and that event must wait its turn: a second borrow
//! of the machine would be a panic in the bank's page.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

pub struct Pump<Event> {
    waiting: RefCell<VecDeque<Event>>,
    busy: Cell<bool>,
}

impl<Event> Default for Pump<Event> {
    fn default() -> Self {
        Pump { waiting: RefCell::default(), busy: Cell::new(false) }
    }
}

impl<Event> Pump<Event> {
    /// Hands `event` to `step`, now or as soon as the events before it are done.
    pub fn push(&self, event: Event, step: impl Fn(Event)) {
        self.waiting.borrow_mut().push_back(event);
        if self.busy.replace(true) {
            return;
        }
        loop {
            // The borrow ends before the step begins.
            let next = self.waiting.borrow_mut().pop_front();
            match next {
                Some(event) => step(event),
                None => break,
            }
        }
        self.busy.set(false);
    }
}
