//! What becomes here of what another tab, or an earlier page, has left in the storage.

use super::kept::{KEPT, OTHERS, OUT, SESSION};
use super::outbox::{Delivery, Pending};
use super::{Chat, ChatEffect};
use crate::link::Status;
use crate::link::wire::ConversationState;
use crate::time::Moment;
use crate::value::Value;

impl Chat {
    /// Takes in one pair; `stands` when it is written where all tabs see it.
    pub(super) fn adopt(
        &mut self,
        now: Moment,
        key: &str,
        value: &Value,
        stands: bool,
        effects: &mut Vec<ChatEffect>,
    ) {
        let ours = self.is_ours(value);
        if let Some(cid) = key.strip_prefix(OUT) {
            let known = self.kept.others.iter().position(|(known, ..)| known == cid);
            let known = known.map(|at| self.kept.others.remove(at));
            if *value == Value::Null {
                self.removed(cid);
            } else if !ours || self.transcript.has(cid) || self.knows_gone(cid) {
                effects.push(ChatEffect::Keep(key.to_string(), None));
            } else if let Some(mut item) = Pending::from_value(value).filter(|item| item.cid == cid) {
                let session = value.text_at("session");
                let since = known.as_ref().map_or(now.mono, |(.., since)| *since);
                let state = if self.outbox.get(cid).is_some() {
                    Some(item.state)
                } else {
                    let old = now.mono >= since + OTHERS;
                    self.state_here(old, item.state, session).filter(|_| !self.is_full(item.bytes()))
                };
                let Some(state) = state else {
                    // It stays where it is, until it is older or there is room; and there all tabs are to see it.
                    self.kept.others.push((cid.to_string(), item.bytes(), since));
                    self.kept.look.get_or_insert(now.mono + OTHERS);
                    if !stands && known.is_none() {
                        effects.push(ChatEffect::Keep(key.to_string(), Some(value.clone())));
                    }
                    return;
                };
                item.state = state;
                let failed = value.bool_at("failed").unwrap_or(false);
                item.theirs = session.is_none();
                if self.outbox.put(item) {
                    self.acted = true;
                    if stands {
                        let session = session.map(str::to_string);
                        self.kept.messages.retain(|(known, ..)| known != cid);
                        self.kept.messages.push((cid.to_string(), failed, session));
                    }
                }
            }
        } else if key == SESSION && ours {
            self.adopt_session(now, value, stands, effects);
        }
    }

    /// What becomes here of what another tab said; `None` when it is left to that tab. In the same session a repeat is
    /// stored once. In another it could be stored twice, so it is not sent from here: after a while, when there is
    /// hardly a tab any more that says it, it is shown as not delivered, for the visitor to decide.
    fn state_here(&mut self, old: bool, state: Delivery, session: Option<&str>) -> Option<Delivery> {
        match (session, &self.session) {
            (Some(theirs), Some(ours)) if theirs == ours => (!self.alone || old).then_some(state),
            (Some(theirs), None) if self.transcript.seq() == 0 && !self.alone => {
                self.session = Some(theirs.to_string());
                Some(state)
            }
            (None, _) => (!self.alone || old).then_some(state),
            (Some(_), _) => old.then_some(Delivery::Failed),
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

    fn adopt_session(&mut self, now: Moment, value: &Value, stands: bool, effects: &mut Vec<ChatEffect>) {
        let turn = value.whole_at("turn").unwrap_or(0);
        let Some(session) = value.text_at("session") else {
            self.kept.turn = self.kept.turn.max(turn);
            return;
        };
        let at = value.whole_at("at").unwrap_or(0);
        if now.wall >= at.saturating_add(KEPT) {
            return;
        }
        // By turns, and not by the clock, which may be set. Of two that took the same turn all tabs choose the same.
        let newer = (turn, Some(session)) > (self.kept.turn, self.kept.known.as_deref());
        if newer {
            (self.kept.turn, self.kept.known) = (turn, Some(session.to_string()));
        }
        if self.session.is_some() || self.transcript.seq() > 0 {
            // The server has lost the session that this tab knows, and another tab was given a new one: tabs that agree
            // on one connection have one session. The server says what of the log is void.
            if newer && !self.alone && self.session.as_deref() != Some(session) {
                self.moved = Some(session.to_string());
                if self.status == Status::Ready {
                    effects.push(ChatEffect::Restart);
                }
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
