//! What the pages of one browser share: storage, the lock, the channel, and who is logged in.

use super::faults::Fault;
use super::plant::Plant;
use super::tab::Life;
use super::world::{Happening, World};
use bharosa::json;
use bharosa::value::Value;
use bharosa::widget::WidgetEvent;
use std::collections::{BTreeMap, VecDeque};

impl World {
    /// All of localStorage, as the shell reads it.
    pub fn read_local(&self) -> Vec<(String, Value)> {
        if self.storage.denied { Vec::new() } else { read(&self.storage.local) }
    }

    pub fn keep(&mut self, id: u32, key: &str, value: Option<Value>, inbox: &mut VecDeque<WidgetEvent>) {
        let text = value.as_ref().map(json::write);
        if self.plant == Some(Plant::NothingRemoved) && text.is_none() {
            return;
        }
        let refused = self.storage.refuses(self.now, key, &text);
        self.noted_keep(id, key, &value, !refused);
        if refused {
            inbox.push_back(WidgetEvent::Unkept);
        } else {
            let news = self.storage.local.get(key) != text.as_ref();
            if self.plant != Some(Plant::DurableOnly) {
                self.storage.write_local(self.now, key, text.clone());
            }
            if news {
                self.told_of_storage(id, key, value.unwrap_or(Value::Null));
            }
            let takes = self.between(1, 25);
            let at = self.storage.write_durable(self.now, takes, id, key, text);
            self.queue.push(at, Happening::Stored);
        }
    }

    fn told_of_storage(&mut self, id: u32, key: &str, value: Value) {
        let tab = self.pages.get(&id).map(|page| page.tab);
        // Pages of the same tab are other documents and hear of it too.
        let others: Vec<u32> = self.pages.keys().copied().filter(|other| *other != id).collect();
        for other in others {
            let same = self.pages.get(&other).map(|page| page.tab) == tab;
            let at = self.now + if same { 1 } else { 3 };
            self.queue.push(at, Happening::Page(other, WidgetEvent::Changed(key.to_string(), value.clone())));
        }
    }

    /// Writes have reached the durable storage.
    pub fn stored(&mut self) {
        for write in self.storage.arrive(self.now) {
            self.store(write.key, write.value);
        }
    }

    pub fn store(&mut self, key: String, value: Option<String>) {
        self.noted_stored(&key, value.is_some());
        if self.plant == Some(Plant::LocalOnly) {
            return;
        }
        match value {
            Some(value) => self.storage.durable.insert(key, value),
            None => self.storage.durable.remove(&key),
        };
    }

    /// A page asks for all that is in the durable storage. It is answered after what was written there before.
    pub fn ask_durable(&mut self, id: u32) {
        let takes = self.between(2, 30);
        let at = self.storage.last().max(self.now + takes);
        self.queue.push(at, Happening::Find(id));
    }

    pub fn find_durable(&mut self, id: u32) {
        let mut takes = 1;
        let mut found = if self.storage.denied { Vec::new() } else { read(&self.storage.durable) };
        if self.faults.strikes(Fault::SlowFind) {
            takes = self.between(100, 4_000);
            // After a kill it alone knows of a logout of the last seconds: that is not covered here.
            if self.dice.one_in(2) && !(self.customer > 0 && self.faults.was(Fault::Kill)) {
                found.clear();
                self.soon(5_000, 5_000, Happening::Find(id));
            }
        }
        self.planted_found(&mut found);
        self.queue.push(self.now + takes, Happening::Page(id, WidgetEvent::Found(found)));
    }

    pub fn grant(&mut self) {
        if let Some(page) = self.locks.grant() {
            self.send(page, WidgetEvent::Locked);
        }
        if self.plant == Some(Plant::EveryonesLock) {
            let waiting: Vec<u32> = self.locks.waiting().collect();
            waiting.into_iter().for_each(|page| self.send(page, WidgetEvent::Locked));
        }
    }

    pub fn steal(&mut self, id: u32) {
        if let Some(robbed) = self.locks.steal(id) {
            if self.pages.get(&robbed).is_some_and(|page| page.life == Life::Cached) {
                self.evict(robbed);
            } else {
                self.rob(robbed);
            }
        }
        self.locks.deaf.remove(&id);
        self.soon(1, 3, Happening::Page(id, WidgetEvent::Locked));
    }

    pub fn rob(&mut self, robbed: u32) {
        if self.plant == Some(Plant::RobbedUntold) {
            return;
        }
        self.locks.robbed.insert(robbed);
        // After the robber has it, who may be robbed in turn.
        self.soon(4, 6, Happening::Page(robbed, WidgetEvent::LockLost));
    }

    /// Lets go of the lock.
    pub fn leave(&mut self, id: u32, takes: u64) {
        self.locks.deaf.remove(&id);
        self.locks.robbed.remove(&id);
        if self.locks.release(id) {
            self.soon(takes / 2, takes, Happening::Grant);
        }
    }

    pub fn post(&mut self, from: u32, value: Value) {
        if !self.channel.members.contains_key(&from) {
            return;
        }
        self.trace.mix(json::write(&value).as_bytes());
        let members: Vec<u32> = self.channel.members.keys().copied().filter(|page| *page != from).collect();
        for page in members {
            if self.pages.get(&page).is_none_or(|page| page.life == Life::Cached) {
                self.evict(page);
                continue;
            }
            let lost = self.faults.strikes(Fault::LosesPost);
            if !lost {
                let takes = self.between(1, 4);
                let at = self.channel.hears(page, self.now, takes);
                self.queue.push(at, Happening::Page(page, WidgetEvent::Heard(value.clone())));
            }
        }
    }

    /// The page's callback for tokens, which asks the bank.
    pub fn answer_token(&mut self, id: u32, number: u32) {
        let slow = self.faults.strikes(Fault::TokenSlow);
        let takes = if slow { self.between(1_000, 20_000) } else { self.between(5, 300) };
        let token = (!self.faults.strikes(Fault::TokenFails)).then(|| self.token());
        self.queue.push(self.now + takes, Happening::Page(id, WidgetEvent::Token(number, token)));
    }
}

fn read(stored: &BTreeMap<String, String>) -> Vec<(String, Value)> {
    let pair = |(key, text): (&String, &String)| Some((key.clone(), json::parse(text).ok()?));
    stored.iter().filter_map(pair).collect()
}
