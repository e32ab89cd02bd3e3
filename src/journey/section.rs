//! How long each section of the page was read: while it is in view and the page itself is being read.

use crate::time::Millis;

/// One section that some rule asks about.
#[derive(Debug, Default)]
pub struct Section {
    pub id: String,
    pub seen: bool,
    /// All times together, and the time since it last came into view.
    pub total: Millis,
    pub continuous: Millis,
}

/// The sections of this page view.
#[derive(Debug, Default)]
pub struct Sections(Vec<Section>);

impl Sections {
    /// Keeps an account of the section `id` from now on.
    pub fn watch(&mut self, id: &str) {
        if self.place(id).is_none() {
            self.0.push(Section { id: id.to_string(), ..Section::default() });
        }
    }

    pub fn place(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|section| section.id == id)
    }

    pub fn at(&self, place: usize) -> Option<&Section> {
        self.0.get(place)
    }

    /// A section came into view or went out of it.
    pub fn seen(&mut self, id: &str, seen: bool) {
        if let Some(section) = self.0.iter_mut().find(|section| section.id == id)
            && section.seen != seen
        {
            section.seen = seen;
            section.continuous = 0;
        }
    }

    /// The page was read for so long since the last call.
    pub fn advance(&mut self, engaged: Millis) {
        for section in &mut self.0 {
            if section.seen {
                section.total += engaged;
                section.continuous += engaged;
            }
        }
    }

    /// A new page view: nothing has been seen of it.
    pub fn clear(&mut self) {
        for section in &mut self.0 {
            (section.seen, section.total, section.continuous) = (false, 0, 0);
        }
    }
}
