//! The one gate all storage passes: nothing is kept beyond the page before the visitor consents or acts.

/// What the visitor has allowed so far, in words or by what they did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gate {
    /// What the page told of the visitor's consent to personalisation; `None` before it told anything.
    pub consent: Option<bool>,
    /// The visitor opened the chat.
    pub acted: bool,
}

impl Gate {
    /// Whether anything may be kept for the next page.
    pub fn keeps(self) -> bool {
        self.acted || self.consent == Some(true)
    }

    /// Whether the journey may be kept too. A "no" holds even after the chat was opened.
    pub fn keeps_journey(self) -> bool {
        self.keeps() && self.consent != Some(false)
    }
}
