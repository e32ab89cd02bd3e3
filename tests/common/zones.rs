//! Time zones as a library has them, in place of the browser's.
#![allow(dead_code)]

use bharosa::time::Millis;
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub const MINUTE: Millis = 60_000;

/// Half hours, midnights, a whole day, summer time that is winter time: what zones have done and do.
pub const ZONES: [&str; 14] = [
    "Europe/London",
    "America/New_York",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Santiago",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Asia/Tehran",
    "Africa/Cairo",
    "Pacific/Apia",
    "Pacific/Chatham",
];

pub fn instant(wall: Millis) -> Timestamp {
    Timestamp::from_millisecond(wall as i64).expect("within the library's years")
}

/// What the shell answers with. The visitor is in Karachi.
pub fn zones(zone: &str, wall: Millis) -> Option<i32> {
    let zone = TimeZone::get(if zone.is_empty() { "Asia/Karachi" } else { zone }).ok()?;
    Some(zone.to_offset(instant(wall)).seconds() / 60)
}

/// Reads `2026-11-23T09:00+05:00`.
pub fn wall(text: &str) -> Millis {
    text.parse::<Timestamp>().unwrap_or_else(|error| panic!("{text}: {error}")).as_millisecond() as Millis
}
