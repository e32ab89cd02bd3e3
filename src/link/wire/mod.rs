//! Frames of `bharosa.v1` as they stand in `docs/bharosa.v1.asyncapi.json`: values in, frames out, and back.
//!
//! Decoded by hand from [`crate::value::Value`]: it names the path of what is wrong, ignores what it does not know,
//! and costs no serde in the browser.

mod client;
mod entry;
mod person;
mod read;
mod server;
mod told;

pub use client::{ClientFrame, Resume, RouteFrame};
pub use entry::{Entry, What};
pub use person::{Person, Sender};
pub use server::{Conversation, ConversationState, ServerFrame, Welcome};

/// The subprotocol named when the socket opens.
pub const PROTOCOL: &str = "bharosa.v1";

/// Longest frame in either direction, in bytes.
pub const MAX_FRAME: usize = 65_536;
