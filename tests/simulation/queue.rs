//! What is going to happen, in the order of the virtual clock; what falls on the same moment keeps the order in which
//! it was put in, so that a seed tells the same story every time.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

pub struct Queue<E> {
    heap: BinaryHeap<Reverse<Slot<E>>>,
    made: u64,
}

struct Slot<E> {
    at: u64,
    number: u64,
    what: E,
}

impl<E> Queue<E> {
    pub fn new() -> Queue<E> {
        Queue { heap: BinaryHeap::new(), made: 0 }
    }

    pub fn push(&mut self, at: u64, what: E) {
        self.made += 1;
        self.heap.push(Reverse(Slot { at, number: self.made, what }));
    }

    /// The next happening, if it comes no later than `until`.
    pub fn pop(&mut self, until: u64) -> Option<(u64, E)> {
        if self.heap.peek().is_none_or(|next| next.0.at > until) {
            return None;
        }
        self.heap.pop().map(|slot| (slot.0.at, slot.0.what))
    }
}

impl<E> Ord for Slot<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.number).cmp(&(other.at, other.number))
    }
}

impl<E> PartialOrd for Slot<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> PartialEq for Slot<E> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<E> Eq for Slot<E> {}
