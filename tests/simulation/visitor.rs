//! What the visitor does: opens, types, sends, tries again, gives up, ends, looks at another tab, logs out.

use super::faults::Fault;
use super::plant::Plant;
use super::tab::Life;
use super::world::{Happening, START, World};
use bharosa::chat::ChatEvent;
use bharosa::offer::{Offer, Request};
use bharosa::view::{Bubble, Mark, Row};
use bharosa::widget::WidgetEvent;

impl World {
    pub fn visitor_acts(&mut self) {
        if self.faults.over {
            return;
        }
        let pause = 1 + self.will.next() % (2 * self.plan.pace);
        self.queue.push(self.now + pause, Happening::Visitor);
        let usable = self.usable();
        if usable.is_empty() {
            return;
        }
        let id = *self.will.pick(&usable);
        if !self.pages.get(&id).is_some_and(|page| page.opened) {
            self.open_chat(id);
            return;
        }
        match self.will.below(100) {
            0..55 => self.say(id),
            55..60 => self.chat(id, ChatEvent::Draft(format!("half a thought {}", self.said))),
            60..64 => (0..4).for_each(|_| self.say(id)),
            64..74 => self.answer_failure(id),
            74..80 => {
                let open = self.pages.get(&id).is_some_and(|page| page.widget.chat().open);
                let offer = Offer::Open { by_visitor: true };
                self.chat(id, if open { ChatEvent::Close } else { offered(offer) });
            }
            80..84 => {
                self.chat(id, ChatEvent::AskEnd(true));
                self.chat(id, ChatEvent::End);
            }
            84..88 => {
                let request = Request { queue: "loans".into(), agreed: true, ..Request::default() };
                self.chat(id, offered(Offer::Route(Box::new(request))));
            }
            88..90 if self.plan.hoards => {
                self.plan.hoards = false;
                (0..230).for_each(|_| self.say(id));
            }
            _ => self.chat(id, ChatEvent::Earlier),
        }
    }

    fn open_chat(&mut self, id: u32) {
        if self.will.one_in(6) {
            let consents = self.plant == Some(Plant::EarlyConsent);
            // A rule opens the panel, and the visitor may even type: nothing leaves the page by that.
            self.chat(id, offered(Offer::Open { by_visitor: consents }));
            self.chat(id, ChatEvent::Draft("hm".into()));
            return;
        }
        self.book.acted = true;
        self.pages.get_mut(&id).into_iter().for_each(|page| page.opened = true);
        self.chat(id, offered(Offer::Open { by_visitor: true }));
    }

    fn say(&mut self, id: u32) {
        self.said += 1;
        let Some(customer) = self.pages.get(&id).map(|page| page.customer) else { return };
        let long = match self.will.below(60) {
            0 => "سلام ".repeat(790),
            1 => "\u{202e}\u{0}\"\\{page.name}\n".to_string(),
            _ => String::new(),
        };
        let text = format!("c{customer}.{} {long}", self.said).trim().to_string();
        let full = self.pages.get(&id).is_some_and(|page| page.widget.chat().is_full(text.len()));
        self.chat(id, ChatEvent::Draft(text.clone()));
        self.chat(id, ChatEvent::Send);
        let Some(page) = self.pages.get(&id) else { return };
        let shows =
            |row: &Row| matches!(row, Row::Bubble(bubble) if bubble.from.is_none() && bubble.text == text);
        let shown = page.widget.view(0).rows.iter().any(shows);
        let kept = self.book.said.values().any(|said| said.text == text);
        match (full, shown, kept) {
            // The composer says that it must wait, and the words stay in it.
            (true, false, false) if page.widget.chat().draft == text => {}
            (false, true, true) => self.book.tally.said += 1,
            _ => {
                self.broken("S1", format!("p{id}: {text:.20} was sent: shown {shown}, written ahead {kept}"))
            }
        }
    }

    /// A message has failed: the visitor tries again, or gives it up.
    fn answer_failure(&mut self, id: u32) {
        let Some(page) = self.pages.get(&id) else { return };
        let failed = |row: &Row| match row {
            Row::Bubble(Bubble { key, mark: Some(Mark::Failed), .. }) => Some(key.clone()),
            _ => None,
        };
        let Some(cid) = page.widget.view(0).rows.iter().find_map(failed) else {
            self.say(id);
            return;
        };
        if self.will.one_in(3) {
            if let Some(said) = self.book.said.get_mut(&cid) {
                said.discarded = true;
                self.book.tally.discarded += 1;
            }
            self.chat(id, ChatEvent::Discard(cid));
        } else {
            self.book.said.get_mut(&cid).into_iter().for_each(|said| said.again = true);
            self.chat(id, ChatEvent::Retry(cid));
        }
    }

    /// In one tab the customer logs out, and another one logs in.
    pub fn switch_customer(&mut self) -> bool {
        let usable = self.usable();
        // Where storage is denied, a tab that listens to nobody at the moment cannot be told of a logout by anything but
        // the server's 4403: that is not covered here. The same where the storage is so full that it takes not even that.
        let told = !self.storage.denied && self.storage.full_until <= self.now;
        if usable.is_empty() || !self.book.acted || self.customer >= 3 || !told {
            return false;
        }
        let id = *self.dice.pick(&usable);
        let tab = self.pages.get(&id).map_or(0, |page| page.tab);
        self.customer += 1;
        self.pages.get_mut(&id).into_iter().for_each(|page| page.customer += 1);
        self.book.tally.left_behind += self.book.waiting() as u64;
        if self.plant != Some(Plant::LogoutUntold) {
            self.send(id, WidgetEvent::Logout);
        }
        // The bank sends them to its front page.
        self.navigate(tab, false);
        true
    }

    pub fn chat(&mut self, id: u32, event: ChatEvent) {
        self.send(id, WidgetEvent::Chat(event));
    }

    /// For the customer who is logged in now.
    pub fn token(&mut self) -> String {
        let short = self.faults.has(Fault::TokenExpiry) && !self.faults.over;
        let lasts = if short { self.between(20, 50) } else { self.between(2_000, 3_600) };
        let expires = (START + self.now) / 1_000 + lasts;
        self.server.token_for(self.customer, expires)
    }

    /// When all is over, the visitor looks at every tab, and the chat is open in each.
    pub fn look_at_all(&mut self) {
        for tab in 0..self.tabs.len() {
            if !self.tabs[tab].closed && self.tabs[tab].page.is_none() {
                self.load(tab);
            }
        }
        if self.tabs.iter().all(|tab| tab.closed) {
            self.new_tab(None);
        }
        let pages: Vec<u32> = self.pages.keys().copied().collect();
        self.book.acted = true;
        for id in pages {
            if self.pages.get(&id).is_some_and(|page| page.life != Life::Cached) {
                self.thaw(id);
                // Going from tab to tab hides one and shows the next.
                self.hide(id);
                self.show(id);
                self.chat(id, offered(Offer::Open { by_visitor: true }));
            }
        }
    }
}

/// What the tracker hands to the panel.
pub fn offered(offer: Offer) -> ChatEvent {
    ChatEvent::Offer { offer, because: Vec::new() }
}
