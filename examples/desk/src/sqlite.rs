//! The store on disk: one SQLite file. A commit returns when the operating system has said that
//! the data is on the disk.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, params};
use serde::Serialize;

use crate::change::{Agent, Change, Conversation};
use crate::entry::Kind;
use crate::id::SessionId;
use crate::store::{Failure, Ids, Saved, Store};

/// What each version adds to the one before it. A database says how many it has had.
const STEPS: [&str; 2] = [include_str!("schema.sql"), include_str!("schema_2.sql")];

#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
}

/// A database as it was found, or made.
#[derive(Debug)]
pub struct Opened {
    pub store: Sqlite,
    pub saved: Saved,
    /// What agents sign in with; made together with the database.
    pub token: String,
}

impl Sqlite {
    pub fn open(path: &Path, ids: &mut impl Ids) -> Result<Opened, Failure> {
        let mut connection = Connection::open(path).map_err(|error| failure("open", &error))?;
        prepare(&connection).map_err(|error| failure("open", &error))?;
        let version: usize = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(|error| failure("read", &error))?;
        let known = STEPS.len();
        match STEPS.get(version..) {
            Some([]) => {}
            Some(steps) => set_up(&mut connection, steps, (version == 0).then_some(ids))?,
            None => {
                return Err(Failure(format!(
                    "the database has format {version}, this desk knows {known}: use a newer desk, or another --database"
                )));
            }
        }
        let epoch = meta(&connection, "epoch")?;
        let token = meta(&connection, "token")?;
        let changes = crate::sqlite_load::load(&connection).map_err(|error| failure("read", &error))?;
        Ok(Opened { store: Self { connection }, saved: Saved { epoch, changes }, token })
    }
}

impl Store for Sqlite {
    fn commit(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let all = |connection: &mut Connection| {
            let transaction = connection.transaction()?;
            changes.iter().try_for_each(|change| write(&transaction, change))?;
            transaction.commit()
        };
        all(&mut self.connection).map_err(|error| failure("write to", &error))
    }
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_millis(500))?;
    // The desk holds all of it in memory, so a second desk on the same file would not see what the
    // first one writes. The lock lets only one in; it goes with the process, even when killed.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.execute_batch("BEGIN IMMEDIATE; COMMIT;")
}

/// Brings a database up to date, all of it or nothing. A new one gets its names from `ids`.
fn set_up(connection: &mut Connection, steps: &[&str], ids: Option<&mut impl Ids>) -> Result<(), Failure> {
    let names = match ids {
        Some(ids) => Some((format!("d-{:016x}", ids.draw()? >> 64), format!("{:032x}", ids.draw()?))),
        None => None,
    };
    let all = |connection: &mut Connection| {
        let transaction = connection.transaction()?;
        steps.iter().try_for_each(|step| transaction.execute_batch(step))?;
        if let Some((epoch, token)) = names {
            let insert = "INSERT INTO meta (key, value) VALUES ('epoch', ?1), ('token', ?2)";
            transaction.execute(insert, params![epoch, token])?;
        }
        transaction.pragma_update(None, "user_version", STEPS.len())?;
        transaction.commit()
    };
    all(connection).map_err(|error| failure("set up", &error))
}

fn meta(connection: &Connection, key: &str) -> Result<String, Failure> {
    let value = connection
        .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
        .optional()
        .map_err(|error| failure("read", &error))?;
    value.ok_or_else(|| Failure(format!("the database has no {key}: it is not one of a desk")))
}

