//! What all tabs of the visitor share, written ahead: a message is kept before it is sent.
//!
//! It stands in two storages at once, because neither survives everything: the one that is written at once loses the
//! last seconds when the browser is killed, the one that survives that may miss what is written while a tab closes
//! (measured; see ARCHITECTURE.md). What is read back is merged by id, and a repeat is stored once by the server.
//!
//! Everything carries the moment at which the last customer left. What is older than the newest such moment is of
//! somebody else: it is neither shown nor sent, and it is removed.

use super::outbox::{Delivery, Pending};
use super::{Chat, ChatEffect, Pairs};
use crate::link::wire::ConversationState;
use crate::text::glue;
use crate::time::{Millis, Moment};
use crate::value::{Value, map};

/// Where the session is kept.
pub const SESSION: &str = "bharosa.session";
/// Where each unsent message is kept, its id after it.
pub const OUT: &str = "bharosa.out.";

/// A conversation that nothing happened in for so long is not taken up again by a new tab.
const KEPT: Millis = 24 * 60 * 60_000;
/// The session's last activity is written no more often than this.
const REFRESHED: Millis = 60_000;

/// A storage that fails is looked at again after so long, and then after twice as long, but never longer than this.
const FIRST: Millis = 5_000;
const LONGEST: Millis = 5 * 60_000;
/// Removed messages that are remembered.
const GONE: usize = 400;

/// What stands in the storage, as far as this tab knows.
#[derive(Debug, Default)]
pub struct Kept {
    /// When the last customer left, on the wall clock; 0 when nobody did.
    pub left: u64,
    /// The ids of messages, whether they are kept as failed, and the session they were kept with.
    messages: Vec<(String, bool, Option<String>)>,
    session: Value,
    at: Millis,
    /// What stood there before all that survived was known.
    early: Pairs,
    /// The ids of what was removed last: what stands there all the same could not be removed.
    gone: Vec<String>,
    /// When to look again at a storage that did not do what it was told, and how long was waited before.
    again: Option<Millis>,
    waited: Millis,
}

impl Kept {
    /// Something could not be written or removed.
    pub fn fails(&mut self, now: Millis) {
        if self.again.is_none() {
            self.waited = (self.waited * 2).clamp(FIRST, LONGEST);
            self.again = Some(now + self.waited);
        }
    }

    pub fn again(&self) -> Option<Millis> {
        self.again
    }

    pub fn tried(&mut self) {
        self.again = None;
    }
}

impl Chat {
    /// All that the storage holds.
    pub(super) fn shared(&mut self, now: Moment, pairs: Pairs, effects: &mut Vec<ChatEffect>) {
        self.learn_all(&pairs, effects);
        if !self.found {
            self.kept.early = pairs;
            return;
        }
        let works = pairs.iter().any(|(key, value)| key == SESSION && self.is_ours(value));
        let stands = |cid: &str| pairs.iter().any(|(key, _)| key.strip_prefix(OUT) == Some(cid));
        // What is not there was perhaps never written, or was wiped: it is written again.
        self.kept.messages.retain(|(cid, ..)| stands(cid));
        if !works {
            self.kept.session = Value::Null;
        }
        self.adopt_all(now, &pairs, true, effects);
    }

    pub(super) fn changed(&mut self, now: Moment, key: &str, value: &Value, effects: &mut Vec<ChatEffect>) {
        let pair = (key.to_string(), value.clone());
        self.learn_all(std::slice::from_ref(&pair), effects);
        if !self.found {
            self.kept.early.retain(|(known, _)| known != key);
            self.kept.early.push(pair);
            return;
        }
        self.adopt(now, key, value, true, effects);
    }

    /// What survived a crash. Whatever the other storage lost is written there again.
    pub(super) fn found(&mut self, now: Moment, pairs: Pairs, effects: &mut Vec<ChatEffect>) {
        self.learn_all(&pairs, effects);
        self.survived(now, effects);
        self.adopt_all(now, &pairs, false, effects);
    }

    /// The session first: whose a message is shows by it.
    fn adopt_all(&mut self, now: Moment, pairs: &Pairs, stands: bool, effects: &mut Vec<ChatEffect>) {
        for session in [true, false] {
            for (key, value) in pairs.iter().filter(|(key, _)| (key == SESSION) == session) {
                self.adopt(now, key, value, stands, effects);
            }
        }
    }

