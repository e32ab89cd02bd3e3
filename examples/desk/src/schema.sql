-- Version 1. What is written here is never changed in a released version: a new version adds to it.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  secret TEXT NOT NULL UNIQUE,
  locale TEXT,
  created INTEGER NOT NULL,
  read_visitor INTEGER NOT NULL DEFAULT 0,
  read_agent INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE agent (
  id INTEGER PRIMARY KEY,
  secret TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  queues TEXT NOT NULL,
  skills TEXT NOT NULL,
  signed_out INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES session (id),
  stage TEXT NOT NULL,
  queue TEXT NOT NULL,
  skill TEXT,
  priority INTEGER NOT NULL,
  reason TEXT,
  context TEXT NOT NULL,
  since INTEGER NOT NULL,
  front INTEGER NOT NULL,
  agent INTEGER REFERENCES agent (id),
  reserved_for INTEGER REFERENCES agent (id),
  closed INTEGER NOT NULL
) STRICT;

-- The log. `cid` is the sender's own id: the same one twice is the same frame sent again.
CREATE TABLE entry (
  session INTEGER NOT NULL REFERENCES session (id),
  seq INTEGER NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversation (id),
  author TEXT NOT NULL,
  cid TEXT,
  entry TEXT NOT NULL,
  PRIMARY KEY (session, seq),
  UNIQUE (session, author, cid)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversation (id),
  ts INTEGER NOT NULL,
  sender TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
