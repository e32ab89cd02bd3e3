//! How often a rule may fire, and messages in all: per page, session and visitor, with pauses between.

use crate::config::{Cap, Limits};
use crate::text::{digits, glue};
use crate::time::Millis;
use crate::value::Value;

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

    /// Which cap is reached, if one is: how many, of what.
    pub fn over(&self, cap: &Cap) -> Option<(u64, &'static str)> {
        if self.visitor >= cap.visitor {
            Some((cap.visitor, "per visitor"))
        } else if self.session >= cap.session {
            Some((cap.session, "per session"))
        } else if self.page >= cap.page {
            Some((cap.page, "per page"))
        } else {
            None
        }
    }

    /// Until when a pause of so long lasts, on the wall clock, if it does. A clock that was set back ends it.
    pub fn pause(&self, pause: Millis, wall: Millis) -> Option<Millis> {
        let last = self.last.filter(|last| *last <= wall)?;
        Some(last + pause).filter(|until| *until > wall)
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

/// Messages of all rules together.
#[derive(Debug)]
pub struct Messages {
    pub limits: Limits,
    pub counts: Counts,
}

impl Messages {
    /// Whether nothing at all is to happen on this page.
    pub fn quiet_page(&self, page: &str) -> bool {
        self.limits.quiet_pages.iter().any(|quiet| quiet == page)
    }

    /// What holds back every message, with the wall-clock moment at which that ends by itself, if it does.
    pub fn blocked(&self, dismissed: Option<Millis>, wall: Millis) -> Option<(String, Option<Millis>)> {
        let limits = &self.limits;
        if let Some(at) = dismissed {
            let said = "the visitor dismissed a message: quiet for ";
            match limits.quiet {
                None => return Some((glue(&[said, "the rest of the session"]), None)),
                Some(quiet) if wall < at + quiet => {
                    return Some((glue(&[said, &left(at + quiet, wall)]), Some(at + quiet)));
                }
                Some(_) => {}
            }
        }
        let cap = Cap { page: limits.page, session: limits.session, visitor: limits.visitor };
        if let Some((many, of)) = self.counts.over(&cap) {
            return Some((
                glue(&["as many messages were shown as limits allow: ", &digits(many), " ", of]),
                None,
            ));
        }
        let until = self.counts.pause(limits.gap, wall)?;
        Some((glue(&["quiet after the last message for ", &left(until, wall)]), Some(until)))
    }
}

/// `12 s more`, of what lasts until then.
pub fn left(until: Millis, wall: Millis) -> String {
    glue(&[&digits(until.saturating_sub(wall).div_ceil(1000)), " s more"])
}
