//! Where changes are kept, and where secrets come from, as the core sees them.

use std::fmt;

use crate::change::Change;

/// Keeps changes.
pub trait Store {
    /// Keeps all of these or none. When it returns `Ok`, a power cut cannot take them away.
    fn commit(&mut self, changes: &[Change]) -> Result<(), Failure>;
}

/// Draws secrets.
pub trait Ids {
    /// Bits that nobody can guess.
    fn draw(&mut self) -> Result<u128, Failure>;
}

/// What a store holds when the desk opens.
#[derive(Clone, Debug)]
pub struct Saved {
    /// Names this store's log: a new store has a new epoch.
    pub epoch: String,
    /// In an order in which they can be applied.
    pub changes: Vec<Change>,
}

/// Something outside the core failed. Meant for the operator, not for clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A secret as it is written in frames.
pub fn secret(prefix: &str, bits: u128) -> String {
    format!("{prefix}-{bits:032x}")
}
