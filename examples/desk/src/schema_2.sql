-- Version 2: a session may have a customer, and old entries may be trimmed.
ALTER TABLE session ADD COLUMN customer TEXT;

-- Ids whose entries were trimmed. They outlive them, so that a repeat that comes late is not stored as something new.
CREATE TABLE stored (
  session INTEGER NOT NULL REFERENCES session (id),
  author TEXT NOT NULL,
  cid TEXT NOT NULL,
  seq INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  PRIMARY KEY (session, author, cid)
) STRICT, WITHOUT ROWID;

-- Where a conversation begins in its session's log, so that it is known when its beginning was trimmed.
ALTER TABLE conversation ADD COLUMN first INTEGER NOT NULL DEFAULT 1;
UPDATE conversation SET first = coalesce((SELECT min(seq) FROM entry WHERE entry.conversation = conversation.id), 1);
