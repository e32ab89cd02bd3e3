//! Mistakes as a number. Every method is small enough to vanish, with the words given to it.

/// Mistakes counted.
#[derive(Debug, Default)]
pub struct Report {
    count: usize,
}

/// Who knows the type of a fact: of interest to sentences only.
#[derive(Debug, Clone, Copy)]
pub enum Types {
    Fixed,
    Declared,
    Missing,
}

impl Report {
    /// How many mistakes there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.count
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    #[inline]
    pub fn add(&mut self, _problem: impl Into<String>) {
        self.count += 1;
    }

    #[inline]
    pub fn wrong(&mut self, _parts: &[&str]) {
        self.count += 1;
    }

    #[inline]
    pub fn put(&mut self, _problem: impl FnOnce() -> String) {
        self.count += 1;
    }

    #[inline]
    pub fn meaning(&mut self, _parts: &[&str]) {
        self.count += 1;
    }

    #[inline]
    pub fn at_most(&mut self, _max: usize, _found: usize, _what: &str) {
        self.count += 1;
    }

    #[inline]
    pub fn at_least(&mut self, _min: usize, _what: &str) {
        self.count += 1;
    }

    #[inline]
    pub fn outside(&mut self, _what: &str, _min: f64, _max: f64) {
        self.count += 1;
    }

    #[inline]
    pub fn expected(&mut self, _what: &str, _found: &str) {
        self.count += 1;
    }

    #[inline]
    pub fn unknown(&mut self, _noun: &str, _word: &str, _known: &[&str]) {
        self.count += 1;
    }

    #[inline]
    pub fn unknown_among(&mut self, _noun: &str, _word: &str, _known: impl FnOnce() -> Vec<String>) {
        self.count += 1;
    }

    #[inline]
    pub fn absent(&mut self, _word: &str, _place: &str, _known: impl FnOnce() -> Vec<String>) {
        self.count += 1;
    }

    #[inline]
    pub fn types(&mut self, _types: Types) {}

    #[inline]
    pub fn unsuited(&mut self) {
        self.count += 1;
    }

    #[inline]
    pub fn mistyped(&mut self, _what: &str, _found: &str) {
        self.count += 1;
    }

    #[inline]
    #[must_use]
    pub fn enter(&mut self, _key: &str) -> usize {
        0
    }

    #[inline]
    #[must_use]
    pub fn enter_nth(&mut self, _index: usize) -> usize {
        0
    }

    #[inline]
    pub fn leave(&mut self, _mark: usize) {}
}
