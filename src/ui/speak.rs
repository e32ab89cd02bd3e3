//! What has arrived, said once for those who listen instead of looking.

use super::Words;
use super::log::line_text;
use crate::text::{glue, list};
use crate::view::{Row, View};

/// What the live region says when `before` becomes `after`; `None` when nothing of others arrived.
pub fn news(before: &View, after: &View, words: &Words) -> Option<String> {
    // The transcript of an earlier page is no news.
    if before.rows.is_empty() && after.rows.len() > 2 {
        return None;
    }
    let sentences: Vec<String> = fresh(before, after).filter_map(|row| sentence(row, words)).collect();
    (!sentences.is_empty()).then(|| list(&sentences, ". "))
}

/// Whether the visitor's own message has just appeared.
pub fn own_news(before: &View, after: &View) -> bool {
    fresh(before, after).any(|row| matches!(row, Row::Bubble(bubble) if bubble.from.is_none()))
}

/// The rows at the end of `after` that `before` does not have.
fn fresh<'v>(before: &'v View, after: &'v View) -> impl Iterator<Item = &'v Row> {
    let known = |row: &Row| before.rows.iter().rev().take(50).any(|old| key(old) == key(row));
    let first = after.rows.iter().rposition(known).map_or(0, |index| index + 1);
    after.rows[first..].iter()
}

fn key(row: &Row) -> Option<&str> {
    match row {
        Row::Bubble(bubble) => Some(&bubble.key),
        Row::Line { key, .. } => Some(key),
        Row::Day(_) | Row::Missing { .. } => None,
    }
}

fn sentence(row: &Row, words: &Words) -> Option<String> {
    match row {
        Row::Bubble(bubble) => bubble.from.as_ref().map(|(name, _)| glue(&[name, ": ", &bubble.text])),
        Row::Line { line, .. } => Some(line_text(line, words)),
        Row::Day(_) | Row::Missing { .. } => None,
    }
}
