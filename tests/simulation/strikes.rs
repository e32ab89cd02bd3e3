//! The faults that come at moments of their own.

use super::faults::Fault;
use super::network::{Packet, Way};
use super::page::Page;
use super::tab::{Exit, Life};
use super::world::{Happening, Undo, World};

impl World {
    /// A fault's moment has come. It counts when there is something it can spoil.
    pub fn strike(&mut self, fault: Fault) {
        if self.faults.over {
            return;
        }
        let pause = self.faults.pause(fault);
        self.queue.push(self.now + pause, Happening::Strike(fault));
        if self.struck(fault) {
            self.faults.struck(fault);
            self.trace.line(self.now, || format!("FAULT {fault:?}"));
        }
    }

    fn struck(&mut self, fault: Fault) -> bool {
        match fault {
            Fault::Reset | Fault::StallUp | Fault::StallDown | Fault::Vanish => self.spoil_conn(fault),
            Fault::Oversize | Fault::Invalid | Fault::Deep | Fault::Unknown | Fault::Flood => {
                self.inject(fault)
            }
            Fault::Restart | Fault::LogLoss | Fault::Drain | Fault::RetryAfter => self.spoil_server(fault),
            Fault::Quota | Fault::Wiped | Fault::Kill => self.spoil_storage(fault),
            Fault::Offline => {
                let time = self.between(500, 40_000);
                self.net.offline_until = self.now + time;
                let all: Vec<u64> = self.net.conns.keys().copied().collect();
                for conn in all {
                    self.stall(conn, Way::Up, time);
                    self.stall(conn, Way::Down, time);
                }
                self.queue.push(self.now + time, Happening::Undo(Undo::Online));
                true
            }
            Fault::Stolen => match self.locks.holder.take() {
                Some(robbed) => {
                    self.rob(robbed);
                    // Whoever stole it lets go at once, or a little later.
                    self.soon(5, 3_000, Happening::Grant);
                    true
                }
                None => false,
            },
            Fault::ClockJump => {
                let jump = self.between(0, 7_200_000) as i64 - 3_600_000;
                self.skew = jump;
                true
            }
            Fault::Switch => self.switch_customer(),
            _ => self.disturb_tab(fault),
        }
    }

    fn spoil_conn(&mut self, fault: Fault) -> bool {
        let live: Vec<u64> =
            self.net.conns.iter().filter(|(_, conn)| conn.held()).map(|(id, _)| *id).collect();
        if live.is_empty() {
            return false;
        }
        let id = *self.dice.pick(&live);
        let longest = 1_000 << self.dice.below(10);
        let time = self.between(1_000, longest);
        match fault {
            Fault::Reset => self.reset(id),
            Fault::StallUp => self.stall(id, Way::Up, time.min(600_000)),
            Fault::StallDown => self.stall(id, Way::Down, time.min(600_000)),
            _ => self.net.conns.get_mut(&id).into_iter().for_each(|conn| conn.vanished = true),
        }
        true
    }

