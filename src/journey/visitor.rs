//! The visitor across visits, kept only with consent: an own random id, how many visits, when the last one was.

use crate::time::Millis;
use crate::value::{Members, Value};

/// A visit ends after half an hour without a page.
const VISIT: Millis = 30 * 60 * 1000;
const DAY: Millis = 24 * 60 * 60 * 1000;

/// What is known of the visitor. Without consent the id is the session's own and the rest is unknown.
#[derive(Debug, Default)]
pub struct Visitor {
    /// Sixteen hexadecimal digits; the unit of experiments. Never sent anywhere.
    pub id: String,
    visits: Option<u64>,
    days_since: Option<u64>,
}

impl Visitor {
    /// Takes back what an earlier page kept. A visit that goes on is not a new one.
    pub fn restore(&mut self, saved: &Value, now: Millis) {
        if let Some(id) = saved.text_at("id").filter(|id| id.len() == 16) {
            self.id = id.to_string();
        }
        let (Some(visits), Some(last)) = (saved.whole_at("visits"), saved.whole_at("last")) else { return };
        let away = now.saturating_sub(last);
        self.days_since = match away >= VISIT {
            true => Some(away / DAY),
            false => saved.whole_at("days"),
        };
        self.visits = Some(visits + u64::from(away >= VISIT));
    }

    /// Consent was given: this is at least the first visit.
    pub fn begin(&mut self) {
        self.visits = self.visits.or(Some(1));
    }

    /// Consent was withdrawn.
    pub fn forget(&mut self) {
        (self.visits, self.days_since) = (None, None);
    }

    pub fn visits(&self) -> Value {
        self.visits.into()
    }

    pub fn returning(&self) -> Value {
        self.visits.map(|visits| visits > 1).into()
    }

    pub fn days_since(&self) -> Value {
        self.days_since.into()
    }

    /// What is kept for the next visit.
    pub fn save(&self, now: Millis) -> Value {
        Members::default()
            .text("id", &self.id)
            .put("visits", self.visits())
            .put("days", self.days_since())
            .whole("last", now)
            .map()
    }

    /// An id from random bits, if there is none yet.
    pub fn name(&mut self, dice: u64) {
        if self.id.is_empty() {
            for shift in 0..16 {
                let digit = (dice >> (shift * 4)) as u8 & 15;
                self.id.push(char::from(if digit < 10 { b'0' + digit } else { b'a' - 10 + digit }));
            }
        }
    }
}
