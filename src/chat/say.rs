//! What the visitor says, and asks for: into the outbox first, whatever the connection does.

use super::outbox::{Delivery, Pending};
use super::{Chat, ChatEffect, MAX_TEXT, id};
use crate::link::wire::{ClientFrame, RouteFrame, ServerFrame};
use crate::offer::Request;
use crate::text::glue;
use crate::time::{Millis, Moment};
use crate::value::Value;

/// When a tab may say again what there is no room for now.
const LATER: Millis = 2_000;

impl Chat {
    pub(super) fn agree(&mut self, now: Moment, agreed: bool) {
        let Some(mut request) = self.request.take() else { return };
        self.acted = true;
        if !agreed {
            // Help without telling: the wish stays, the context goes.
            request.context.clear();
            request.reason.clear();
        }
        self.route(now, *request);
    }

    pub(super) fn route(&mut self, now: Moment, request: Request) {
        let cid = self.new_id(now);
        self.shared = request.context.clone();
        self.queue = Some(request.queue.clone());
        self.agent = None;
        self.position = None;
        let request = RouteFrame {
            queue: request.queue,
            skill: request.skill,
            priority: request.priority,
            reason: request.reason,
            context: request.context,
        };
        self.outbox.push(ClientFrame::Route { cid, request }, now.wall);
    }

    /// Sees to it that what follows in the outbox has somebody to go to.
    fn ensure_routed(&mut self, now: Moment) {
        if !self.live() {
            let queue = self.settings.queue.clone();
            self.route(now, Request { queue, ..Request::default() });
        }
    }

    /// The server has lost whom this was said to: what waits to be said again needs somebody first. Several tabs may
    /// find so at once, and mean the same request by the same id.
    pub(super) fn route_again(&mut self) {
        if self.live() {
            return;
        }
        let queue = self.queue.clone().unwrap_or_else(|| self.settings.queue.clone());
        self.outbox.put_ahead(|first| {
            let request = RouteFrame { queue, ..RouteFrame::default() };
            ClientFrame::Route { cid: glue(&[first, "-again"]), request }
        });
    }

    pub(super) fn send_draft(&mut self, now: Moment, effects: &mut Vec<ChatEffect>) {
        let text = self.draft.trim().to_string();
        if text.is_empty() || text.chars().count() > MAX_TEXT || self.is_full(text.len()) {
            return;
        }
        self.acted = true;
        self.ensure_routed(now);
        let cid = self.new_id(now);
        self.outbox.push(ClientFrame::Message { cid, text }, now.wall);
        self.draft.clear();
        self.typing.sent(effects);
    }

    pub(super) fn retry(&mut self, now: Moment, cid: &str) {
        if self.outbox.get(cid).is_none_or(|item| item.state != Delivery::Failed) {
            return;
        }
        let Some(pending) = self.outbox.take(cid) else { return };
        if matches!(pending.frame, ClientFrame::Message { .. }) {
            self.ensure_routed(now);
        }
        // The same id again: if it did arrive after all, the server stores it once.
        self.outbox.push(pending.frame, now.wall);
    }

    pub(super) fn discard(&mut self, cid: &str) {
        self.outbox.take(cid);
        self.discarded.push(cid.to_string());
    }

    /// Another tab's word. It is sent from here under its own id, and answered at once if it has arrived before.
    pub(super) fn relay(&mut self, word: &Value, effects: &mut Vec<ChatEffect>) {
        let Some(item) = Pending::from_value(word) else { return };
        let cid = item.cid.clone();
        let held = self.outbox.get(&cid).map(|held| held.state);
        let arrived = self.transcript.at(&cid).or(match held {
            Some(Delivery::Committed(seq)) => Some(seq),
            _ => None,
        });
        self.acted = true;
        if let Some(seq) = arrived {
            return effects.push(ChatEffect::Answer(ServerFrame::Ack { cid, seq, ts: 0 }));
        }
        match held {
            // The visitor tries again there what was refused.
            Some(Delivery::Failed) => {
                self.outbox.take(&cid);
                self.outbox.put(item);
            }
            // What there is no room for is said again, by and by.
            None if self.outbox.is_full(0, item.bytes()) => {}
            None => {
                self.discarded.retain(|known| *known != cid);
                self.outbox.put(item);
            }
            _ => {}
        }
        if self.outbox.awaits() != Some(&cid) {
            // What waits behind others is not late for that.
            let (code, message, retry_after_ms) = ("rate".to_string(), String::new(), Some(LATER));
            effects.push(ChatEffect::Answer(ServerFrame::Error {
                code,
                message,
                cid: Some(cid),
                retry_after_ms,
            }));
        }
    }

    pub(super) fn end(&mut self, now: Moment) {
        self.ending = false;
        if self.live() && !self.outbox.has(|frame| matches!(frame, ClientFrame::End { .. })) {
            let cid = self.new_id(now);
            self.outbox.push(ClientFrame::End { cid }, now.wall);
        }
    }

    fn new_id(&mut self, now: Moment) -> String {
        self.made += 1;
        id::uuid7(now, self.made)
    }
}
