-- A whipcount project, version 1. docs/project.md describes every table and view.
--
-- Tables with `since` and `until` are kept: a row is added by one change and ended by another, and
-- never edited. The live row of a key is the one whose `until` is null; an index allows only one.

PRAGMA application_id = 1464354160;

CREATE TABLE changes (
  change INTEGER PRIMARY KEY AUTOINCREMENT,
  who TEXT NOT NULL CHECK (who <> ''),
  at TEXT NOT NULL CHECK (at <> ''),
  what TEXT NOT NULL,
  about TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  undoes INTEGER REFERENCES changes (change)
) STRICT;

CREATE INDEX changes_by_who ON changes (who, change);
CREATE INDEX changes_by_about ON changes (about, change);
CREATE INDEX changes_by_undone ON changes (undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER changes_are_not_edited BEFORE UPDATE ON changes
BEGIN SELECT RAISE(ABORT, 'the journal is never edited'); END;

CREATE TRIGGER changes_are_not_deleted BEFORE DELETE ON changes
BEGIN SELECT RAISE(ABORT, 'the journal is never edited'); END;

CREATE TABLE texts (
  sha256 TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE files (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('issue', 'body')),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

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

CREATE TABLE articles (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  path TEXT NOT NULL,
  part INTEGER,
  offset INTEGER NOT NULL,
  title TEXT NOT NULL,
  outlet TEXT NOT NULL,
  byline TEXT NOT NULL,
  published TEXT NOT NULL,
  url TEXT NOT NULL,
  language TEXT NOT NULL,
  page_sha256 TEXT NOT NULL,
  text_sha256 TEXT NOT NULL REFERENCES texts (sha256),
  body TEXT NOT NULL CHECK (json_valid(body)),
  headline TEXT,
  teaser TEXT NOT NULL CHECK (json_valid(teaser)),
  section TEXT NOT NULL,
  word_count INTEGER NOT NULL,
  copy_of TEXT NOT NULL,
  also_in TEXT NOT NULL CHECK (json_valid(also_in)),
  previous TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX articles_one_live ON articles (key) WHERE until IS NULL;
CREATE INDEX articles_by_key ON articles (key);
CREATE INDEX articles_by_since ON articles (since);
CREATE INDEX articles_by_until ON articles (until) WHERE until IS NOT NULL;

CREATE TRIGGER articles_are_not_edited BEFORE UPDATE ON articles
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER articles_keep_their_values BEFORE UPDATE OF row, key, path, part, offset, title, outlet, byline, published, url, language, page_sha256, text_sha256, body, headline, teaser, section, word_count, copy_of, also_in, previous, since ON articles
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER articles_are_not_deleted BEFORE DELETE ON articles
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE codebooks (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  article TEXT NOT NULL,
  codebook TEXT NOT NULL CHECK (json_valid(codebook)),
  coder TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX codebooks_one_live ON codebooks (key) WHERE until IS NULL;
CREATE INDEX codebooks_by_key ON codebooks (key);
CREATE INDEX codebooks_by_since ON codebooks (since);
CREATE INDEX codebooks_by_until ON codebooks (until) WHERE until IS NOT NULL;

CREATE TRIGGER codebooks_are_not_edited BEFORE UPDATE ON codebooks
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER codebooks_keep_their_values BEFORE UPDATE OF row, key, article, codebook, coder, since ON codebooks
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER codebooks_are_not_deleted BEFORE DELETE ON codebooks
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE actors (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  article TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  role TEXT NOT NULL,
  affiliation TEXT NOT NULL,
  country TEXT NOT NULL,
  speaks_for TEXT NOT NULL,
  named TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX actors_one_live ON actors (key) WHERE until IS NULL;
CREATE INDEX actors_by_key ON actors (key);
CREATE INDEX actors_by_since ON actors (since);
CREATE INDEX actors_by_until ON actors (until) WHERE until IS NOT NULL;

CREATE TRIGGER actors_are_not_edited BEFORE UPDATE ON actors
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER actors_keep_their_values BEFORE UPDATE OF row, key, article, name, kind, role, affiliation, country, speaks_for, named, since ON actors
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER actors_are_not_deleted BEFORE DELETE ON actors
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE statements (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  article TEXT NOT NULL,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('direct', 'indirect', 'mixed')),
  source TEXT NOT NULL CHECK (json_valid(source)),
  cue TEXT NOT NULL CHECK (json_valid(cue)),
  content TEXT NOT NULL CHECK (json_valid(content)),
  speaker TEXT NOT NULL,
  quote TEXT NOT NULL,
  actors TEXT NOT NULL CHECK (json_valid(actors)),
  names TEXT NOT NULL,
  date TEXT NOT NULL,
  confidence REAL NOT NULL,
  utterance TEXT NOT NULL,
  coder TEXT NOT NULL,
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX statements_one_live ON statements (key) WHERE until IS NULL;
CREATE INDEX statements_by_key ON statements (key);
CREATE INDEX statements_by_since ON statements (since);
CREATE INDEX statements_by_until ON statements (until) WHERE until IS NOT NULL;

CREATE TRIGGER statements_are_not_edited BEFORE UPDATE ON statements
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER statements_keep_their_values BEFORE UPDATE OF row, key, article, place, kind, source, cue, content, speaker, quote, actors, names, date, confidence, utterance, coder, deleted, since ON statements
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER statements_are_not_deleted BEFORE DELETE ON statements
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE codings (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  statement TEXT NOT NULL,
  article TEXT NOT NULL,
  piece INTEGER NOT NULL,
  option TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('support', 'oppose', 'conditional', 'undecided', 'abstain')),
  strength TEXT NOT NULL CHECK (strength IN ('plain', 'hedged')),
  reported INTEGER NOT NULL CHECK (reported IN (0, 1)),
  actor TEXT NOT NULL,
  reported_by TEXT,
  implied_by TEXT,
  condition TEXT,
  reason TEXT,
  date TEXT NOT NULL,
  coder TEXT NOT NULL,
  confidence REAL NOT NULL,
  for_review INTEGER NOT NULL CHECK (for_review IN (0, 1)),
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX codings_one_live ON codings (key) WHERE until IS NULL;
CREATE INDEX codings_by_key ON codings (key);
CREATE INDEX codings_by_since ON codings (since);
CREATE INDEX codings_by_until ON codings (until) WHERE until IS NOT NULL;

CREATE TRIGGER codings_are_not_edited BEFORE UPDATE ON codings
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER codings_keep_their_values BEFORE UPDATE OF row, key, statement, article, piece, option, stance, strength, reported, actor, reported_by, implied_by, condition, reason, date, coder, confidence, for_review, since ON codings
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER codings_are_not_deleted BEFORE DELETE ON codings
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE reviews (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  coding TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'changed', 'deleted', 'added')),
  adjudicates INTEGER NOT NULL CHECK (adjudicates IN (0, 1)),
  says TEXT NOT NULL,
  statement TEXT NOT NULL,
  article TEXT NOT NULL,
  piece INTEGER NOT NULL,
  option TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('support', 'oppose', 'conditional', 'undecided', 'abstain')),
  strength TEXT NOT NULL CHECK (strength IN ('plain', 'hedged')),
  reported INTEGER NOT NULL CHECK (reported IN (0, 1)),
  actor TEXT NOT NULL,
  reported_by TEXT,
  implied_by TEXT,
  condition TEXT,
  reason TEXT,
  date TEXT NOT NULL,
  coder TEXT NOT NULL,
  note TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX reviews_one_live ON reviews (key) WHERE until IS NULL;
CREATE INDEX reviews_by_key ON reviews (key);
CREATE INDEX reviews_by_since ON reviews (since);
CREATE INDEX reviews_by_until ON reviews (until) WHERE until IS NOT NULL;

CREATE TRIGGER reviews_are_not_edited BEFORE UPDATE ON reviews
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER reviews_keep_their_values BEFORE UPDATE OF row, key, coding, verdict, adjudicates, says, statement, article, piece, option, stance, strength, reported, actor, reported_by, implied_by, condition, reason, date, coder, note, since ON reviews
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER reviews_are_not_deleted BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE entered (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('entered', 'vote')),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL,
  role TEXT NOT NULL,
  affiliation TEXT NOT NULL,
  country TEXT NOT NULL,
  speaks_for TEXT NOT NULL,
  option TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('support', 'oppose', 'conditional', 'undecided', 'abstain')),
  strength TEXT NOT NULL CHECK (strength IN ('plain', 'hedged')),
  date TEXT NOT NULL,
  note TEXT NOT NULL,
  link TEXT NOT NULL,
  coder TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX entered_one_live ON entered (key) WHERE until IS NULL;
CREATE INDEX entered_by_key ON entered (key);
CREATE INDEX entered_by_since ON entered (since);
CREATE INDEX entered_by_until ON entered (until) WHERE until IS NOT NULL;

CREATE TRIGGER entered_are_not_edited BEFORE UPDATE ON entered
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER entered_keep_their_values BEFORE UPDATE OF row, key, origin, name, kind, role, affiliation, country, speaks_for, option, stance, strength, date, note, link, coder, since ON entered
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER entered_are_not_deleted BEFORE DELETE ON entered
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE overrides (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  member TEXT NOT NULL,
  option TEXT NOT NULL,
  stand TEXT NOT NULL CHECK (stand IN ('yes', 'leaning-yes', 'conditional', 'undecided', 'abstain', 'leaning-no', 'no')),
  day TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  coder TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX overrides_one_live ON overrides (key) WHERE until IS NULL;
CREATE INDEX overrides_by_key ON overrides (key);
CREATE INDEX overrides_by_since ON overrides (since);
CREATE INDEX overrides_by_until ON overrides (until) WHERE until IS NOT NULL;

CREATE TRIGGER overrides_are_not_edited BEFORE UPDATE ON overrides
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER overrides_keep_their_values BEFORE UPDATE OF row, key, member, option, stand, day, reason, coder, since ON overrides
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER overrides_are_not_deleted BEFORE DELETE ON overrides
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE same_actors (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  is_named TEXT NOT NULL,
  coder TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX same_actors_one_live ON same_actors (key) WHERE until IS NULL;
CREATE INDEX same_actors_by_key ON same_actors (key);
CREATE INDEX same_actors_by_since ON same_actors (since);
CREATE INDEX same_actors_by_until ON same_actors (until) WHERE until IS NOT NULL;

CREATE TRIGGER same_actors_are_not_edited BEFORE UPDATE ON same_actors
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER same_actors_keep_their_values BEFORE UPDATE OF row, key, is_named, coder, since ON same_actors
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER same_actors_are_not_deleted BEFORE DELETE ON same_actors
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE actor_roles (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  named TEXT NOT NULL,
  role TEXT NOT NULL,
  affiliation TEXT NOT NULL,
  country TEXT NOT NULL,
  speaks_for TEXT NOT NULL,
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  coder TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX actor_roles_one_live ON actor_roles (key) WHERE until IS NULL;
CREATE INDEX actor_roles_by_key ON actor_roles (key);
CREATE INDEX actor_roles_by_since ON actor_roles (since);
CREATE INDEX actor_roles_by_until ON actor_roles (until) WHERE until IS NOT NULL;

CREATE TRIGGER actor_roles_are_not_edited BEFORE UPDATE ON actor_roles
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER actor_roles_keep_their_values BEFORE UPDATE OF row, key, named, role, affiliation, country, speaks_for, first, last, coder, since ON actor_roles
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER actor_roles_are_not_deleted BEFORE DELETE ON actor_roles
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE coders (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  note TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX coders_one_live ON coders (key) WHERE until IS NULL;
CREATE INDEX coders_by_key ON coders (key);
CREATE INDEX coders_by_since ON coders (since);
CREATE INDEX coders_by_until ON coders (until) WHERE until IS NOT NULL;

CREATE TRIGGER coders_are_not_edited BEFORE UPDATE ON coders
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER coders_keep_their_values BEFORE UPDATE OF row, key, blind, note, since ON coders
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER coders_are_not_deleted BEFORE DELETE ON coders
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE conflicts (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('merged', 'not found again')),
  in_table TEXT NOT NULL,
  of_key TEXT NOT NULL,
  kept TEXT CHECK (kept IS NULL OR json_valid(kept)),
  other TEXT CHECK (other IS NULL OR json_valid(other)),
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX conflicts_one_live ON conflicts (key) WHERE until IS NULL;
CREATE INDEX conflicts_by_key ON conflicts (key);
CREATE INDEX conflicts_by_since ON conflicts (since);
CREATE INDEX conflicts_by_until ON conflicts (until) WHERE until IS NOT NULL;

CREATE TRIGGER conflicts_are_not_edited BEFORE UPDATE ON conflicts
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER conflicts_keep_their_values BEFORE UPDATE OF row, key, kind, in_table, of_key, kept, other, since ON conflicts
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER conflicts_are_not_deleted BEFORE DELETE ON conflicts
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE samples (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  size INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  statements TEXT NOT NULL CHECK (json_valid(statements)),
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX samples_one_live ON samples (key) WHERE until IS NULL;
CREATE INDEX samples_by_key ON samples (key);
CREATE INDEX samples_by_since ON samples (since);
CREATE INDEX samples_by_until ON samples (until) WHERE until IS NOT NULL;

CREATE TRIGGER samples_are_not_edited BEFORE UPDATE ON samples
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER samples_keep_their_values BEFORE UPDATE OF row, key, size, seed, statements, since ON samples
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER samples_are_not_deleted BEFORE DELETE ON samples
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

CREATE TABLE sampled (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  sample TEXT NOT NULL,
  statement TEXT NOT NULL,
  coder TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES changes (change),
  until INTEGER REFERENCES changes (change) CHECK (until > since)
) STRICT;

CREATE UNIQUE INDEX sampled_one_live ON sampled (key) WHERE until IS NULL;
CREATE INDEX sampled_by_key ON sampled (key);
CREATE INDEX sampled_by_since ON sampled (since);
CREATE INDEX sampled_by_until ON sampled (until) WHERE until IS NOT NULL;

CREATE TRIGGER sampled_are_not_edited BEFORE UPDATE ON sampled
WHEN OLD.until IS NOT NULL OR NEW.until IS NULL
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER sampled_keep_their_values BEFORE UPDATE OF row, key, sample, statement, coder, since ON sampled
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never edited'); END;

CREATE TRIGGER sampled_are_not_deleted BEFORE DELETE ON sampled
BEGIN SELECT RAISE(ABORT, 'rows are superseded, never deleted'); END;

-- Indexes for what a person looks at.

CREATE INDEX articles_in_order ON articles (published, key) WHERE until IS NULL;
CREATE INDEX articles_by_url ON articles (url) WHERE until IS NULL AND url <> '';
CREATE INDEX articles_by_path ON articles (path) WHERE until IS NULL;
CREATE INDEX statements_of_article ON statements (article, place) WHERE until IS NULL;
CREATE INDEX actors_of_article ON actors (article) WHERE until IS NULL;
CREATE INDEX actors_by_name ON actors (named, article, name) WHERE until IS NULL;
CREATE INDEX codings_of_statement ON codings (statement, option) WHERE until IS NULL;
CREATE INDEX codings_of_article ON codings (article) WHERE until IS NULL;
CREATE INDEX codings_of_option ON codings (option, key) WHERE until IS NULL;
CREATE INDEX codings_by_confidence ON codings (confidence) WHERE until IS NULL;
CREATE INDEX reviews_of_coding ON reviews (coding, coder) WHERE until IS NULL;
CREATE INDEX reviews_of_statement ON reviews (statement, option) WHERE until IS NULL;
CREATE INDEX reviews_of_article ON reviews (article) WHERE until IS NULL;
CREATE INDEX reviews_of_option ON reviews (option, coding) WHERE until IS NULL;
CREATE INDEX reviews_of_coder ON reviews (coder, coding) WHERE until IS NULL;
CREATE INDEX actor_roles_of_actor ON actor_roles (named) WHERE until IS NULL;

-- The review queue: a cache, made anew by `refresh_queue`, in no journal.

CREATE TABLE queue (
  coding TEXT PRIMARY KEY,
  option TEXT NOT NULL,
  priority REAL NOT NULL,
  why TEXT NOT NULL,
  reviews INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX queue_open ON queue (priority DESC, coding, reviews) WHERE reviews = 0;
CREATE INDEX queue_open_of_option ON queue (option, priority DESC, coding, reviews)
  WHERE reviews = 0;
CREATE INDEX queue_all ON queue (priority DESC, coding);

CREATE TRIGGER queue_reviewed AFTER INSERT ON reviews
BEGIN UPDATE queue SET reviews = reviews + 1 WHERE coding = NEW.coding; END;

CREATE TRIGGER queue_review_ended AFTER UPDATE OF until ON reviews
BEGIN UPDATE queue SET reviews = reviews - 1 WHERE coding = OLD.coding; END;

CREATE TRIGGER queue_coded AFTER INSERT ON codings
BEGIN
  INSERT INTO queue VALUES (
    NEW.key, NEW.option, 1.0 - NEW.confidence, 'uncertain',
    (SELECT COUNT(*) FROM reviews WHERE coding = NEW.key AND until IS NULL)
  ) ON CONFLICT (coding) DO UPDATE SET option = excluded.option;
END;

CREATE TRIGGER queue_coding_ended AFTER UPDATE OF until ON codings
BEGIN DELETE FROM queue WHERE coding = OLD.key; END;

CREATE TABLE cached (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER queue_statement_added AFTER INSERT ON statements WHEN NEW.deleted = 0
BEGIN
  INSERT OR IGNORE INTO queue SELECT c.key, c.option, 1.0 - c.confidence, 'uncertain',
    (SELECT COUNT(*) FROM reviews r WHERE r.coding = c.key AND r.until IS NULL)
  FROM codings c WHERE c.statement = NEW.key AND c.until IS NULL;
END;

CREATE TRIGGER queue_statement_deleted AFTER INSERT ON statements WHEN NEW.deleted = 1
BEGIN
  DELETE FROM queue WHERE coding IN (
    SELECT c.key FROM codings c WHERE c.statement = NEW.key AND c.until IS NULL
  );
END;

-- Which statements report one utterance: a cache, made anew with the queue.

CREATE TABLE utterances (
  statement TEXT PRIMARY KEY,
  utterance TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who says what: the actors of live statements, a cache that triggers keep.

CREATE TABLE said (
  actor TEXT NOT NULL,
  statement TEXT NOT NULL,
  named TEXT NOT NULL,
  PRIMARY KEY (actor, statement)
) STRICT, WITHOUT ROWID;

CREATE INDEX said_by ON said (named, statement);

CREATE TRIGGER said_added AFTER INSERT ON statements WHEN NEW.deleted = 0
BEGIN
  INSERT OR IGNORE INTO said
  SELECT j.value, NEW.key, a.named FROM json_each(NEW.actors) j
  JOIN actors a ON a.key = j.value AND a.until IS NULL;
END;

CREATE TRIGGER said_ended AFTER UPDATE OF until ON statements WHEN OLD.deleted = 0
BEGIN
  DELETE FROM said WHERE statement = OLD.key
    AND actor IN (SELECT value FROM json_each(OLD.actors));
END;

-- Search: every live statement by its words and who speaks, every live article by title and text.

CREATE VIRTUAL TABLE statement_words USING fts5 (
  quote, speaker, names, content = 'statements', content_rowid = 'row',
  tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER statement_words_added AFTER INSERT ON statements WHEN NEW.deleted = 0
BEGIN
  INSERT INTO statement_words (rowid, quote, speaker, names)
  VALUES (NEW.row, NEW.quote, NEW.speaker, NEW.names);
END;

CREATE TRIGGER statement_words_ended AFTER UPDATE OF until ON statements WHEN OLD.deleted = 0
BEGIN
  INSERT INTO statement_words (statement_words, rowid, quote, speaker, names)
  VALUES ('delete', OLD.row, OLD.quote, OLD.speaker, OLD.names);
END;

CREATE VIEW article_texts AS
SELECT a.row, a.title, t.text FROM articles a JOIN texts t ON t.sha256 = a.text_sha256;

CREATE VIRTUAL TABLE article_words USING fts5 (
  title, text, content = 'article_texts', content_rowid = 'row',
  tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER article_words_added AFTER INSERT ON articles
BEGIN
  INSERT INTO article_words (rowid, title, text)
  VALUES (NEW.row, NEW.title, (SELECT text FROM texts WHERE sha256 = NEW.text_sha256));
END;

CREATE TRIGGER article_words_ended AFTER UPDATE OF until ON articles
BEGIN
  INSERT INTO article_words (article_words, rowid, title, text)
  VALUES (
    'delete', OLD.row, OLD.title, (SELECT text FROM texts WHERE sha256 = OLD.text_sha256)
  );
END;

-- Views for any SQLite tool.

CREATE VIEW live_articles AS
SELECT a.key AS article, a.published, a.title, a.outlet, a.byline, a.url, a.path, a.part,
  a.previous, t.text
FROM articles a JOIN texts t ON t.sha256 = a.text_sha256
WHERE a.until IS NULL;

CREATE VIEW live_statements AS
SELECT s.key AS statement, s.article, a.published, a.outlet, a.title, s.date, s.kind, s.speaker,
  s.quote, s.confidence, s.coder
FROM statements s JOIN articles a ON a.key = s.article AND a.until IS NULL
WHERE s.until IS NULL AND s.deleted = 0;

-- What people decided of each coding: who adjudicates decides, else those who agree.

CREATE VIEW decisions AS
SELECT r.*, 1 AS people FROM reviews r WHERE r.until IS NULL AND r.adjudicates = 1
UNION ALL
SELECT r.*, COUNT(*) AS people FROM reviews r
WHERE r.until IS NULL AND r.adjudicates = 0
  AND NOT EXISTS (
    SELECT 1 FROM reviews x WHERE x.coding = r.coding AND x.until IS NULL AND x.adjudicates = 1
  )
GROUP BY r.coding HAVING COUNT(DISTINCT r.says) = 1;

CREATE VIEW disagreements AS
SELECT r.coding, MIN(r.statement) AS statement, MIN(r.article) AS article,
  COUNT(*) AS people, COUNT(DISTINCT r.says) AS readings
FROM reviews r
WHERE r.until IS NULL AND r.adjudicates = 0
  AND NOT EXISTS (
    SELECT 1 FROM reviews x WHERE x.coding = r.coding AND x.until IS NULL AND x.adjudicates = 1
  )
GROUP BY r.coding HAVING COUNT(DISTINCT r.says) > 1;

CREATE VIEW positions AS
SELECT c.key AS coding, c.statement, c.article, s.date, act.name AS actor, act.speaks_for,
  c.option, c.stance, c.strength, c.reported, c.coder, 'machine' AS decided, c.confidence,
  CASE WHEN d.coding IS NULL THEN c.for_review ELSE 1 END AS for_review, s.quote
FROM codings c
JOIN statements s ON s.key = c.statement AND s.until IS NULL AND s.deleted = 0
JOIN actors act ON act.key = c.actor AND act.until IS NULL
LEFT JOIN disagreements d ON d.coding = c.key
WHERE c.until IS NULL AND NOT EXISTS (SELECT 1 FROM decisions p WHERE p.coding = c.key)
UNION ALL
SELECT d.coding, d.statement, d.article, d.date, act.name, act.speaks_for,
  d.option, d.stance, d.strength, d.reported, d.coder, d.verdict, 1.0, 0, s.quote
FROM decisions d
JOIN statements s ON s.key = d.statement AND s.until IS NULL AND s.deleted = 0
JOIN actors act ON act.key = d.actor AND act.until IS NULL
WHERE d.verdict <> 'deleted'
UNION ALL
SELECT NULL, NULL, NULL, e.date, e.name, e.speaks_for, e.option, e.stance, e.strength, 0, e.coder,
  e.origin, 1.0, 0, e.note
FROM entered e WHERE e.until IS NULL;

-- Every row that a change ended, with its values before, or added, with its values after.

CREATE VIEW row_changes AS
SELECT r.since AS change, 'files' AS in_table, r.key, NULL AS before, json_object(
    'kind', r.kind, 'path', r.path, 'sha256', r.sha256
  ) AS after
FROM files r
UNION ALL
SELECT r.until, 'files', r.key, json_object(
    'kind', r.kind, 'path', r.path, 'sha256', r.sha256
  ), NULL
FROM files r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'articles' AS in_table, r.key, NULL AS before, json_object(
    'path', r.path, 'part', r.part, 'offset', r.offset, 'title', r.title, 'outlet', r.outlet,
    'byline', r.byline, 'published', r.published, 'url', r.url, 'language', r.language,
    'page_sha256', r.page_sha256, 'text_sha256', r.text_sha256, 'body', r.body,
    'headline', r.headline, 'teaser', r.teaser, 'section', r.section,
    'word_count', r.word_count, 'copy_of', r.copy_of, 'also_in', r.also_in,
    'previous', r.previous
  ) AS after
FROM articles r
UNION ALL
SELECT r.until, 'articles', r.key, json_object(
    'path', r.path, 'part', r.part, 'offset', r.offset, 'title', r.title, 'outlet', r.outlet,
    'byline', r.byline, 'published', r.published, 'url', r.url, 'language', r.language,
    'page_sha256', r.page_sha256, 'text_sha256', r.text_sha256, 'body', r.body,
    'headline', r.headline, 'teaser', r.teaser, 'section', r.section,
    'word_count', r.word_count, 'copy_of', r.copy_of, 'also_in', r.also_in,
    'previous', r.previous
  ), NULL
FROM articles r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'codebooks' AS in_table, r.key, NULL AS before, json_object(
    'article', r.article, 'codebook', r.codebook, 'coder', r.coder
  ) AS after
FROM codebooks r
UNION ALL
SELECT r.until, 'codebooks', r.key, json_object(
    'article', r.article, 'codebook', r.codebook, 'coder', r.coder
  ), NULL
FROM codebooks r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'actors' AS in_table, r.key, NULL AS before, json_object(
    'article', r.article, 'name', r.name, 'kind', r.kind, 'role', r.role,
    'affiliation', r.affiliation, 'country', r.country, 'speaks_for', r.speaks_for,
    'named', r.named
  ) AS after
FROM actors r
UNION ALL
SELECT r.until, 'actors', r.key, json_object(
    'article', r.article, 'name', r.name, 'kind', r.kind, 'role', r.role,
    'affiliation', r.affiliation, 'country', r.country, 'speaks_for', r.speaks_for,
    'named', r.named
  ), NULL
FROM actors r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'statements' AS in_table, r.key, NULL AS before, json_object(
    'article', r.article, 'place', r.place, 'kind', r.kind, 'source', r.source, 'cue', r.cue,
    'content', r.content, 'speaker', r.speaker, 'quote', r.quote, 'actors', r.actors,
    'names', r.names, 'date', r.date, 'confidence', r.confidence, 'utterance', r.utterance,
    'coder', r.coder, 'deleted', r.deleted
  ) AS after
FROM statements r
UNION ALL
SELECT r.until, 'statements', r.key, json_object(
    'article', r.article, 'place', r.place, 'kind', r.kind, 'source', r.source, 'cue', r.cue,
    'content', r.content, 'speaker', r.speaker, 'quote', r.quote, 'actors', r.actors,
    'names', r.names, 'date', r.date, 'confidence', r.confidence, 'utterance', r.utterance,
    'coder', r.coder, 'deleted', r.deleted
  ), NULL
FROM statements r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'codings' AS in_table, r.key, NULL AS before, json_object(
    'statement', r.statement, 'article', r.article, 'piece', r.piece, 'option', r.option,
    'stance', r.stance, 'strength', r.strength, 'reported', r.reported, 'actor', r.actor,
    'reported_by', r.reported_by, 'implied_by', r.implied_by, 'condition', r.condition,
    'reason', r.reason, 'date', r.date, 'coder', r.coder, 'confidence', r.confidence,
    'for_review', r.for_review
  ) AS after
FROM codings r
UNION ALL
SELECT r.until, 'codings', r.key, json_object(
    'statement', r.statement, 'article', r.article, 'piece', r.piece, 'option', r.option,
    'stance', r.stance, 'strength', r.strength, 'reported', r.reported, 'actor', r.actor,
    'reported_by', r.reported_by, 'implied_by', r.implied_by, 'condition', r.condition,
    'reason', r.reason, 'date', r.date, 'coder', r.coder, 'confidence', r.confidence,
    'for_review', r.for_review
  ), NULL
FROM codings r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'reviews' AS in_table, r.key, NULL AS before, json_object(
    'coding', r.coding, 'verdict', r.verdict, 'adjudicates', r.adjudicates, 'says', r.says,
    'statement', r.statement, 'article', r.article, 'piece', r.piece, 'option', r.option,
    'stance', r.stance, 'strength', r.strength, 'reported', r.reported, 'actor', r.actor,
    'reported_by', r.reported_by, 'implied_by', r.implied_by, 'condition', r.condition,
    'reason', r.reason, 'date', r.date, 'coder', r.coder, 'note', r.note
  ) AS after
FROM reviews r
UNION ALL
SELECT r.until, 'reviews', r.key, json_object(
    'coding', r.coding, 'verdict', r.verdict, 'adjudicates', r.adjudicates, 'says', r.says,
    'statement', r.statement, 'article', r.article, 'piece', r.piece, 'option', r.option,
    'stance', r.stance, 'strength', r.strength, 'reported', r.reported, 'actor', r.actor,
    'reported_by', r.reported_by, 'implied_by', r.implied_by, 'condition', r.condition,
    'reason', r.reason, 'date', r.date, 'coder', r.coder, 'note', r.note
  ), NULL
FROM reviews r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'entered' AS in_table, r.key, NULL AS before, json_object(
    'origin', r.origin, 'name', r.name, 'kind', r.kind, 'role', r.role,
    'affiliation', r.affiliation, 'country', r.country, 'speaks_for', r.speaks_for,
    'option', r.option, 'stance', r.stance, 'strength', r.strength, 'date', r.date,
    'note', r.note, 'link', r.link, 'coder', r.coder
  ) AS after
FROM entered r
UNION ALL
SELECT r.until, 'entered', r.key, json_object(
    'origin', r.origin, 'name', r.name, 'kind', r.kind, 'role', r.role,
    'affiliation', r.affiliation, 'country', r.country, 'speaks_for', r.speaks_for,
    'option', r.option, 'stance', r.stance, 'strength', r.strength, 'date', r.date,
    'note', r.note, 'link', r.link, 'coder', r.coder
  ), NULL
FROM entered r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'overrides' AS in_table, r.key, NULL AS before, json_object(
    'member', r.member, 'option', r.option, 'stand', r.stand, 'day', r.day, 'reason', r.reason,
    'coder', r.coder
  ) AS after
FROM overrides r
UNION ALL
SELECT r.until, 'overrides', r.key, json_object(
    'member', r.member, 'option', r.option, 'stand', r.stand, 'day', r.day, 'reason', r.reason,
    'coder', r.coder
  ), NULL
FROM overrides r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'same_actors' AS in_table, r.key, NULL AS before, json_object(
    'is_named', r.is_named, 'coder', r.coder
  ) AS after
FROM same_actors r
UNION ALL
SELECT r.until, 'same_actors', r.key, json_object(
    'is_named', r.is_named, 'coder', r.coder
  ), NULL
FROM same_actors r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'actor_roles' AS in_table, r.key, NULL AS before, json_object(
    'named', r.named, 'role', r.role, 'affiliation', r.affiliation, 'country', r.country,
    'speaks_for', r.speaks_for, 'first', r.first, 'last', r.last, 'coder', r.coder
  ) AS after
FROM actor_roles r
UNION ALL
SELECT r.until, 'actor_roles', r.key, json_object(
    'named', r.named, 'role', r.role, 'affiliation', r.affiliation, 'country', r.country,
    'speaks_for', r.speaks_for, 'first', r.first, 'last', r.last, 'coder', r.coder
  ), NULL
FROM actor_roles r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'coders' AS in_table, r.key, NULL AS before, json_object(
    'blind', r.blind, 'note', r.note
  ) AS after
FROM coders r
UNION ALL
SELECT r.until, 'coders', r.key, json_object(
    'blind', r.blind, 'note', r.note
  ), NULL
FROM coders r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'conflicts' AS in_table, r.key, NULL AS before, json_object(
    'kind', r.kind, 'in_table', r.in_table, 'of_key', r.of_key, 'kept', r.kept,
    'other', r.other
  ) AS after
FROM conflicts r
UNION ALL
SELECT r.until, 'conflicts', r.key, json_object(
    'kind', r.kind, 'in_table', r.in_table, 'of_key', r.of_key, 'kept', r.kept,
    'other', r.other
  ), NULL
FROM conflicts r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'samples' AS in_table, r.key, NULL AS before, json_object(
    'size', r.size, 'seed', r.seed, 'statements', r.statements
  ) AS after
FROM samples r
UNION ALL
SELECT r.until, 'samples', r.key, json_object(
    'size', r.size, 'seed', r.seed, 'statements', r.statements
  ), NULL
FROM samples r WHERE r.until IS NOT NULL
UNION ALL
SELECT r.since AS change, 'sampled' AS in_table, r.key, NULL AS before, json_object(
    'sample', r.sample, 'statement', r.statement, 'coder', r.coder
  ) AS after
FROM sampled r
UNION ALL
SELECT r.until, 'sampled', r.key, json_object(
    'sample', r.sample, 'statement', r.statement, 'coder', r.coder
  ), NULL
FROM sampled r WHERE r.until IS NOT NULL;

CREATE VIEW journal AS
SELECT c.change, c.who, c.at, c.what, c.about, c.note, c.undoes,
  x.in_table, x.key, MAX(x.before) AS before, MAX(x.after) AS after
FROM changes c LEFT JOIN row_changes x ON x.change = c.change
GROUP BY c.change, x.in_table, x.key;
