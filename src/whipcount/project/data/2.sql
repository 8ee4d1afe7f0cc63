-- Version 2: the directory of actors (`--actors FILE`) is kept as the issue and the body are.
--
-- SQLite can't change a CHECK, so the table is made anew with its rows. Views name it meanwhile;
-- the old way of renaming leaves them alone.

PRAGMA legacy_alter_table = ON;

CREATE TABLE files_2 (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('issue', 'body', 'actors')),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

INSERT INTO files_2 (row, key, kind, path, sha256, content, since, until)
SELECT row, key, kind, path, sha256, content, since, until FROM files;

DROP TABLE files;

ALTER TABLE files_2 RENAME TO files;

PRAGMA legacy_alter_table = OFF;

CREATE UNIQUE INDEX files_one_live ON files (key) WHERE until IS NULL;
CREATE INDEX files_by_key ON files (key);
CREATE INDEX files_by_since ON files (since);
CREATE INDEX files_by_until ON files (until) WHERE until IS NOT NULL;

CREATE TRIGGER files_are_not_edited BEFORE UPDATE ON files
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER files_keep_their_values BEFORE UPDATE OF row, key, kind, path, sha256, content, since ON files
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER files_are_not_deleted BEFORE DELETE ON files
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;
