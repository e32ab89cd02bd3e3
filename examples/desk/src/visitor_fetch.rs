//! A visitor asks for entries that were not sent: a gap, or what is older than they hold.

use crate::desk::Desk;
use crate::event::Socket;
use crate::excerpt::newest;
use crate::frame::{ServerFrame, Span};
use crate::id::SessionId;
use crate::limits::{EXCERPT_BYTES, FETCHED};
use crate::store::{Ids, Store};

impl<S: Store, I: Ids> Desk<S, I> {
    /// Sends the newest part of the range and says which it was. Positions beyond the log's end are not lost: they
    /// may be used yet.
    pub(crate) fn fetch(&mut self, socket: Socket, session: SessionId, wanted: Span) {
        let Some(session) = self.state.sessions.get(&session) else { return };
        let sent = newest(session, wanted, FETCHED, EXCERPT_BYTES);
        let trimmed = Span { from: sent.span.from, to: sent.span.to.min(session.first() - 1) };
        let lost = (trimmed.to + 1).saturating_sub(trimmed.from);
        for entry in sent.entries {
            self.send(socket, entry);
        }
        self.send(socket, ServerFrame::Fetched { span: sent.span, lost });
    }
}
