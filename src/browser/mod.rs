//! The shell: the only place that touches the page. One file per duty; nothing here decides anything.

pub mod clock;
pub mod json;
pub mod listen;
pub mod options;
pub mod page;
pub mod pump;
pub mod say;
pub mod socket;
pub mod store;
pub mod timer;
pub mod tracker;
pub mod watch;

use crate::text::glue;
use wasm_bindgen::JsValue;

/// Writes to the developer's console; never throws.
pub fn warn(text: &str) {
    web_sys::console::warn_1(&JsValue::from_str(&glue(&["bharosa: ", text])));
}
