//! The desk from the outside: its core on a stage, and the built program over real sockets.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so by failing")]

mod support;

mod agents;
mod bad_input;
mod boards;
mod conversations;
mod documented;
mod doors;
mod history;
mod long;
mod pages;
mod power_cut;
mod resuming;
mod retention;
mod storage;
mod story;
mod tokens;
mod transfers;
mod vanished;
