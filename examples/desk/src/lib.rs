//! The reference backend of Bharosa, small enough to read in one sitting.
//!
//! The core knows neither clock, chance, network nor disk: [`Desk::handle`] takes the time and an
//! event and gives effects. What must last goes through a [`Store`] *before* anything else happens,
//! so that no frame can tell of something that a power cut could still undo. That shape lets a
//! simulation drive the very same protocol code under a virtual clock.
//!
//! In reading order: what is said (`entry`, `frame`, `agent_frame`), what is known (`change`,
//! `state`, `board`), what is done (`desk`, `visitor`, `agent`), where it is kept (`store`,
//! `sqlite`), and the shell around it (`server`).

pub mod agent_frame;
mod availability;
pub mod board;
pub mod change;
pub mod desk;
pub mod entry;
pub mod event;
pub mod frame;
pub mod id;
pub mod json;
pub mod limits;
pub mod rate;
pub mod refusal;
pub mod session;
pub mod state;
pub mod store;
pub mod token;

mod agent;
mod agent_signin;
mod connection;
mod excerpt;
mod record;
mod tell;
mod transfer;
mod vanished;
mod visitor;
mod visitor_fetch;
mod visitor_hello;

#[cfg(feature = "server")]
pub mod options;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "server")]
pub mod sqlite;
#[cfg(feature = "server")]
mod sqlite_load;

pub use desk::Desk;
pub use event::{Counts, Door, Effect, Event, Frame, Settings, Socket};
pub use store::{Failure, Ids, Saved, Store};
