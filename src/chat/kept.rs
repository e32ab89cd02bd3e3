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
use crate::link::Status;
use crate::text::glue;
use crate::time::{Millis, Moment};
use crate::value::{Value, map};

/// Where the session is kept.
pub const SESSION: &str = "bharosa.session";
/// Where each unsent message is kept, its id after it.
pub const OUT: &str = "bharosa.out.";

/// A conversation that nothing happened in for so long is not taken up again by a new tab.
pub(super) const KEPT: Millis = 24 * 60 * 60_000;
/// The session's last activity is written no more often than this.
const REFRESHED: Millis = 60_000;

/// What another tab said is left to it for so long.
pub(super) const OTHERS: Millis = 30_000;

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
    pub(super) messages: Vec<(String, bool, Option<String>)>,
    session: Value,
    pub(super) at: Millis,
    /// The last session that any tab was given, as far as this one knows, and how many there were before it.
    pub(super) known: Option<String>,
    pub(super) turn: u64,
    /// What stood there before all that survived was known.
    early: Pairs,
    /// The ids of what was removed last: what stands there all the same could not be removed.
    pub(super) gone: Vec<String>,
    /// What stands there and is left to the tab that said it, with its bytes and since when; and when to look at it
    /// again.
    pub(super) others: Vec<(String, usize, Millis)>,
    pub(super) look: Option<Millis>,
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

    /// When the storage is to be looked at.
    pub fn wake(&self) -> Option<Millis> {
        self.again.into_iter().chain(self.look).min()
    }

    /// Whether that is now.
    pub fn due(&mut self, now: Millis) -> bool {
        let due = self.wake().is_some_and(|at| now >= at);
        if due {
            (self.again, self.look) = (None, None);
        }
        due
    }

    /// How many messages, and bytes of them, are left to the tabs that said them.
    pub fn left_to_others(&self) -> (usize, usize) {
        (self.others.len(), self.others.iter().map(|(_, bytes, _)| bytes).sum())
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
        let stands = |cid: &str| pairs.iter().find(|(key, _)| key.strip_prefix(OUT) == Some(cid));
        // What is not there was perhaps never written, or was wiped: it is written again. So is what stands there as it
        // was before the storage was full.
        self.kept.messages.retain_mut(|(cid, failed, _)| {
            let value = stands(cid).map(|(_, value)| value);
            value.inspect(|value| *failed = value.bool_at("failed").unwrap_or(false)).is_some()
        });
        self.kept.others.retain(|(cid, ..)| stands(cid).is_some());
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
            self.kept.left = left;
            // Whoever has opened a panel with nothing in it, before all was known, came after that.
            self.token = None;
            let empty = self.session.is_none() && self.holds_nothing() && self.draft.is_empty();
            if self.found || !empty {
                self.forget(left, effects);
            }
        }
    }

    /// Whether nothing of what was said is here.
    pub(super) fn holds_nothing(&self) -> bool {
        self.transcript.seq() == 0 && self.outbox.items().is_empty()
    }

    /// Nothing of what was here is shown or sent any more: it is of a customer who left at `left`. But what was said
    /// on a page that is new here, before all that survived was known, is of the next one.
    fn forget(&mut self, left: u64, effects: &mut Vec<ChatEffect>) {
        let since: Vec<Pending> = self
            .outbox
            .items()
            .iter()
            .filter(|item| !self.found && item.own && item.at >= left)
            .cloned()
            .collect();
        let (open, draft) = (self.open && !since.is_empty(), std::mem::take(&mut self.draft));
        if !open {
            self.show(false, effects);
        }
        effects.push(ChatEffect::Wipe);
        if self.status == Status::Ready {
            // What comes on that connection, and goes, is the former customer's.
            self.status = Status::Connecting { tries: 0 };
            effects.push(ChatEffect::Restart);
        }
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
        if !since.is_empty() {
            (self.acted, self.open, self.draft) = (true, open, draft);
        }
        for item in since {
            // It is kept anew, as the next one's.
            self.kept.messages.retain(|(cid, ..)| *cid != item.cid);
            self.outbox.put(item);
        }
        self.outbox.recommit();
    }

    /// The customer leaves now.
    pub(super) fn logout(&mut self, now: Moment, effects: &mut Vec<ChatEffect>) {
        // Whatever is found later is of before.
        (self.found, self.kept.early) = (true, Pairs::new());
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
                // Another tab knows it from the log, and has removed it.
                None if matches!(item.state, Delivery::Committed(_)) => continue,
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
        let transcript = &self.transcript;
        self.kept.others.retain(|(cid, ..)| {
            let arrived = transcript.has(cid);
            if arrived {
                effects.push(ChatEffect::Keep(glue(&[OUT, cid]), None));
                gone.push(cid.clone());
            }
            !arrived
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
        let told = self.status == Status::Ready && !self.follows && self.moved.is_none();
        let session = if goes_on && !told {
            // Only a tab to which the server itself has said it knows which session it is.
            return;
        } else if goes_on {
            // Where each tab has a session of its own, none takes its turn again because another has.
            let wrote = self.kept.session.text_at("session") == self.session.as_deref();
            if !wrote && self.kept.known != self.session {
                self.kept.turn += 1;
                self.kept.known = self.session.clone();
            }
            map([
                ("left", self.kept.left.into()),
                ("turn", self.kept.turn.into()),
                ("session", self.session.clone().into()),
                ("epoch", self.epoch.as_str().into()),
                ("state", self.state.name().into()),
            ])
        } else if self.kept.left > 0 {
            // A storage that is full takes nothing in, but it lets go: what is another customer's must not stay.
            if self.kept.session.get("left") != Some(&self.kept.left.into()) {
                effects.push(ChatEffect::Keep(SESSION.to_string(), None));
            }
            map([("left", self.kept.left.into()), ("turn", self.kept.turn.into())])
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

    pub(super) fn is_ours(&self, value: &Value) -> bool {
        value.whole_at("left") == Some(self.kept.left)
    }
}