    /// All that survived is known, or is waited for no longer. What stood in the other storage is taken in only now: a
    /// killed browser forgets the last seconds there, among them perhaps that its customer has left.
    pub(super) fn survived(&mut self, now: Moment, effects: &mut Vec<ChatEffect>) {
        if !self.found {
            self.found = true;
            let early = std::mem::take(&mut self.kept.early);
            self.shared(now, early, effects);
        }
    }

    /// A customer left at `left`: whatever is here of before is not shown any longer, nor sent.
    pub(super) fn learn(&mut self, left: u64, effects: &mut Vec<ChatEffect>) {
        if left > self.kept.left {
            self.forget(effects);
            self.kept.left = left;
        }
    }

    /// Nothing of what was here is shown or sent any more: it is of a customer who has left.
    fn forget(&mut self, effects: &mut Vec<ChatEffect>) {
        self.show(false, effects);
        effects.push(ChatEffect::Wipe);
        let old = std::mem::take(self);
        *self = Chat {
            settings: old.settings,
            visible: old.visible,
            status: old.status,
            hold_until: old.hold_until,
            // Ids stay unique, and what was told stays told.
            made: old.made,
            told_live: old.told_live,
            told_unread: old.told_unread,
            told_want: old.told_want,
            told_awaiting: old.told_awaiting,
            kept: old.kept,
            found: old.found,
            found_by: old.found_by,
            unkept: old.unkept,
            alone: old.alone,
            ..Chat::default()
        };
    }

    /// The customer leaves now.
    pub(super) fn logout(&mut self, now: Moment, effects: &mut Vec<ChatEffect>) {
        self.learn(now.wall.max(self.kept.left + 1), effects);
        effects.push(ChatEffect::Left);
        effects.push(ChatEffect::Look);
    }

    /// Writes what is new and removes what has arrived, before anything is sent.
    pub(super) fn keep(&mut self, now: Moment, effects: &mut Vec<ChatEffect>) {
        for item in self.outbox.items() {
            let failed = item.state == Delivery::Failed;
            let known = self.kept.messages.iter_mut().find(|(cid, ..)| *cid == item.cid);
            match known {
                Some((_, kept, session)) if *kept == failed && *session == self.session => continue,
                Some((_, kept, session)) => (*kept, *session) = (failed, self.session.clone()),
                None => self.kept.messages.push((item.cid.clone(), failed, self.session.clone())),
            }
            let mut value = item.to_value();
            if let Value::Map(members) = &mut value {
                members.push(("left".into(), self.kept.left.into()));
                if let Some(session) = &self.session {
                    members.push(("session".into(), session.as_str().into()));
                }
            }
            effects.push(ChatEffect::Keep(glue(&[OUT, &item.cid]), Some(value)));
        }
        let (outbox, gone) = (&self.outbox, &mut self.kept.gone);
        self.kept.messages.retain(|(cid, ..)| {
            let waits = outbox.get(cid).is_some();
            if !waits {
                effects.push(ChatEffect::Keep(glue(&[OUT, cid]), None));
                gone.push(cid.clone());
            }
            waits
        });
        let many = self.kept.gone.len().saturating_sub(GONE);
        self.kept.gone.drain(..many);
        self.keep_session(now, effects);
    }

    /// The session outlives the tab while a conversation goes on, or something waits to be said.
    fn keep_session(&mut self, now: Moment, effects: &mut Vec<ChatEffect>) {
        if !self.found {
            // Written now it could overwrite, with what a killed browser had forgotten, what the other storage knows.
            return;
        }
        let goes_on = self.acted && (self.live() || !self.outbox.items().is_empty());
        let session = if goes_on {
            map([
                ("left", self.kept.left.into()),
                ("session", self.moved.clone().or(self.session.clone()).into()),
                ("epoch", self.epoch.as_str().into()),
                ("state", self.state.name().into()),
            ])
        } else if self.kept.left > 0 {
            // A storage that is full takes nothing in, but it lets go: what is another customer's must not stay.
            if self.kept.session.get("left") != Some(&self.kept.left.into()) {
                effects.push(ChatEffect::Keep(SESSION.to_string(), None));
            }
            map([("left", self.kept.left.into())])
        } else {
            Value::Null
        };
        let stale = goes_on && now.wall >= self.kept.at + REFRESHED;
        if session == self.kept.session && !stale {
            return;
        }
        self.kept.session = session.clone();
        self.kept.at = now.wall;
        let Value::Map(mut members) = session else {
            return effects.push(ChatEffect::Keep(SESSION.to_string(), None));
        };
        members.push(("at".into(), now.wall.into()));
        effects.push(ChatEffect::Keep(SESSION.to_string(), Some(Value::Map(members))));
    }

