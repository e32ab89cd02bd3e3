//! What the loader hands to the widget when it mounts it.

use crate::text::glue;
use crate::value::Value;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

#[wasm_bindgen]
extern "C" {
    /// See `www/bharosa/bharosa.js`.
    pub type Mount;

    #[wasm_bindgen(method, getter)]
    pub fn config(this: &Mount) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub fn root(this: &Mount) -> ShadowRoot;
    #[wasm_bindgen(method, getter)]
    pub fn words(this: &Mount) -> JsValue;
    /// `www/bharosa/shared.js`.
    #[wasm_bindgen(method, getter)]
    pub fn shared(this: &Mount) -> Sharing;
    /// The page's function that says who the customer is, if it gave one.
    #[wasm_bindgen(method, getter)]
    pub fn token(this: &Mount) -> JsValue;
    /// Tells the tracker.
    #[wasm_bindgen(method, catch)]
    pub fn fact(this: &Mount, fact: &JsValue) -> Result<(), JsValue>;
    /// Gives the focus back to the launcher.
    #[wasm_bindgen(method, catch)]
    pub fn focus(this: &Mount) -> Result<(), JsValue>;

    /// See `www/bharosa/shared.js`.
    pub type Sharing;

    #[wasm_bindgen(method)]
    pub fn together(this: &Sharing) -> bool;
    #[wasm_bindgen(method)]
    pub fn share(this: &Sharing, tell: &JsValue) -> Shared;

    /// What the tabs share, as [`Sharing::share`] makes it.
    pub type Shared;

    #[wasm_bindgen(method)]
    pub fn look(this: &Shared);
    #[wasm_bindgen(method)]
    pub fn keep(this: &Shared, key: &str, value: &JsValue);
    #[wasm_bindgen(method)]
    pub fn listen(this: &Shared, on: bool);
    #[wasm_bindgen(method)]
    pub fn join(this: &Shared);
    #[wasm_bindgen(method)]
    pub fn leave(this: &Shared);
    #[wasm_bindgen(method)]
    pub fn steal(this: &Shared);
    #[wasm_bindgen(method)]
    pub fn post(this: &Shared, message: &JsValue);
    /// Asks `token`, the page's function, who the customer is.
    #[wasm_bindgen(method)]
    pub fn ask(this: &Shared, number: u32, token: &JsValue);
    #[wasm_bindgen(method)]
    pub fn sound(this: &Shared);
    #[wasm_bindgen(method)]
    pub fn notice(this: &Shared, count: u32);
    #[wasm_bindgen(method)]
    pub fn stop(this: &Shared);
}

/// The plain part of the options.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Options {
    pub lang: String,
    /// The contact page, already checked by the loader.
    pub home: Option<String>,
}

impl Options {
    pub fn read(mount: &Mount) -> Options {
        serde_wasm_bindgen::from_value(mount.into()).unwrap_or_default()
    }
}

/// The socket's address from the config's `backend`, relative to the page.
pub fn backend(config: &Value) -> String {
    let location = super::page::window().location();
    let backend = config.text_at("backend").unwrap_or_default();
    match backend.split_once("://") {
        Some(("http", rest)) => glue(&["ws://", rest]),
        Some(("https", rest)) => glue(&["wss://", rest]),
        Some(_) => backend.to_string(),
        None => {
            let scheme = if location.protocol().unwrap_or_default() == "https:" { "wss://" } else { "ws://" };
            glue(&[scheme, &location.host().unwrap_or_default(), backend])
        }
    }
}
