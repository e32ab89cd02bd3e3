//! Reads a database back as the changes that made it what it is.

use rusqlite::types::Type;
use rusqlite::{Connection, Error, Result, Row};
use serde::de::DeserializeOwned;

use crate::change::{Agent, Change, Conversation, Stage};
use crate::entry::{Kind, Note};
use crate::id::{AgentId, ConversationId, SessionId};
use crate::session::Stored;

/// In an order in which each change finds what it refers to.
pub fn load(from: &Connection) -> Result<Vec<Change>> {
    let mut all = Vec::new();
    for row in rows(
        from,
        "SELECT id, secret, locale, created, read_visitor, read_agent, customer FROM session ORDER BY id",
        session,
    )? {
        all.extend(row);
    }
    all.extend(rows(
        from,
        "SELECT id, secret, name, role, queues, skills, signed_out FROM agent ORDER BY id",
        agent,
    )?);
    all.extend(rows(
        from,
        "SELECT id, session, stage, queue, skill, priority, reason, context, since, front, agent, reserved_for,
           closed, first FROM conversation ORDER BY id",
        conversation,
    )?);
    all.extend(rows(from, "SELECT session, author, cid, seq, ts FROM stored ORDER BY session, seq", stored)?);
    all.extend(rows(from, "SELECT session, conversation, entry FROM entry ORDER BY session, seq", entry)?);
    all.extend(rows(from, "SELECT conversation, ts, sender, text FROM note ORDER BY id", note)?);
    Ok(all)
}

fn rows<T>(from: &Connection, query: &str, read: fn(&Row) -> Result<T>) -> Result<Vec<T>> {
    from.prepare(query)?.query_map([], read)?.collect()
}

fn session(row: &Row) -> Result<Vec<Change>> {
    let id = SessionId(row.get(0)?);
    let read = |reader, seq| Change::Read { session: id, reader, seq };
    let mut all = vec![
        Change::Session { id, secret: row.get(1)?, locale: row.get(2)?, created: row.get(3)? },
        read(Kind::Visitor, row.get(4)?),
        read(Kind::Agent, row.get(5)?),
    ];
    let customer: Option<String> = row.get(6)?;
    all.extend(customer.map(|customer| Change::Customer { session: id, customer }));
    Ok(all)
}

fn agent(row: &Row) -> Result<Change> {
    Ok(Change::Agent(Agent {
        id: AgentId(row.get(0)?),
        secret: row.get(1)?,
        name: row.get(2)?,
        role: row.get(3)?,
        queues: json(row, 4)?,
        skills: json(row, 5)?,
        signed_out: row.get(6)?,
    }))
}

fn conversation(row: &Row) -> Result<Change> {
    let agent = |at| row.get::<_, Option<u64>>(at).map(|id| id.map(AgentId));
    let stage: String = row.get(2)?;
    Ok(Change::Conversation(Conversation {
        id: ConversationId(row.get(0)?),
        session: SessionId(row.get(1)?),
        stage: Stage::parse(&stage).ok_or_else(|| unreadable(2, format!("no such stage: {stage}").into()))?,
        queue: row.get(3)?,
        skill: row.get(4)?,
        priority: row.get(5)?,
        reason: row.get(6)?,
        context: json(row, 7)?,
        since: row.get(8)?,
        front: row.get(9)?,
        agent: agent(10)?,
        reserved_for: agent(11)?,
        closed: row.get(12)?,
        first: row.get(13)?,
    }))
}

fn entry(row: &Row) -> Result<Change> {
    Ok(Change::Entry {
        session: SessionId(row.get(0)?),
        conversation: ConversationId(row.get(1)?),
        entry: json(row, 2)?,
    })
}

fn stored(row: &Row) -> Result<Change> {
    Ok(Change::Stored {
        session: SessionId(row.get(0)?),
        author: row.get(1)?,
        cid: row.get(2)?,
        stored: Stored { seq: row.get(3)?, ts: row.get(4)? },
    })
}

fn note(row: &Row) -> Result<Change> {
    Ok(Change::Note {
        conversation: ConversationId(row.get(0)?),
        note: Note { ts: row.get(1)?, from: row.get(2)?, text: row.get(3)? },
    })
}

fn json<T: DeserializeOwned>(row: &Row, at: usize) -> Result<T> {
    let text: String = row.get(at)?;
    serde_json::from_str(&text).map_err(|error| unreadable(at, error.into()))
}

fn unreadable(at: usize, error: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::FromSqlConversionFailure(at, Type::Text, error)
}
