//! Connections between pages and the server: two lanes each, in order as TCP is, and all that can befall them.

use super::faults::Fault;
use super::plant::Plant;
use super::world::{Happening, World};
use bharosa::json;
use bharosa::link::Socket;
use bharosa::link::wire::{ClientFrame, MAX_FRAME, ServerFrame};
use bharosa::value::Value;
use bharosa::widget::WidgetEvent;
use desk::Event;
use std::collections::{BTreeMap, VecDeque};

#[derive(Default)]
pub struct Network {
    pub conns: BTreeMap<u64, Conn>,
    made: u64,
    pub offline_until: u64,
}

pub struct Conn {
    pub page: u32,
    pub socket: Socket,
    up: Lane,
    down: Lane,
    pub client: Client,
    pub at_server: bool,
    /// Whatever is sent either way goes nowhere, and nobody is told.
    pub vanished: bool,
    latency: u64,
    /// Packets until it is reset.
    budget: Option<u32>,
    pub welcomed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    Connecting,
    Open,
    Closed,
    /// Given up by the page, and still delivering.
    Orphan,
}

#[derive(Default)]
struct Lane {
    packets: VecDeque<(u64, Packet)>,
    last: u64,
    stalled_until: u64,
}

#[derive(Debug)]
pub enum Packet {
    Open,
    Text(String),
    Close(u16),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

impl Conn {
    fn lane(&mut self, way: Way) -> &mut Lane {
        match way {
            Way::Up => &mut self.up,
            Way::Down => &mut self.down,
        }
    }

    /// Whether the page holds it for a connection.
    pub fn held(&self) -> bool {
        matches!(self.client, Client::Connecting | Client::Open)
    }
}

impl World {
    pub fn connect(&mut self, page: u32, socket: Socket) {
        if self.now < self.net.offline_until {
            self.soon(1, 5, Happening::Page(page, WidgetEvent::Closed(socket, 1006)));
            return;
        }
        self.net.made += 1;
        let id = self.net.made;
        let usual = [2, 20, 60, 150][self.plan.distance];
        let latency = if self.faults.strikes(Fault::Latency) { self.between(1_000, 30_000) } else { usual };
        let budget = self.faults.strikes(Fault::ResetAfter).then(|| self.between(1, 12) as u32);
        let vanished = self.faults.strikes(Fault::Hang);
        let (up, down) = (Lane::default(), Lane::default());
        let client = Client::Connecting;
        let conn = Conn {
            page,
            socket,
            up,
            down,
            client,
            at_server: false,
            vanished,
            latency,
            budget,
            welcomed: false,
        };
        self.net.conns.insert(id, conn);
        if self.faults.strikes(Fault::Refuse) {
            self.push(id, Way::Down, Packet::Close(1006));
            return;
        }
        if self.faults.strikes(Fault::SlowDoor) {
            let slow = self.between(1_000, 15_000);
            self.stall(id, Way::Up, slow);
        }
        self.push(id, Way::Up, Packet::Open);
    }

    pub fn transmit(&mut self, page: u32, socket: Socket, frame: &ClientFrame) {
        let text = json::write(&frame.to_value());
        self.trace.mix(text.as_bytes());
        let found = self.find(page, socket);
        self.trace.line(self.now, || {
            format!("p{page} s{socket} -> {text} {}", found.map_or("(no socket)", |_| ""))
        });
        if let Some(id) = found {
            for text in self.planted_up(id, text) {
                self.push(id, Way::Up, Packet::Text(text));
            }
        }
    }

    pub fn find(&self, page: u32, socket: Socket) -> Option<u64> {
        let ours = |conn: &Conn| conn.page == page && conn.socket == socket && conn.held();
        self.net.conns.iter().find(|(_, conn)| ours(conn)).map(|(id, _)| *id)
    }

    /// The page gives a connection up. What is under way to the server still arrives there.
    pub fn hang_up(&mut self, id: u64) {
        let orphan = self.faults.strikes(Fault::OldSocket) || self.plant == Some(Plant::OrphanHandled);
        if let Some(conn) = self.net.conns.get_mut(&id) {
            conn.client = if orphan { Client::Orphan } else { Client::Closed };
        }
        if self.plant == Some(Plant::OrphanHandled) {
            // What it says last comes when the next one has long been there.
            self.stall(id, Way::Down, 5_000);
        }
        self.push(id, Way::Up, Packet::Close(1000));
    }

    pub fn push(&mut self, id: u64, way: Way, packet: Packet) {
        let jitter = self.dice.next() % 100;
        let Some(conn) = self.net.conns.get_mut(&id).filter(|conn| !conn.vanished) else { return };
        let takes = (conn.latency * (80 + jitter) / 130).max(1);
        let lane = conn.lane(way);
        lane.last = lane.last.max(self.now + takes).max(lane.stalled_until);
        lane.packets.push_back((lane.last, packet));
        let at = lane.last;
        self.queue.push(at, Happening::Lane(id, way));
    }

