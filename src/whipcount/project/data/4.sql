-- Version 4: files of Discourse Network Analyzer are kept whole where they hold what a project doesn't.

CREATE TABLE dna_files (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  path TEXT NOT NULL,
  content BLOB NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX dna_files_one_live ON dna_files (key) WHERE until IS NULL;
CREATE INDEX dna_files_by_key ON dna_files (key);
CREATE INDEX dna_files_by_since ON dna_files (since);
CREATE INDEX dna_files_by_until ON dna_files (until) WHERE until IS NOT NULL;

CREATE TRIGGER dna_files_are_not_edited BEFORE UPDATE ON dna_files
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER dna_files_keep_their_values BEFORE UPDATE OF row, key, path, content, since ON dna_files
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER dna_files_are_not_deleted BEFORE DELETE ON dna_files
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;