    /// Something between the desk and the page says what the desk never would.
    fn inject(&mut self, fault: Fault) -> bool {
        let live: Vec<u64> = self
            .net
            .conns
            .iter()
            .filter(|(_, conn)| conn.held() && conn.welcomed)
            .map(|(id, _)| *id)
            .collect();
        if live.is_empty() {
            return false;
        }
        let id = *self.dice.pick(&live);
        let odd = [
            "nonsense",
            "[1, 2",
            "17",
            "{}",
            r#"{"type":"ack"}"#,
            r#"{"type":"message","seq":-1,"ts":0}"#,
            r#"{"type":"welcome"}"#,
            r#"{"type":"ack","cid":"nobody's","seq":1e400,"ts":1}"#,
            "",
        ];
        let text = match fault {
            Fault::Oversize => format!(r#"{{"type":"typing","on":true,"x":"{}"}}"#, "x".repeat(70_000)),
            Fault::Deep => format!("{}1{}", r#"{"a":"#.repeat(2_000), "}".repeat(2_000)),
            Fault::Unknown | Fault::Flood => r#"{"type":"confetti","colours":["red"]}"#.to_owned(),
            _ => (*self.dice.pick(&odd)).to_owned(),
        };
        let times = if fault == Fault::Flood { 200 } else { 1 };
        for _ in 0..times {
            self.push(id, Way::Down, Packet::Text(text.clone()));
        }
        true
    }

    fn spoil_server(&mut self, fault: Fault) -> bool {
        if !self.server.is_up() {
            return false;
        }
        match fault {
            Fault::Restart => {
                let down = self.between(20, 15_000);
                self.kill_server(down);
            }
            Fault::LogLoss => {
                let down = self.between(100, 5_000);
                self.kill_server(down);
                self.lose_log();
            }
            Fault::Drain => {
                let down = self.between(1, 8_000);
                self.drain_server(down);
            }
            _ => {
                let open: Vec<u64> =
                    self.net.conns.iter().filter(|(_, conn)| conn.at_server).map(|(id, _)| *id).collect();
                let wait = self.between(500, 20_000);
                for id in &open {
                    let error = serde_json::json!({"type": "error", "code": "busy", "message": "come back later",
                        "retry_after_ms": wait});
                    self.push(*id, Way::Down, Packet::Text(error.to_string()));
                    self.push(*id, Way::Down, Packet::Close(1013));
                    self.net.conns.get_mut(id).into_iter().for_each(|conn| conn.at_server = false);
                    self.serve(desk::Event::Closed { socket: *id });
                }
                return !open.is_empty();
            }
        }
        true
    }

    fn spoil_storage(&mut self, fault: Fault) -> bool {
        let time = self.between(500, 30_000);
        match fault {
            Fault::Quota => {
                self.storage.full_until = self.now + time;
                self.storage.room = self.storage.bytes();
            }
            Fault::Wiped => {
                self.storage.wipe();
                self.tabs.iter_mut().for_each(|tab| tab.session = None);
                self.noted_wipe();
                self.check_kept("all was wiped");
            }
            _ => self.kill_browser(),
        }
        true
    }

    /// Every process of the browser dies, and later it starts again with the tabs it had.
    fn kill_browser(&mut self) {
        let age = self.between(50, 45_000);
        let cut = self.now.saturating_sub(age);
        let pages: Vec<u32> = self.pages.keys().copied().collect();
        self.storage.pending.clear();
        self.storage.kill(cut);
        self.noted_kill(cut);
        self.pages.clear();
        self.locks.reset();
        self.channel.members.clear();
        for page in pages {
            self.noted_gone(page);
        }
        let conns: Vec<u64> = self.net.conns.keys().copied().collect();
        for conn in conns {
            self.net
                .conns
                .get_mut(&conn)
                .into_iter()
                .for_each(|conn| conn.client = super::network::Client::Closed);
            self.reset(conn);
        }
        for tab in 0..self.tabs.len() {
            self.tabs[tab].page = None;
            self.tabs[tab].back = None;
            self.tabs[tab].session = None;
            self.soon(800, 6_000, Happening::Undo(Undo::Load(tab)));
        }
        self.check_kept("the browser was killed");
    }

    fn disturb_tab(&mut self, fault: Fault) -> bool {
        let awake: Vec<u32> = self.pages.iter().filter(|(_, page)| awake(page)).map(|(id, _)| *id).collect();
        if awake.is_empty() {
            return false;
        }
        let id = *self.dice.pick(&awake);
        let tab = self.pages.get(&id).map_or(0, |page| page.tab);
        match fault {
            Fault::Hide | Fault::LongHidden => {
                self.hide(id);
                let time = if fault == Fault::Hide {
                    self.between(500, 60_000)
                } else {
                    self.between(310_000, 500_000)
                };
                self.queue.push(self.now + time, Happening::Undo(Undo::Show(id)));
            }
            Fault::Freeze => {
                let time = self.between(1_000, 90_000);
                self.pages.get_mut(&id).into_iter().for_each(|page| page.life = Life::Frozen);
                self.queue.push(self.now + time, Happening::Undo(Undo::Thaw(id)));
            }
            Fault::Cached => {
                self.navigate(tab, true);
                let time = self.between(300, 60_000);
                self.queue.push(self.now + time, Happening::Undo(Undo::Back(tab)));
            }
            Fault::Crash => {
                self.unload(id, Exit::Crashed);
                self.soon(500, 20_000, Happening::Undo(Undo::Load(tab)));
            }
            Fault::CloseTab => {
                self.close_tab(tab);
                if self.tabs.iter().all(|tab| tab.closed) {
                    self.new_tab(None);
                }
            }
            Fault::Navigate => self.navigate(tab, false),
            Fault::NewTab | Fault::CopyTab => {
                if self.tabs.iter().filter(|tab| !tab.closed).count() >= 4 {
                    return false;
                }
                self.new_tab((fault == Fault::CopyTab).then_some(tab));
            }
            _ => return false,
        }
        true
    }
}

fn awake(page: &Page) -> bool {
    page.life == Life::Awake
}
