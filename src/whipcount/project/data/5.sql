-- Version 5: large changes are made in slices; views and the queue answer at once however much is
-- reviewed.

-- A change in slices is several: the first, which people see and undo, and its parts.

ALTER TABLE changes ADD COLUMN part_of INTEGER REFERENCES changes (change);

CREATE INDEX changes_by_part ON changes (part_of, change) WHERE part_of IS NOT NULL;

-- The change that is under way: what is left of it to do. In no journal; gone when it is done.

CREATE TABLE unfinished (
  change INTEGER PRIMARY KEY REFERENCES changes (change),
  given TEXT NOT NULL CHECK (json_valid(given)),
  reached TEXT NOT NULL CHECK (json_valid(reached)),
  done INTEGER NOT NULL,
  whole INTEGER NOT NULL
) STRICT;

CREATE INDEX statements_deleted ON statements (key) WHERE until IS NULL AND deleted = 1;

-- What people decided of each coding: who adjudicates decides, else those who agree. Of those the
-- first is given.

DROP VIEW decisions;

CREATE VIEW decisions AS
SELECT r.*, (
    SELECT COUNT(*) FROM reviews p
    WHERE p.coding = r.coding AND p.until IS NULL AND p.adjudicates = r.adjudicates
  ) AS people
FROM reviews r
WHERE r.until IS NULL AND (
  r.adjudicates = 1
  OR NOT EXISTS (
    SELECT 1 FROM reviews x WHERE x.coding = r.coding AND x.until IS NULL AND x.key <> r.key
      AND (x.adjudicates = 1 OR x.says <> r.says OR x.key < r.key)
  )
);

DROP VIEW disagreements;

CREATE VIEW disagreements AS
SELECT r.coding, MIN(r.statement) AS statement, MIN(r.article) AS article,
  COUNT(*) AS people, COUNT(DISTINCT r.says) AS readings
FROM reviews r
WHERE r.until IS NULL AND r.adjudicates = 0
  AND r.coding IN (SELECT coding FROM reviews WHERE until IS NULL GROUP BY coding HAVING COUNT(*) > 1)
  AND r.statement NOT IN (SELECT key FROM statements WHERE until IS NULL AND deleted = 1)
  AND NOT EXISTS (
    SELECT 1 FROM reviews x WHERE x.coding = r.coding AND x.until IS NULL AND x.adjudicates = 1
  )
GROUP BY r.coding HAVING COUNT(DISTINCT r.says) > 1;

-- The queue knows how sure the machine is.

DROP TRIGGER queue_coded;
DROP TRIGGER queue_statement_added;
DROP TRIGGER queue_statement_deleted;
DROP TRIGGER queue_coding_ended;
DROP TRIGGER queue_reviewed;
DROP TRIGGER queue_review_ended;

CREATE TABLE queue_5 (
  coding TEXT PRIMARY KEY,
  option TEXT NOT NULL,
  priority REAL NOT NULL,
  why TEXT NOT NULL,
  reviews INTEGER NOT NULL,
  confidence REAL NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO queue_5
SELECT q.coding, q.option, q.priority, q.why, q.reviews, c.confidence
FROM queue q JOIN codings c ON c.key = q.coding AND c.until IS NULL;

DROP TABLE queue;

ALTER TABLE queue_5 RENAME TO queue;

CREATE INDEX queue_open ON queue (priority DESC, coding, reviews, confidence) WHERE reviews = 0;
CREATE INDEX queue_open_of_option ON queue (option, priority DESC, coding, reviews, confidence)
  WHERE reviews = 0;
CREATE INDEX queue_all ON queue (priority DESC, coding);

CREATE TRIGGER queue_reviewed AFTER INSERT ON reviews
BEGIN UPDATE queue SET reviews = reviews + 1 WHERE coding = NEW.coding; END;

CREATE TRIGGER queue_review_ended AFTER UPDATE OF until ON reviews
BEGIN UPDATE queue SET reviews = reviews - 1 WHERE coding = OLD.coding; END;

CREATE TRIGGER queue_coded AFTER INSERT ON codings
WHEN NOT EXISTS (
  SELECT 1 FROM statements s WHERE s.key = NEW.statement AND s.until IS NULL AND s.deleted = 1
)
BEGIN
  INSERT INTO queue VALUES (
    NEW.key, NEW.option, 1.0 - NEW.confidence, 'uncertain',
    (SELECT COUNT(*) FROM reviews WHERE coding = NEW.key AND until IS NULL), NEW.confidence
  ) ON CONFLICT (coding) DO UPDATE SET option = excluded.option, confidence = excluded.confidence;
END;

CREATE TRIGGER queue_coding_ended AFTER UPDATE OF until ON codings
BEGIN DELETE FROM queue WHERE coding = OLD.key; END;

CREATE TRIGGER queue_statement_added AFTER INSERT ON statements WHEN NEW.deleted = 0
BEGIN
  INSERT OR IGNORE INTO queue SELECT c.key, c.option, 1.0 - c.confidence, 'uncertain',
    (SELECT COUNT(*) FROM reviews r WHERE r.coding = c.key AND r.until IS NULL), c.confidence
  FROM codings c WHERE c.statement = NEW.key AND c.until IS NULL;
END;

CREATE TRIGGER queue_statement_deleted AFTER INSERT ON statements WHEN NEW.deleted = 1
BEGIN
  DELETE FROM queue WHERE coding IN (
    SELECT c.key FROM codings c WHERE c.statement = NEW.key AND c.until IS NULL
  );
END;
