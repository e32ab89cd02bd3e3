//! What is measured: the tracker and its engine on a config as large as configs may be.

pub mod addresses;
mod config;
pub mod counting;
pub mod rules;
mod subject;
pub mod waiting;
mod works;

pub use works::{Bench, WORKS, Work};
