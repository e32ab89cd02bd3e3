//! How often a rule may fire, and messages in all: per page, session and visitor, with pauses between.

use crate::config::{Cap, Limits};
use crate::journey::NEVER;
use crate::text::{digits, glue};
use crate::time::Millis;
use crate::value::Value;

/// What holds something back. The sentence is put together only for whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    said: &'static str,
    /// What the sentence ends with: how many, of what.
    many: u64,
    of: &'static str,
    /// When it ends by itself, by the clock that it is about; [`NEVER`] for what does not.
    pub until: Millis,
}

impl Why {
    pub fn said(said: &'static str) -> Why {
        Why { said, many: 0, of: "", until: NEVER }
    }

    fn over(said: &'static str, (many, of): (u64, &'static str)) -> Why {
        Why { said, many, of, until: NEVER }
    }

    pub fn lasts(said: &'static str, until: Millis) -> Why {
        Why { said, many: 0, of: "s more", until }
    }

    /// In words, at the moment `now` of the clock that it is about.
    pub fn sentence(&self, now: Millis) -> String {
        let many = match self.until {
            _ if self.of.is_empty() => return self.said.to_string(),
            NEVER => self.many,
            until => until.saturating_sub(now).div_ceil(1000),
        };
        glue(&[self.said, &digits(many), " ", self.of])
    }
}

/// How often something has happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub page: u64,
    pub session: u64,
    pub visitor: u64,
    /// When it last happened, on the wall clock.
    pub last: Option<Millis>,
}

impl Counts {
    pub fn add(&mut self, wall: Millis) {
        self.page += 1;
        self.elsewhere(wall);
    }

    /// It happened in another tab.
    pub fn elsewhere(&mut self, wall: Millis) {
        self.session += 1;
        self.visitor += 1;
        self.last = self.last.max(Some(wall));
    }

    /// Takes over what another tab or page knows, if that is more.
    pub fn merge(&mut self, session: u64, visitor: u64, last: Option<Millis>) {
        self.session = self.session.max(session);
        self.visitor = self.visitor.max(visitor);
        self.last = self.last.max(last);
    }

    /// Which cap is reached, if one is; `said` begins the sentence.
    pub fn over(&self, cap: &Cap, said: &'static str) -> Option<Why> {
        Some(Why::over(
            said,
            if self.visitor >= cap.visitor {
                (cap.visitor, "per visitor")
            } else if self.session >= cap.session {
                (cap.session, "per session")
            } else if self.page >= cap.page {
                (cap.page, "per page")
            } else {
                return None;
            },
        ))
    }

    /// Until when a pause of so long lasts since then, if it does.
    pub fn pause(&self, length: Millis, wall: Millis) -> Option<Millis> {
        pause(self.last, length, wall)
    }

    /// Session, visitor and last, as they are kept.
    pub fn save(&self) -> Value {
        Value::List(vec![self.session.into(), self.visitor.into(), self.last.into()])
    }

    pub fn restore(&mut self, saved: &Value) {
        if let [session, visitor, last] = saved.list() {
            self.merge(session.whole().unwrap_or(0), visitor.whole().unwrap_or(0), last.whole());
        }
    }
}

/// Until when a pause of so long after `last` lasts, on the wall clock, if it does. A clock that was set back ends it.
fn pause(last: Option<Millis>, length: Millis, wall: Millis) -> Option<Millis> {
    let last = last.filter(|last| *last <= wall)?;
    Some(last + length).filter(|until| *until > wall)
}

/// Messages of all rules together.
#[derive(Debug)]
pub struct Messages {
    pub limits: Limits,
    pub counts: Counts,
}

impl Messages {
    /// What holds back every message, by the clock on the wall.
    pub fn blocked(&self, dismissed: Option<Millis>, wall: Millis) -> Option<Why> {
        let limits = &self.limits;
        if dismissed.is_some() {
            let Some(quiet) = limits.quiet else {
                return Some(Why::said("the visitor dismissed a message: quiet for the rest of the session"));
            };
            if let Some(until) = pause(dismissed, quiet, wall) {
                return Some(Why::lasts("the visitor dismissed a message: quiet for ", until));
            }
        }
        let cap = Cap { page: limits.page, session: limits.session, visitor: limits.visitor };
        let over = self.counts.over(&cap, "as many messages were shown as limits allow: ");
        if over.is_some() {
            return over;
        }
        let until = self.counts.pause(limits.gap, wall)?;
        Some(Why::lasts("quiet after the last message for ", until))
    }
}
