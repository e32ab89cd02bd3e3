//! Bharosa: a customer-experience widget for banks.
//!
//! Three machines of one shape, `handle(&mut self, now, event) -> effects`, hold every decision:
//! [`tracker::Tracker`] on every page, [`chat::Chat`] and [`link::Link`] (together [`widget::Widget`]) when the
//! panel is wanted.
//! They own no clock, no randomness, no storage and no page: those come in as events and go out as effects.
//! `browser` performs the effects, `ui` draws the view; both exist only on wasm32.
//!
//! Where to start: `tracker.rs` for what happens on a page, `widget.rs` for what happens in a conversation,
//! `ARCHITECTURE.md` for the map.
#![forbid(unsafe_code)]

// The vocabulary.
pub mod fact;
pub mod json;
pub mod report;
pub mod text;
pub mod time;
pub mod value;

// What rules are made of.
pub mod calendar;
pub mod condition;
pub mod experiment;
pub mod hash;
pub mod signal;

// What the bank's marketers write.
pub mod config;

// Every page.
pub mod effect;
pub mod event;
pub mod gate;
pub mod journey;
pub mod offer;
pub mod prompt;
pub mod rules;
pub mod tracker;

// When the panel is wanted.
pub mod chat;
pub mod link;
pub mod tabs;
pub mod view;
pub mod widget;

// The desk.
#[cfg(feature = "cli")]
pub mod cli;

// The page itself.
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;

/// The version both browser files carry; the loader refuses a mismatch.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
