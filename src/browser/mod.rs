//! The shell: the only place that touches the page. One file per duty; nothing here decides anything.
//!
//! The panel's shell is Rust. The tracker's is JavaScript, in `page/`, behind the two functions of `tracker.rs`.

pub mod clock;
pub mod json;
pub mod listen;
pub mod options;
pub mod page;
pub mod pump;
pub mod shared;
pub mod socket;
pub mod store;
pub mod timer;
pub mod tracker;

use crate::text::glue;
use wasm_bindgen::JsValue;

/// Writes to the developer's console; never throws.
pub fn warn(text: &str) {
    web_sys::console::warn_1(&JsValue::from_str(&glue(&["bharosa: ", text])));
}
