//! What the tests share.

pub mod client;
pub mod http;
pub mod program;
pub mod schema;
pub mod short;
pub mod stage;
