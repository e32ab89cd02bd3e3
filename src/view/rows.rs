//! The transcript in rows: days, messages, what happened, and what is missing.

use super::{Bubble, Line, Mark, Missing, Row};
use crate::chat::Chat;
use crate::chat::gap::Gap;
use crate::chat::outbox::{Delivery, Pending};
use crate::link::wire::{ClientFrame, Entry, Sender, What};
use crate::text::{digits, glue};
use crate::time::Millis;

/// Messages further apart than this do not stand together.
const GROUP: Millis = 5 * 60_000;

pub(super) fn of(chat: &Chat, zone: i32) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut day = None;
    let mut gaps = chat.transcript.gaps().iter().peekable();
    let mut add = |ts: Millis, row: Row, before: u64| {
        while let Some(gap) = gaps.next_if(|gap| gap.from < before) {
            let missing = match gap {
                Gap { lost: true, .. } => Missing::Lost,
                _ if rows.is_empty() => Missing::Earlier,
                _ => Missing::Fetching,
            };
            rows.push(Row::Missing { key: glue(&["missing-", &digits(gap.to)]), missing });
        }
        let today = (ts as i64 + i64::from(zone) * 60_000).div_euclid(86_400_000);
        if day.replace(today) != Some(today) {
            rows.push(Row::Day(ts));
        }
        rows.push(row);
    };
    for entry in chat.transcript.entries() {
        add(entry.ts, entry_row(chat, entry), entry.seq);
    }
    for pending in chat.outbox.items() {
        if let ClientFrame::Message { text, .. } = &pending.frame {
            let bubble = own(&pending.cid, text, pending.at, pending_mark(pending));
            add(pending.at, Row::Bubble(bubble), u64::MAX);
        }
    }
    group(&mut rows);
    rows
}

fn entry_row(chat: &Chat, entry: &Entry) -> Row {
    // The visitor's own keep their id when they are committed, so that they do not blink.
    let key = entry.cid.clone().unwrap_or_else(|| entry.seq.to_string());
    let queue = |id: &str| chat.settings.queue_name(id).to_string();
    let line = match &entry.what {
        What::Message { from: Sender::Visitor, text } => {
            let mark = if chat.read_by_agent >= entry.seq { Mark::Read } else { Mark::Sent };
            return Row::Bubble(own(&key, text, entry.ts, mark));
        }
        What::Message { from: Sender::Agent(person), text } => {
            return Row::Bubble(Bubble {
                key,
                from: Some((person.name.clone(), person.role.clone())),
                text: text.clone(),
                ts: entry.ts,
                mark: None,
                first: true,
                last: true,
            });
        }
        What::Message { from: Sender::System, text } => Line::Said(text.clone()),
        What::Route { queue: id } => Line::Queued { queue: queue(id) },
        What::Agent(person) => Line::Joined { name: person.name.clone(), role: person.role.clone() },
        What::Transfer { agent: Some(person), .. } => {
            Line::TransferredTo { name: person.name.clone(), role: person.role.clone() }
        }
        What::Transfer { queue: id, .. } => {
            Line::TransferredToQueue { queue: id.as_deref().map(queue).unwrap_or_default() }
        }
        What::End { by } => match by.as_str() {
            "visitor" => Line::EndedByVisitor,
            "agent" => Line::EndedByAgent,
            _ => Line::Ended,
        },
    };
    Row::Line { key, ts: entry.ts, line }
}

fn own(key: &str, text: &str, ts: Millis, mark: Mark) -> Bubble {
    Bubble {
        key: key.to_string(),
        from: None,
        text: text.to_string(),
        ts,
        mark: Some(mark),
        first: true,
        last: true,
    }
}

fn pending_mark(pending: &Pending) -> Mark {
    match pending.state {
        Delivery::Sending => Mark::Sending,
        Delivery::Committed(_) => Mark::Sent,
        Delivery::Failed => Mark::Failed,
    }
}

/// Marks the first and last of each run by one sender.
fn group(rows: &mut [Row]) {
    for index in 1..rows.len() {
        let (before, rest) = rows.split_at_mut(index);
        if let (Some(Row::Bubble(above)), Some(Row::Bubble(below))) = (before.last_mut(), rest.first_mut())
            && above.from == below.from
            && below.ts.saturating_sub(above.ts) < GROUP
        {
            above.last = false;
            below.first = false;
        }
    }
}
