//! Everything the panel says, in the visitor's language, with numbers and times as the browser's `Intl` has them.

use crate::chat::Settings;
use crate::config::fill;
use crate::time::Millis;
use crate::value::Value;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::JsValue;

#[derive(Clone)]
pub struct Words(Rc<Inner>);

struct Inner {
    texts: Value,
    settings: Settings,
    time: Function,
    day: Function,
    number: Function,
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Words {
    pub fn new(texts: Value, settings: Settings) -> Words {
        let locale = Array::of1(&JsValue::from_str(&settings.locale));
        let date = |style: &[(&str, &str)]| Intl::DateTimeFormat::new(&locale, &options(style)).format();
        Words(Rc::new(Inner {
            time: date(&[("timeStyle", "short")]),
            day: date(&[("weekday", "long"), ("day", "numeric"), ("month", "long")]),
            number: Intl::NumberFormat::new(&locale, &Object::new()).format(),
            texts,
            settings,
        }))
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The text under `key`; the key itself when the language file lacks it, so that it is seen.
    pub fn text<'w>(&'w self, key: &'w str) -> &'w str {
        self.0.texts.text_at(key).unwrap_or(key)
    }

    /// The same with `{slots}` filled in.
    pub fn fill(&self, key: &str, slots: &[(&str, &str)]) -> String {
        fill(self.text(key), slots)
    }

    /// The hour and minute.
    pub fn time(&self, ts: Millis) -> String {
        format(&self.0.time, &date(ts))
    }

    /// "Today", or the day by name.
    pub fn day(&self, ts: Millis) -> String {
        let (then, today) = (date(ts), Date::new_0());
        match then.to_date_string() == today.to_date_string() {
            true => self.text("day.today").to_string(),
            false => format(&self.0.day, &then),
        }
    }

    pub fn number(&self, number: u64) -> String {
        format(&self.0.number, &JsValue::from_f64(number as f64))
    }
}

fn date(ts: Millis) -> Date {
    Date::new(&JsValue::from_f64(ts as f64))
}

fn format(function: &Function, value: &JsValue) -> String {
    function.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn options(entries: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        // It cannot fail on a fresh object.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object
}
