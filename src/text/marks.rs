//! Finding again what was met before, without a comparison with everything that was.

/// The mark of `text` where the one before it has `mark`: equal texts share one, and different ones rarely do.
pub fn mark(mut mark: u64, text: &str) -> u64 {
    for byte in text.bytes() {
        mark = mixed(mark, u64::from(byte));
    }
    mark
}

/// The mark of something that is as good as a number.
pub fn mixed(mark: u64, number: u64) -> u64 {
    // An odd number whose bits have no pattern: every bit of the factors reaches the highest ones.
    (mark ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Things in the order in which they were added, by their marks.
#[derive(Debug)]
pub struct Marks {
    /// Of those whose marks begin alike: how many things there were with the last of them.
    last: [usize; 256],
    /// Each thing's mark, and the same for the one before it.
    all: Vec<(u64, usize)>,
}

impl Default for Marks {
    fn default() -> Marks {
        Marks { last: [0; 256], all: Vec::new() }
    }
}

impl Marks {
    /// The number of the thing with this mark that `is` the one.
    pub fn find(&self, mark: u64, is: &mut dyn FnMut(usize) -> bool) -> Option<usize> {
        let mut many = self.last[start(mark)];
        loop {
            let number = many.checked_sub(1)?;
            let (other, before) = self.all.get(number)?;
            if *other == mark && is(number) {
                return Some(number);
            }
            many = *before;
        }
    }

    /// Adds a thing; its number is the number of things before.
    pub fn add(&mut self, mark: u64) {
        let last = &mut self.last[start(mark)];
        self.all.push((mark, *last));
        *last = self.all.len();
    }
}

/// Below 256.
fn start(mark: u64) -> usize {
    usize::from((mark >> 56) as u8)
}