    pub fn stall(&mut self, id: u64, way: Way, time: u64) {
        let until = self.now + time;
        if let Some(conn) = self.net.conns.get_mut(&id) {
            let lane = conn.lane(way);
            lane.stalled_until = lane.stalled_until.max(until);
            self.queue.push(until, Happening::Lane(id, way));
        }
    }

    /// All lanes flow again.
    pub fn unstall(&mut self) {
        let now = self.now;
        for (id, conn) in &mut self.net.conns {
            for way in [Way::Up, Way::Down] {
                let lane = conn.lane(way);
                if lane.stalled_until > now || lane.last > now + 1_000 {
                    lane.stalled_until = now;
                    lane.last = now;
                    lane.packets.iter_mut().for_each(|packet| packet.0 = packet.0.min(now));
                    self.queue.push(now, Happening::Lane(*id, way));
                }
            }
            conn.latency = conn.latency.min(150);
            conn.budget = None;
        }
    }

    /// Delivers what has arrived.
    pub fn flow(&mut self, id: u64, way: Way) {
        loop {
            let now = self.now;
            let Some(conn) = self.net.conns.get_mut(&id).filter(|conn| !conn.vanished) else { return };
            let lane = conn.lane(way);
            if lane.stalled_until > now || lane.packets.front().is_none_or(|(at, _)| *at > now) {
                if let Some((at, _)) = lane.packets.front()
                    && *at <= now
                {
                    let again = lane.stalled_until;
                    self.queue.push(again, Happening::Lane(id, way));
                }
                return;
            }
            let Some((_, packet)) = lane.packets.pop_front() else { return };
            if let Some(left) = &mut conn.budget {
                *left -= 1;
                if *left == 0 {
                    self.reset(id);
                    return;
                }
            }
            match way {
                Way::Up => self.arrives_at_server(id, packet),
                Way::Down => self.arrives_at_page(id, packet),
            }
        }
    }

    fn arrives_at_server(&mut self, id: u64, packet: Packet) {
        let Some(conn) = self.net.conns.get_mut(&id) else { return };
        match packet {
            Packet::Open if self.server.is_up() => {
                conn.at_server = true;
                self.push(id, Way::Down, Packet::Open);
                self.serve(Event::Opened { socket: id, door: desk::Door::Visitor });
            }
            Packet::Open => self.push(id, Way::Down, Packet::Close(1006)),
            Packet::Text(text) if conn.at_server => self.server_hears(id, text),
            Packet::Text(_) => {}
            Packet::Close(_) => {
                if std::mem::take(&mut conn.at_server) {
                    self.serve(Event::Closed { socket: id });
                }
                self.net.conns.retain(|one, conn| *one != id || conn.client == Client::Orphan);
            }
        }
    }

    fn arrives_at_page(&mut self, id: u64, packet: Packet) {
        let Some(conn) = self.net.conns.get_mut(&id) else { return };
        let (page, socket) = (conn.page, conn.socket);
        if conn.client == Client::Closed {
            return;
        }
        match packet {
            Packet::Open => {
                if conn.client == Client::Connecting {
                    conn.client = Client::Open;
                }
                self.send(page, WidgetEvent::Opened(socket));
            }
            Packet::Text(text) => self.page_hears(id, page, socket, &text),
            Packet::Close(code) => {
                let gone = self.net.conns.remove(&id);
                if gone.is_some_and(|conn| conn.at_server) && code == 1006 {
                    self.serve(Event::Closed { socket: id });
                }
                self.send(page, WidgetEvent::Closed(socket, code));
            }
        }
    }

    /// Reads a frame as the browser's shell does, and answers what cannot be read.
    fn page_hears(&mut self, id: u64, page: u32, socket: Socket, text: &str) {
        self.trace.mix(text.as_bytes());
        self.trace.line(self.now, || format!("p{page} s{socket} <- {text}"));
        match read(text) {
            Ok(frame) => {
                if matches!(frame, ServerFrame::Welcome(_))
                    && let Some(conn) = self.net.conns.get_mut(&id)
                {
                    conn.welcomed = true;
                }
                for (socket, frame) in self.planted_down(page, socket, frame) {
                    self.send(page, WidgetEvent::Received(socket, frame));
                }
            }
            Err(problem) => {
                let answer = json::write(&ClientFrame::Error(problem).to_value());
                self.push(id, Way::Up, Packet::Text(answer));
            }
        }
    }

    /// Both ends lose the connection, and notice.
    pub fn reset(&mut self, id: u64) {
        let Some(conn) = self.net.conns.remove(&id) else { return };
        if conn.at_server {
            self.serve(Event::Closed { socket: id });
        }
        if conn.held() && !conn.vanished {
            self.soon(1, 30, Happening::Page(conn.page, WidgetEvent::Closed(conn.socket, 1006)));
        }
    }
}

fn read(text: &str) -> Result<ServerFrame, String> {
    if text.len() > MAX_FRAME {
        return Err(format!("of {} bytes; 65536 are the most", text.len()));
    }
    match json::parse(text) {
        Ok(value @ Value::Map(_)) => ServerFrame::decode(&value),
        Ok(other) => Err(format!("expected an object, found {}", other.kind())),
        Err(_) => Err("not JSON, or nested deeper than 32 levels".to_string()),
    }
}
