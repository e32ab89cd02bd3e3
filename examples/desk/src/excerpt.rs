//! Which entries of a log go out at once: the newest of what is asked for, and not more than a client can take in.

use crate::entry::{Entry, What};
use crate::frame::{ServerFrame, Span};
use crate::session::Session;

/// Some entries, and the range that they are all of.
pub(crate) struct Excerpt {
    /// Ends where the range asked for ends, and may begin after it does.
    pub span: Span,
    pub entries: Vec<ServerFrame>,
}

/// The newest part of a range, with at most so many entries and bytes of text; one entry always fits.
pub(crate) fn newest(session: &Session, wanted: Span, most: usize, bytes: usize) -> Excerpt {
    let mut room = bytes;
    let mut from = wanted.from;
    let mut entries = Vec::new();
    for entry in session.between(wanted).rev() {
        let size = size(entry);
        if entries.len() == most || (size > room && !entries.is_empty()) {
            from = entry.seq + 1;
            break;
        }
        room = room.saturating_sub(size);
        entries.push(ServerFrame::Entry(entry.for_visitor()));
    }
    entries.reverse();
    Excerpt { span: Span { from, to: wanted.to }, entries }
}

/// Its text counts; the rest is small, and the number of entries bounds it.
fn size(entry: &Entry) -> usize {
    match &entry.what {
        What::Message { body, .. } => body.text.len(),
        _ => 0,
    }
}