fn write(to: &Transaction, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Session { id, secret, locale, created } => to
            .prepare_cached("INSERT INTO session (id, secret, locale, created) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id.0, secret, locale, created]),
        Change::Locale { session, locale } => to
            .prepare_cached("UPDATE session SET locale = ?2 WHERE id = ?1")?
            .execute(params![session.0, locale]),
        Change::Customer { session, customer } => to
            .prepare_cached("UPDATE session SET customer = ?2 WHERE id = ?1")?
            .execute(params![session.0, customer]),
        Change::Entry { session, conversation, entry } => to
            .prepare_cached(
                "INSERT INTO entry (session, seq, conversation, author, cid, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                session.0,
                entry.seq,
                conversation.0,
                entry.author(),
                entry.cid,
                json(entry)?
            ]),
        Change::Trim { session, first } => trim(to, *session, *first),
        Change::Stored { session, author, cid, stored } => to
            .prepare_cached("INSERT INTO stored (session, author, cid, seq, ts) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![session.0, author, cid, stored.seq, stored.ts]),
        Change::Conversation(conversation) => write_conversation(to, conversation),
        Change::Read { session, reader, seq } => to
            .prepare_cached(match reader {
                Kind::Visitor => "UPDATE session SET read_visitor = ?2 WHERE id = ?1",
                _ => "UPDATE session SET read_agent = ?2 WHERE id = ?1",
            })?
            .execute(params![session.0, seq]),
        Change::Agent(agent) => write_agent(to, agent),
        Change::Note { conversation, note } => to
            .prepare_cached("INSERT INTO note (conversation, ts, sender, text) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![conversation.0, note.ts, note.from, note.text]),
    }
    .map(|_| ())
}

/// The text goes, the ids stay.
fn trim(to: &Transaction, session: SessionId, first: u64) -> rusqlite::Result<usize> {
    to.prepare_cached(
        "INSERT INTO stored (session, author, cid, seq, ts)
         SELECT session, author, cid, seq, json_extract(entry, '$.ts') FROM entry
         WHERE session = ?1 AND seq < ?2 AND cid IS NOT NULL",
    )?
    .execute(params![session.0, first])?;
    to.prepare_cached("DELETE FROM entry WHERE session = ?1 AND seq < ?2")?.execute(params![session.0, first])
}

fn write_conversation(to: &Transaction, one: &Conversation) -> rusqlite::Result<usize> {
    to.prepare_cached(
        "INSERT OR REPLACE INTO conversation (id, session, stage, queue, skill, priority, reason, context,
           since, front, agent, reserved_for, closed, first)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        one.id.0,
        one.session.0,
        one.stage.name(),
        one.queue,
        one.skill,
        one.priority,
        one.reason,
        json(&one.context)?,
        one.since,
        one.front,
        one.agent.map(|agent| agent.0),
        one.reserved_for.map(|agent| agent.0),
        one.closed,
        one.first,
    ])
}

fn write_agent(to: &Transaction, agent: &Agent) -> rusqlite::Result<usize> {
    to.prepare_cached(
        "INSERT OR REPLACE INTO agent (id, secret, name, role, queues, skills, signed_out)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        agent.id.0,
        agent.secret,
        agent.name,
        agent.role,
        json(&agent.queues)?,
        json(&agent.skills)?,
        agent.signed_out,
    ])
}

fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn failure(doing: &str, error: &rusqlite::Error) -> Failure {
    let advice = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            " (another desk is using it: stop that one, or give another --database)"
        }
        Some(ErrorCode::CannotOpen) => " (does its folder exist, and may you write there?)",
        Some(ErrorCode::DiskFull) => " (make room on the disk)",
        Some(ErrorCode::NotADatabase) => " (give another --database)",
        _ => "",
    };
    Failure(format!("cannot {doing} the database: {error}{advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ConversationId;

    struct None;

    impl Ids for None {
        fn draw(&mut self) -> Result<u128, Failure> {
            Err(Failure("an old database has its names".to_owned()))
        }
    }

    const OF_VERSION_1: &str = r#"
        INSERT INTO meta VALUES ('epoch', 'd-1'), ('token', 't');
        INSERT INTO session (id, secret, created) VALUES (1, 'v-1', 5);
        INSERT INTO conversation VALUES
          (1, 1, 'ended', 'loans', NULL, 0, NULL, '[]', 5, 0, NULL, NULL, 0),
          (2, 1, 'waiting', 'loans', NULL, 0, NULL, '[]', 7, 0, NULL, NULL, 0);
        INSERT INTO entry VALUES
          (1, 1, 1, 'visitor', 'r', '{"type":"route","queue":"loans","seq":1,"ts":5,"cid":"r"}'),
          (1, 2, 1, 'visitor', 'e', '{"type":"end","by":"visitor","seq":2,"ts":6,"cid":"e"}'),
          (1, 3, 2, 'visitor', 's', '{"type":"route","queue":"loans","seq":3,"ts":7,"cid":"s"}');
        PRAGMA user_version = 1;"#;

    #[test]
    fn a_database_of_the_first_version_is_brought_up_to_date() {
        let path = std::env::temp_dir().join(format!("bharosa-desk-v1-{}.sqlite3", std::process::id()));
        let old = Connection::open(&path).expect("a file");
        old.execute_batch(&[STEPS[0], OF_VERSION_1].concat()).expect("version 1");
        drop(old);
        for _ in 0..2 {
            let opened = Sqlite::open(&path, &mut None).expect("it opens");
            assert_eq!((opened.saved.epoch.as_str(), opened.token.as_str()), ("d-1", "t"));
            let mut state = crate::state::State::default();
            opened.saved.changes.into_iter().for_each(|change| state.apply(change));
            let begins = [1, 2].map(|id| state.conversations[&ConversationId(id)].first);
            assert_eq!(begins, [1, 3]);
            let held = state.sessions.values().map(|one| (one.customer.clone(), one.seq()));
            assert_eq!(held.collect::<Vec<_>>(), [(Option::None, 3)]);
        }
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", path.display()));
        }
    }
}
