//! What the visitor said and the server has not yet committed, in order, under ids that survive repeats.

use crate::link::wire::ClientFrame;
use crate::time::Millis;
use crate::value::{Value, map};

/// Frames held; beyond that the composer says that it must wait.
pub const CAPACITY: usize = 200;
/// Bytes of text held: a browser's storage is not ours alone.
pub const BYTES: usize = 256 * 1024;

#[derive(Debug, Default)]
pub struct Outbox {
    /// In their order of sending.
    items: Vec<Pending>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    pub cid: String,
    pub frame: ClientFrame,
    /// When the visitor sent it, on the wall clock.
    pub at: Millis,
    /// Its place among all that waits, in all tabs: the wall clock, or one more than the last if that is more.
    order: u64,
    pub state: Delivery,
    /// Said in another tab, which had no session then.
    pub theirs: bool,
    /// Said on this very page.
    pub own: bool,
    /// Sent on the connection of the moment.
    sent: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    Sending,
    /// The server has committed it at this position; its log entry is on the way.
    Committed(u64),
    /// The server refused it. The visitor may try again.
    Failed,
}

impl Outbox {
    pub fn items(&self) -> &[Pending] {
        &self.items
    }

    /// Whether one more frame, besides `others`, or `more` bytes of text would be too many.
    pub fn is_full(&self, others: usize, more: usize) -> bool {
        let held: usize = self.items.iter().map(Pending::bytes).sum();
        self.items.len() + others >= CAPACITY || held + more > BYTES
    }

    /// Puts `frame` behind all that is here.
    pub fn push(&mut self, frame: ClientFrame, at: Millis) {
        let order = self.items.last().map_or(at, |last| at.max(last.order + 1));
        self.items.push(Pending::said(frame, at, order));
    }

    /// Puts what was kept, by this tab or another, in its place; whether it was not here already. What was refused here
    /// and is tried again in another tab takes its later place.
    pub fn put(&mut self, item: Pending) -> bool {
        if let Some(known) = self.get(&item.cid) {
            let again = known.state == Delivery::Failed && item.state == Delivery::Sending;
            if !again || item.order <= known.order {
                return false;
            }
            self.take(&item.cid);
        }
        let place = self.items.partition_point(|known| known.order <= item.order);
        self.items.insert(place, item);
        true
    }

    /// Puts a frame before all that waits, if anything does; it is made from the id of what is first now.
    pub fn put_ahead(&mut self, frame: impl FnOnce(&str) -> ClientFrame) {
        let Some(first) = self.items.iter().find(|item| item.state == Delivery::Sending) else { return };
        let item = Pending::said(frame(&first.cid), first.at, first.order.saturating_sub(1));
        self.put(item);
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

    /// From here on this tab is in a session that another has brought. Whether what was said in the former one has
    /// arrived there, through whichever tab, nobody can tell: it is for the visitor to say it again.
    pub fn leave_session(&mut self) {
        self.items.iter_mut().for_each(|item| item.state = Delivery::Failed);
    }

    /// The log was lost: what was committed in it must be said again.
    pub fn recommit(&mut self) {
        for item in &mut self.items {
            if matches!(item.state, Delivery::Committed(_)) {
                item.state = Delivery::Sending;
            }
        }
        self.reconnected();
    }

    pub fn set(&mut self, cid: &str, state: Delivery) {
        if let Some(item) = self.items.iter_mut().find(|item| item.cid == cid) {
            item.state = state;
        }
    }

    pub fn get(&self, cid: &str) -> Option<&Pending> {
        self.items.iter().find(|item| item.cid == cid)
    }

    /// Takes out the frame `cid`, because it has arrived or is given up.
    pub fn take(&mut self, cid: &str) -> Option<Pending> {
        let index = self.items.iter().position(|item| item.cid == cid)?;
        Some(self.items.remove(index))
    }

    /// The ids of what the server has committed up to `seq`, and where.
    pub fn arrived(&self, seq: u64) -> Vec<(String, u64)> {
        let arrived = |item: &Pending| match item.state {
            Delivery::Committed(at) if at <= seq => Some((item.cid.clone(), at)),
            _ => None,
        };
        self.items.iter().filter_map(arrived).collect()
    }

    /// Gives up what does not pass.
    pub fn retain(&mut self, keep: impl FnMut(&Pending) -> bool) {
        self.items.retain(keep);
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
}

impl Pending {
    /// What is said here and now.
    fn said(frame: ClientFrame, at: Millis, order: u64) -> Pending {
        let cid = frame.cid().unwrap_or_default().to_string();
        let state = Delivery::Sending;
        Pending { cid, frame, at, order, state, theirs: false, own: true, sent: false }
    }

    pub fn to_value(&self) -> Value {
        map([
            ("frame", self.frame.to_value()),
            ("at", self.at.into()),
            ("order", self.order.into()),
            ("failed", (self.state == Delivery::Failed).into()),
        ])
    }

    /// Reads back what [`Self::to_value`] gave; `None` for what fits no frame that is acknowledged.
    pub fn from_value(value: &Value) -> Option<Pending> {
        let frame = ClientFrame::from_value(value.get("frame")?)?;
        let cid = frame.cid().filter(|cid| !cid.is_empty())?.to_string();
        let at = value.whole_at("at").unwrap_or(0);
        let failed = value.bool_at("failed").unwrap_or(false);
        let state = if failed { Delivery::Failed } else { Delivery::Sending };
        Some(Pending {
            cid,
            frame,
            at,
            order: value.whole_at("order").unwrap_or(at),
            state,
            theirs: false,
            own: false,
            sent: false,
        })
    }

    pub fn bytes(&self) -> usize {
        match &self.frame {
            ClientFrame::Message { text, .. } => text.len(),
            _ => 0,
        }
    }
}
