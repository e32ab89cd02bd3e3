//! Tabs and the life of their pages: loaded, hidden, frozen, put into the back/forward cache, crashed, closed.

use super::locks::{CRASHED, RELEASED};
use super::page::Page;
use super::plant::Plant;
use super::visitor::offered;
use super::world::{Undo, World};
use bharosa::chat::ChatEvent;
use bharosa::json;
use bharosa::offer::Offer;
use bharosa::value::Value;
use bharosa::widget::WidgetEvent;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    Awake,
    Frozen,
    Cached,
}

/// Why a page goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Navigated,
    Closed,
    Crashed,
    Evicted,
}

#[derive(Default)]
pub struct Tab {
    /// What stands in sessionStorage: written down as JSON only when it is read, which most of it never is.
    pub session: Option<Value>,
    pub page: Option<u32>,
    /// The page before, in the back/forward cache.
    pub back: Option<u32>,
    pub closed: bool,
}

impl World {
    /// Opens a tab, which gets a copy of another's sessionStorage when it is a duplicate.
    pub fn new_tab(&mut self, copy: Option<usize>) -> usize {
        let session = copy.map(|tab| self.tabs[tab].session.clone()).unwrap_or_default();
        self.tabs.push(Tab { session, ..Tab::default() });
        let tab = self.tabs.len() - 1;
        self.load(tab);
        tab
    }

    /// A page is loaded and its panel mounted, as the browser's shell does it.
    pub fn load(&mut self, tab: usize) {
        if self.tabs[tab].closed || self.tabs[tab].page.is_some() {
            return;
        }
        self.pages_made += 1;
        let id = self.pages_made;
        let page = Page::new(self, tab);
        self.pages.insert(id, page);
        self.tabs[tab].page = Some(id);
        self.trace.line(self.now, || format!("p{id} loads in tab {tab}"));
        let saved = self.tabs[tab].session.as_ref().and_then(|value| json::parse(&json::write(value)).ok());
        let saved = saved.filter(|_| !self.storage.denied);
        let shared = self.read_local();
        let known = !shared.is_empty();
        self.send(id, WidgetEvent::Shared(shared));
        let resumes = known || saved.is_some();
        if let Some(saved) = saved {
            self.send(id, WidgetEvent::Chat(ChatEvent::Restored { saved, narrow: false }));
        }
        self.ask_durable(id);
        self.send(id, WidgetEvent::Visible(true));
        if resumes {
            self.send(id, WidgetEvent::Chat(offered(Offer::Resume)));
        }
    }

    /// The page of a tab is left, into the cache if it may, and the next one loads.
    pub fn navigate(&mut self, tab: usize, cached: bool) {
        let Some(old) = self.tabs[tab].page else { return };
        let draft = self.draft_to_find(old);
        self.hide_in_cache_or_go(old, tab, cached);
        self.load(tab);
        self.check_draft(tab, draft);
    }

    fn hide_in_cache_or_go(&mut self, old: u32, tab: usize, cached: bool) {
        if let Some(older) = self.tabs[tab].back.take() {
            self.evict(older);
        }
        if cached {
            self.says_leaving(old);
            if let Some(page) = self.pages.get_mut(&old) {
                page.life = Life::Cached;
            }
            self.tabs[tab].page = None;
            self.tabs[tab].back = Some(old);
        } else {
            self.unload(old, Exit::Navigated);
        }
    }

    /// The visitor goes back to the page in the cache, or loads it anew if it is no longer there.
    pub fn go_back(&mut self, tab: usize) {
        if self.tabs[tab].closed {
            return;
        }
        let back = self.tabs[tab].back.take();
        if let Some(current) = self.tabs[tab].page {
            self.unload(current, Exit::Navigated);
        }
        let Some(id) = back.filter(|id| self.pages.contains_key(id)) else {
            self.load(tab);
            return;
        };
        self.tabs[tab].page = Some(id);
        let Some(page) = self.pages.get_mut(&id) else { return };
        page.life = Life::Awake;
        page.visible = true;
        let held = std::mem::take(&mut page.held);
        self.trace.line(self.now, || format!("p{id} is back"));
        self.send(id, WidgetEvent::Back);
        // A socket it had kept: the browser tells of its end only now.
        let kept: Vec<u64> =
            self.net.conns.iter().filter(|(_, c)| c.page == id && c.held()).map(|(c, _)| *c).collect();
        for conn in kept {
            self.reset(conn);
        }
        self.wakes(id, held);
    }

    /// A page takes in what waited for it.
    fn wakes(&mut self, id: u32, held: Vec<WidgetEvent>) {
        self.waking = Some(id);
        held.into_iter().for_each(|event| self.send(id, event));
        self.waking = None;
        self.look(id);
        self.late_timer(id);
    }

