//! The tab's storage. It may be denied, full or tampered with: then there is simply nothing in it.

use super::json;
use super::page::window;
use crate::value::Value;

/// What the conversation keeps.
pub const CHAT: &str = "bharosa.chat";

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok()?
}

pub fn read(key: &str) -> Option<Value> {
    json::parse(&storage()?.get_item(key).ok()??)
}

pub fn write(key: &str, value: &Value) {
    if let Some(storage) = storage() {
        // Full or denied: the conversation goes on within this page.
        let _ = storage.set_item(key, &json::stringify(value));
    }
}

pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}
