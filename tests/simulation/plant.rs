//! Mistakes put in on purpose, at the edges of what is tested, so that they are in no build. A simulation that does
//! not find them all would find nothing.

use super::network::{Client, Packet, Way};
use super::world::World;
use bharosa::json;
use bharosa::link::Socket;
use bharosa::link::wire::ServerFrame;
use bharosa::value::Value;
use bharosa::widget::WidgetEvent;

macro_rules! plants {
    ($($name:ident $told:literal,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Plant { $($name),* }

        pub const PLANTS: &[(Plant, &str)] = &[$((Plant::$name, $told)),*];
    };
}

plants! {
    Undeduped "a repeat is stored again",
    AckBeforePersist "acknowledged before it is stored",
    AckAtOnce "delivered as soon as it is sent",
    LocalOnly "the outbox is in localStorage only",
    DurableOnly "the outbox is in IndexedDB only",
    NothingRemoved "what was delivered stays in the outbox",
    FreshIds "what is restored gets new ids",
    SessionDropped "nothing is kept for the tab's next page",
    LockKept "lock and channel are never let go",
    NoPagehide "nothing is done on pagehide",
    EveryonesLock "the lock is granted to everybody",
    RobbedUntold "a stolen lock is not noticed",
    EpochIgnored "a new epoch is not noticed",
    ResumeOffByOne "resumes one entry too late",
    EntryTwice "an entry comes again under the next number",
    NoJitter "no jitter",
    OrphanHandled "an old socket speaks for the new one",
    PongsFaked "pings are answered by the browser",
    ReadAtOnce "read as soon as it arrives",
    LogoutUntold "the logout is not told",
    EarlyConsent "a rule's opening counts as the visitor's",
    LastWordFirst "what is sent is overtaken by what is sent later",
}

impl World {
    /// A frame on its way to the server, as a mistake would send it.
    pub fn planted_up(&mut self, id: u64, text: String) -> Vec<String> {
        let Some(plant) = self.plant else { return vec![text] };
        let Ok(mut frame) = json::parse(&text) else { return vec![text] };
        let kind = frame.text_at("type").unwrap_or_default().to_string();
        match plant {
            Plant::Undeduped => {
                if let Some(cid) = frame.text_at("cid").map(str::to_string)
                    && !self.planted_seen.insert(cid.clone())
                {
                    let fresh = format!("{cid}-{}", self.now);
                    set(&mut frame, "cid", fresh.into());
                }
            }
            Plant::ResumeOffByOne if kind == "hello" => {
                if let Some(seq) = frame.get("resume").and_then(|resume| resume.whole_at("seq"))
                    && let Value::Map(members) = &mut frame
                    && let Some((_, resume)) = members.iter_mut().find(|(key, _)| key == "resume")
                {
                    set(resume, "seq", (seq + 1).into());
                }
            }
            Plant::AckAtOnce if kind == "message" => {
                let Some(conn) = self.net.conns.get(&id) else { return vec![text] };
                let cid = frame.text_at("cid").unwrap_or_default().to_string();
                let ack = WidgetEvent::Received(conn.socket, ServerFrame::Ack { cid, seq: 9_999, ts: 1 });
                let page = conn.page;
                self.soon(1, 1, super::world::Happening::Page(page, ack));
            }
            Plant::PongsFaked if kind == "ping" => {
                let Some(conn) = self.net.conns.get(&id) else { return vec![text] };
                let pong = ServerFrame::Pong { id: frame.whole_at("id").unwrap_or(0), seq: None };
                let event = WidgetEvent::Received(conn.socket, pong);
                let page = conn.page;
                self.soon(1, 1, super::world::Happening::Page(page, event));
                return Vec::new();
            }
            Plant::LastWordFirst if kind == "message" => {
                // Held back until the next one has gone.
                return match self.planted_held.take() {
                    Some(held) => vec![text, held],
                    None => {
                        self.planted_held = Some(text);
                        Vec::new()
                    }
                };
            }
            _ => return vec![text],
        }
        vec![json::write(&frame)]
    }

    /// A frame that has come to a page, as a mistake would take it.
    pub fn planted_down(
        &mut self,
        page: u32,
        socket: Socket,
        frame: ServerFrame,
    ) -> Vec<(Socket, ServerFrame)> {
        match (self.plant, frame) {
            (Some(Plant::EpochIgnored), ServerFrame::Welcome(mut welcome)) => {
                // Nor is the new session noticed, which comes with it.
                let session = self.pages.get(&page).and_then(|page| page.widget.chat().session());
                welcome.session = session.map_or(welcome.session, str::to_string);
                welcome.epoch = "e1".into();
                welcome.reset = false;
                vec![(socket, ServerFrame::Welcome(welcome))]
            }
            (Some(Plant::EntryTwice), ServerFrame::Entry(entry)) => {
                let mut again = entry.clone();
                again.seq += 1;
                vec![(socket, ServerFrame::Entry(entry)), (socket, ServerFrame::Entry(again))]
            }
            (Some(Plant::ReadAtOnce), ServerFrame::Entry(entry)) => {
                if let Some(id) = self.find(page, socket) {
                    let read = bharosa::link::wire::ClientFrame::Read(entry.seq).to_value();
                    self.push(id, Way::Up, Packet::Text(json::write(&read)));
                }
                vec![(socket, ServerFrame::Entry(entry))]
            }
            (Some(Plant::OrphanHandled), frame) => vec![(self.planted_socket(page, socket), frame)],
            (_, frame) => vec![(socket, frame)],
        }
    }

    /// The page's connection of the moment, whichever one spoke.
    pub fn planted_socket(&self, page: u32, socket: Socket) -> Socket {
        if self.plant != Some(Plant::OrphanHandled) {
            return socket;
        }
        let current = self.net.conns.values().filter(|conn| conn.page == page && conn.client == Client::Open);
        current.map(|conn| conn.socket).max().unwrap_or(socket)
    }

    pub fn planted_found(&mut self, found: &mut [(String, Value)]) {
        if self.plant != Some(Plant::FreshIds) {
            return;
        }
        for (key, value) in found.iter_mut().filter(|(key, _)| key.starts_with(super::noted::OUT)) {
            key.push('f');
            let cid =
                value.get("frame").and_then(|frame| frame.text_at("cid")).unwrap_or_default().to_string();
            if let Value::Map(members) = value
                && let Some((_, frame)) = members.iter_mut().find(|(key, _)| key == "frame")
            {
                set(frame, "cid", format!("{cid}f").into());
            }
        }
    }
}

fn set(value: &mut Value, key: &str, to: Value) {
    if let Value::Map(members) = value
        && let Some((_, held)) = members.iter_mut().find(|(name, _)| name == key)
    {
        *held = to;
    }
}