    pub fn says_leaving(&mut self, id: u32) {
        if self.plant != Some(Plant::NoPagehide) {
            self.send(id, WidgetEvent::Leaving);
        }
    }

    /// The page is gone, and what the browser held for it.
    pub fn unload(&mut self, id: u32, exit: Exit) {
        let Some(page) = self.pages.get(&id) else { return };
        let (tab, frozen) = (page.tab, page.life != Life::Awake);
        self.trace.line(self.now, || format!("p{id} goes: {exit:?}"));
        if matches!(exit, Exit::Navigated | Exit::Closed) && !frozen {
            self.says_leaving(id);
        }
        if matches!(exit, Exit::Closed | Exit::Crashed) {
            self.drop_writes(id, exit);
        }
        let conns: Vec<u64> =
            self.net.conns.iter().filter(|(_, c)| c.page == id && c.held()).map(|(c, _)| *c).collect();
        for conn in conns {
            self.hang_up(conn);
            self.net
                .conns
                .get_mut(&conn)
                .into_iter()
                .for_each(|conn| conn.client = super::network::Client::Closed);
        }
        self.noted_gone(id);
        self.channel.members.remove(&id);
        self.leave(id, if exit == Exit::Crashed { CRASHED } else { RELEASED });
        self.pages.remove(&id);
        if self.tabs[tab].page == Some(id) {
            self.tabs[tab].page = None;
        }
        self.check_kept("a page has gone");
    }

    /// Of the writes that a closing tab still had on their way, each one is done with the measured chance.
    fn drop_writes(&mut self, id: u32, exit: Exit) {
        let chance = if exit == Exit::Closed { 60 } else { 50 };
        let pending = std::mem::take(&mut self.storage.pending);
        let mut failed = false;
        for write in pending {
            // They are done in order, so that none is done after one that was not.
            failed |= write.page == id && self.dice.below(100) >= chance;
            if write.page != id || !failed {
                self.storage.pending.push_back(write);
            }
        }
    }

    /// A page falls out of the back/forward cache.
    pub fn evict(&mut self, id: u32) {
        self.tabs.iter_mut().filter(|tab| tab.back == Some(id)).for_each(|tab| tab.back = None);
        if self.pages.get(&id).is_some_and(|page| page.life == Life::Cached) {
            self.unload(id, Exit::Evicted);
        } else {
            self.channel.members.remove(&id);
        }
    }

    pub fn close_tab(&mut self, tab: usize) {
        self.tabs[tab].closed = true;
        if let Some(page) = self.tabs[tab].page {
            self.unload(page, Exit::Closed);
        }
        if let Some(back) = self.tabs[tab].back {
            self.evict(back);
        }
    }

    pub fn show(&mut self, id: u32) {
        let Some(page) = self.pages.get_mut(&id).filter(|page| !page.visible) else { return };
        page.visible = true;
        self.send(id, WidgetEvent::Visible(true));
        self.late_timer(id);
    }

    pub fn hide(&mut self, id: u32) {
        let now = self.now;
        let Some(page) = self.pages.get_mut(&id).filter(|page| page.visible) else { return };
        page.visible = false;
        page.hidden_since = now;
        self.send(id, WidgetEvent::Visible(false));
    }

    pub fn thaw(&mut self, id: u32) {
        let Some(page) = self.pages.get_mut(&id).filter(|page| page.life == Life::Frozen) else { return };
        page.life = Life::Awake;
        let held = std::mem::take(&mut page.held);
        self.trace.line(self.now, || format!("p{id} thaws"));
        // The event `resume` comes before what waited, and the shell looks into the storage then.
        let shared = self.read_local();
        self.send(id, WidgetEvent::Shared(shared));
        self.wakes(id, held);
    }

    pub fn undo(&mut self, undo: Undo) {
        match undo {
            Undo::ServerUp => self.start_server(),
            Undo::Thaw(page) => self.thaw(page),
            Undo::Show(page) => self.show(page),
            // Whoever has gone through all tabs stays where they are.
            Undo::Back(_) if self.faults.over => {}
            Undo::Back(tab) => self.go_back(tab),
            Undo::Load(tab) => self.load(tab),
            Undo::LookAtAll => self.look_at_all(),
            Undo::Online => {
                let pages: Vec<u32> = self.pages.keys().copied().collect();
                pages.into_iter().for_each(|page| self.send(page, WidgetEvent::Online));
            }
        }
    }

    /// The tab's pages that can be seen and used.
    pub fn usable(&self) -> Vec<u32> {
        let usable = |page: &Page| page.life == Life::Awake && page.visible;
        self.pages.iter().filter(|(_, page)| usable(page)).map(|(id, _)| *id).collect()
    }
}