    fn learn_all(&mut self, pairs: &[(String, Value)], effects: &mut Vec<ChatEffect>) {
        for (_, value) in pairs {
            self.learn(value.whole_at("left").unwrap_or(0), effects);
        }
    }

    fn is_ours(&self, value: &Value) -> bool {
        value.whole_at("left") == Some(self.kept.left)
    }

    /// Takes in one pair; `stands` when it is written where all tabs see it.
    fn adopt(&mut self, now: Moment, key: &str, value: &Value, stands: bool, effects: &mut Vec<ChatEffect>) {
        let ours = self.is_ours(value);
        if let Some(cid) = key.strip_prefix(OUT) {
            if *value == Value::Null {
                self.removed(cid);
            } else if !ours || self.transcript.has(cid) || self.knows_gone(cid) {
                effects.push(ChatEffect::Keep(key.to_string(), None));
            } else if let Some(mut item) = Pending::from_value(value).filter(|item| item.cid == cid) {
                let session = value.text_at("session");
                let Some(state) = self.state_here(now, &item, session) else { return };
                item.state = state;
                let failed = state == Delivery::Failed;
                item.theirs = session.is_none();
                // What is too much stays where it is until there is room.
                if !self.outbox.is_full(item.bytes()) && self.outbox.put(item) {
                    self.acted = true;
                    if stands {
                        let session = session.map(str::to_string);
                        self.kept.messages.push((cid.to_string(), failed, session));
                    }
                }
            }
        } else if key == SESSION && ours {
            self.adopt_session(now, value, stands);
        }
    }

    /// What becomes here of what another tab said; `None` when it is left to that tab. In the same session a repeat is
    /// stored once. In another it would be stored twice, so it is not sent from here as long as there can be a tab that
    /// sends it: tabs that agree on one connection have one session. Where they cannot agree it is shown as not
    /// delivered after a while, for the visitor to decide.
    fn state_here(&mut self, now: Moment, item: &Pending, session: Option<&str>) -> Option<Delivery> {
        let old = now.wall >= item.at.saturating_add(REFRESHED);
        match (session, &self.session) {
            (Some(theirs), Some(ours)) if theirs == ours => Some(item.state),
            (Some(theirs), None) if self.transcript.seq() == 0 => {
                self.session = Some(theirs.to_string());
                Some(item.state)
            }
            (None, _) => (!self.alone || old).then_some(item.state),
            (Some(_), _) if self.alone => old.then_some(Delivery::Failed),
            (Some(_), _) => old.then_some(item.state),
        }
    }

    /// The tabs cannot agree, so that each sends what was said in it.
    pub fn alone(&mut self, alone: bool) {
        if alone && !self.alone {
            let messages = &mut self.kept.messages;
            self.outbox.retain(|item| {
                if item.theirs {
                    // It stays where it stands.
                    messages.retain(|(cid, ..)| *cid != item.cid);
                }
                !item.theirs
            });
        }
        self.alone = alone;
    }

    fn knows_gone(&self, cid: &str) -> bool {
        let here = self.outbox.get(cid).is_some();
        !here && self.kept.gone.iter().chain(&self.discarded).any(|known| known == cid)
    }

    /// Another tab has removed it, and knows why: it has arrived, or was given up. Two tabs of which one writes what the
    /// other removes would do so for ever, so what was said here is not written again, though it is waited for.
    fn removed(&mut self, cid: &str) {
        let heard_of = |item: &Pending| !item.own && !matches!(item.state, Delivery::Committed(_));
        if self.outbox.get(cid).is_some_and(heard_of) {
            // If this tab has written it meanwhile, that is removed too.
            self.outbox.take(cid);
        }
    }

    fn adopt_session(&mut self, now: Moment, value: &Value, stands: bool) {
        let Some(session) = value.text_at("session") else { return };
        let at = value.whole_at("at").unwrap_or(0);
        if now.wall >= at.saturating_add(KEPT) {
            return;
        }
        if self.session.is_some() || self.transcript.seq() > 0 {
            // The server has lost the session that this tab knows, and another tab was given a new one: tabs that agree
            // on one connection have one session. The server says what of the log is void.
            if !self.alone && self.session.as_deref() != Some(session) && at > self.kept.at {
                self.moved = Some(session.to_string());
            }
            return;
        }
        self.session = Some(session.to_string());
        self.epoch = value.text_at("epoch").unwrap_or_default().to_string();
        self.state = value.text_at("state").map(ConversationState::named).unwrap_or_default();
        self.acted = true;
        if stands {
            self.kept.at = at;
        }
    }
}
