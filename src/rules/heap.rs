//! Rules in the order of a number: of the moment at which they are looked at again, or of their own place.

/// A binary heap with the least number on top. By hand, because the library's costs more bytes.
///
/// What is in it need not be meant any more: whoever takes it out knows.
#[derive(Debug, Default)]
pub struct Heap(Vec<(u64, usize)>);

impl Heap {
    /// The least number, and which rule it belongs to.
    pub fn first(&self) -> Option<(u64, usize)> {
        self.0.first().copied()
    }

    pub fn add(&mut self, number: u64, rule: usize) {
        let mut at = self.0.len();
        self.0.push((number, rule));
        while at > 0 {
            let above = (at - 1) / 2;
            if self.0[above].0 <= number {
                return;
            }
            self.0.swap(at, above);
            at = above;
        }
    }

    /// Takes out the first.
    pub fn take(&mut self) {
        let Some(last) = self.0.pop() else { return };
        // The last one goes where the first was, and down from there.
        let (mut at, mut below) = (0, 1);
        while let Some(mut child) = self.0.get(below).copied() {
            if let Some(other) = self.0.get(below + 1)
                && other.0 < child.0
            {
                (child, below) = (*other, below + 1);
            }
            if last.0 <= child.0 {
                break;
            }
            self.0[at] = child;
            (at, below) = (below, below * 2 + 1);
        }
        if let Some(place) = self.0.get_mut(at) {
            *place = last;
        }
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}
