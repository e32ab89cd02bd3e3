//! What the tracker hands down: a panel to open, a person to ask for.

use super::{Chat, ChatEffect};
use crate::offer::{ChatFact, Offer};
use crate::time::Moment;

impl Chat {
    pub(super) fn offer(
        &mut self,
        now: Moment,
        offer: Offer,
        because: Vec<String>,
        effects: &mut Vec<ChatEffect>,
    ) {
        match offer {
            Offer::Open { by_visitor } => {
                self.acted |= by_visitor;
                if !by_visitor && !self.open {
                    self.because = because;
                }
                self.show(true, effects);
                if by_visitor {
                    effects.push(ChatEffect::Focus(true));
                }
            }
            Offer::Close => self.show(false, effects),
            // The panel has no place for these yet; the page hears of them all the same.
            Offer::Fees { .. } | Offer::Ask { .. } => {}
            Offer::Resume => self.acted = true,
            Offer::Route(request) => {
                self.show(true, effects);
                if self.live() {
                    // Somebody is on it already: nobody is sent to the back of another queue.
                } else if request.agreed {
                    self.acted = true;
                    self.route(now, *request);
                    effects.push(ChatEffect::Focus(true));
                } else {
                    self.because = because;
                    self.request = Some(request);
                }
            }
        }
    }

    pub(super) fn show(&mut self, open: bool, effects: &mut Vec<ChatEffect>) {
        if self.open != open {
            self.open = open;
            self.ending = false;
            effects.push(ChatEffect::Fact(if open { ChatFact::Opened } else { ChatFact::Closed }));
            if !open {
                self.because.clear();
                effects.push(ChatEffect::Focus(false));
            }
        }
    }
}
