//! What the visitor said and the server has not yet committed, in order, under ids that survive repeats.

use crate::link::wire::ClientFrame;
use crate::time::Millis;
use crate::value::{Value, map};

/// Frames held; beyond that the composer says that it must wait.
pub const CAPACITY: usize = 200;

#[derive(Debug, Default)]
pub struct Outbox {
    items: Vec<Pending>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    pub cid: String,
    pub frame: ClientFrame,
    /// When the visitor sent it, on the wall clock.
    pub at: Millis,
    pub state: Delivery,
    /// Sent on the connection of the moment.
    sent: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    Sending,
    /// The server has committed it; its log entry is on the way.
    Committed,
    /// The server refused it. The visitor may try again.
    Failed,
}

impl Outbox {
    pub fn items(&self) -> &[Pending] {
        &self.items
    }

    pub fn is_full(&self) -> bool {
        self.items.len() >= CAPACITY
    }

    pub fn push(&mut self, frame: ClientFrame, at: Millis) {
        let cid = frame.cid().unwrap_or_default().to_string();
        self.items.push(Pending { cid, frame, at, state: Delivery::Sending, sent: false });
    }

    /// The frame to send now, if any: the next is sent once the one before it is committed. A server that refuses
    /// one for being too fast can then never commit a later one before it.
    pub fn send_next(&mut self) -> Option<ClientFrame> {
        let item =
            self.items.iter_mut().find(|item| item.state == Delivery::Sending).filter(|item| !item.sent)?;
        item.sent = true;
        Some(item.frame.clone())
    }

    /// A new connection knows nothing of what the old one carried.
    pub fn reconnected(&mut self) {
        self.items.iter_mut().for_each(|item| item.sent = false);
    }

    /// The log was lost: what was committed in it must be said again.
    pub fn recommit(&mut self) {
        self.items.iter_mut().filter(|item| item.state == Delivery::Committed).for_each(|item| {
            item.state = Delivery::Sending;
        });
        self.reconnected();
    }

    pub fn committed(&mut self, cid: &str) {
        self.set(cid, Delivery::Committed);
    }

    pub fn failed(&mut self, cid: &str) {
        self.set(cid, Delivery::Failed);
    }

    pub fn contains(&self, cid: &str) -> bool {
        self.items.iter().any(|item| item.cid == cid)
    }

    /// Takes out the frame `cid`, because it has arrived or is given up.
    pub fn take(&mut self, cid: &str) -> Option<Pending> {
        let index = self.items.iter().position(|item| item.cid == cid)?;
        Some(self.items.remove(index))
    }

    /// Whether something could be sent at once.
    pub fn has_unsent(&self) -> bool {
        self.items.iter().find(|item| item.state == Delivery::Sending).is_some_and(|item| !item.sent)
    }

    /// The id of what awaits its acknowledgement next.
    pub fn awaits(&self) -> Option<&str> {
        self.items.iter().find(|item| item.state == Delivery::Sending).map(|item| item.cid.as_str())
    }

    pub fn has(&self, wanted: impl Fn(&ClientFrame) -> bool) -> bool {
        self.items.iter().any(|item| item.state != Delivery::Failed && wanted(&item.frame))
    }

    pub fn save(&self) -> Value {
        let item = |item: &Pending| {
            map([
                ("frame", item.frame.to_value()),
                ("at", item.at.into()),
                ("failed", (item.state == Delivery::Failed).into()),
            ])
        };
        Value::List(self.items.iter().map(item).collect())
    }

    pub fn restore(saved: &Value) -> Outbox {
        let item = |value: &Value| {
            let frame = ClientFrame::from_value(value.get("frame")?)?;
            let failed = value.bool_at("failed").unwrap_or(false);
            let state = if failed { Delivery::Failed } else { Delivery::Sending };
            Some(Pending {
                cid: frame.cid()?.to_string(),
                frame,
                at: value.whole_at("at").unwrap_or(0),
                state,
                sent: false,
            })
        };
        Outbox { items: saved.list().iter().filter_map(item).take(CAPACITY).collect() }
    }

    fn set(&mut self, cid: &str, state: Delivery) {
        if let Some(item) = self.items.iter_mut().find(|item| item.cid == cid) {
            item.state = state;
        }
    }
}
