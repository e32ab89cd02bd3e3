//! The clocks and the dice.

use super::page::window;
use crate::time::Moment;

/// This moment, without dice. The monotonic clock starts with the page.
pub fn now() -> Moment {
    let mono = window().performance().map_or(0.0, |clock| clock.now());
    Moment { mono: mono as u64, wall: js_sys::Date::now() as u64, dice: 0 }
}

/// This moment, with dice thrown for it.
pub fn now_with_dice() -> Moment {
    let dice = || (js_sys::Math::random() * 4_294_967_296.0) as u64;
    Moment { dice: dice() << 32 | dice(), ..now() }
}

/// The visitor's offset from UTC in minutes, east positive.
pub fn zone() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}
