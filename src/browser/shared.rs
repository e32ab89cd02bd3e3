//! What the tabs share, as events of the widget. The page's own functions are called in `www/bharosa/shared.js`.

use super::json;
use super::options::{Shared, Sharing};
use crate::chat::Pairs;
use crate::value::Value;
use crate::widget::WidgetEvent;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Dropping it lets go of the storage, the channel and the lock.
pub struct Common {
    shared: Shared,
    _tell: Closure<dyn FnMut(String, JsValue)>,
}

impl Common {
    pub fn begin(sharing: &Sharing, send: Rc<dyn Fn(WidgetEvent)>) -> Common {
        let tell = Closure::new(move |name: String, value: JsValue| {
            if let Some(event) = event(&name, &value) {
                send(event);
            }
        });
        Common { shared: sharing.share(tell.as_ref()), _tell: tell }
    }

    /// What the page's functions can do for the tabs.
    pub fn page(&self) -> &Shared {
        &self.shared
    }

    /// Keeps `value` under `key` in both storages, or removes it.
    pub fn keep(&self, key: &str, value: Option<&Value>) {
        self.shared.keep(key, &value.map_or(JsValue::NULL, json::to_js));
    }
}

impl Drop for Common {
    fn drop(&mut self) {
        self.shared.stop();
    }
}

fn event(name: &str, value: &JsValue) -> Option<WidgetEvent> {
    let read = || json::from_js(value);
    Some(match name {
        "shared" => WidgetEvent::Shared(pairs(&read()?)),
        "found" => WidgetEvent::Found(pairs(&read().unwrap_or_default())),
        "changed" => {
            let (key, value) = pair(&read()?)?;
            WidgetEvent::Changed(key, value)
        }
        "unkept" => WidgetEvent::Unkept,
        "locked" => WidgetEvent::Locked,
        "lost" => WidgetEvent::LockLost,
        "token" => {
            let said = read()?;
            let [number, token] = said.list() else { return None };
            let number = number.whole().and_then(|number| u32::try_from(number).ok())?;
            WidgetEvent::Token(number, token.text().filter(|token| !token.is_empty()).map(str::to_string))
        }
        "heard" => WidgetEvent::Heard(read()?),
        _ => return None,
    })
}

fn pairs(list: &Value) -> Pairs {
    list.list().iter().filter_map(pair).collect()
}

fn pair(value: &Value) -> Option<(String, Value)> {
    let [key, value] = value.list() else { return None };
    Some((key.text()?.to_string(), value.clone()))
}
