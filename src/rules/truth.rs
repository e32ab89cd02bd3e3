//! What is known of whether a condition holds.

/// Two bits: can it be true, can it be false. Unknown is neither: a rule that needs what is not known does not fire,
/// whichever way the condition is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth(u8);

impl Truth {
    pub const UNKNOWN: Truth = Truth(0);
    pub const TRUE: Truth = Truth(1);
    pub const FALSE: Truth = Truth(2);
    /// Either, depending on what is left open.
    pub const MAYBE: Truth = Truth(3);

    pub fn of(holds: bool) -> Truth {
        if holds { Truth::TRUE } else { Truth::FALSE }
    }

    pub fn possible(self) -> bool {
        self.0 & 1 != 0
    }

    pub fn and(self, other: Truth) -> Truth {
        Truth(self.0 & other.0 & 1 | (self.0 | other.0) & 2)
    }
}

/// What may be left open when asking whether a rule could hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Nothing,
    /// Facts that change with time alone.
    Clocks,
    /// Variants of experiments.
    Variants,
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        Truth(self.0 >> 1 | (self.0 & 1) << 1)
    }
}
