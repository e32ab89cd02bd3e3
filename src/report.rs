//! What is wrong with a config, where, and what was probably meant.
//!
//! With the feature `sentences` every mistake is kept with its path and words, for people. Without it, as in the
//! tracker, mistakes are only counted: what is left out of a config is the same, and nobody pays for the words.

#[cfg(not(feature = "sentences"))]
mod counted;
#[cfg(feature = "sentences")]
mod elsewhere;
#[cfg(feature = "sentences")]
mod mistake;
#[cfg(feature = "sentences")]
mod near;
#[cfg(feature = "sentences")]
mod told;

#[cfg(not(feature = "sentences"))]
pub use counted::{Report, Types};
#[cfg(feature = "sentences")]
pub use mistake::{Class, ConfigError};
#[cfg(feature = "sentences")]
pub use near::closest;
#[cfg(feature = "sentences")]
pub use told::{Report, Types};
