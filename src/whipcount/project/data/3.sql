-- Version 3: the codings of a deleted statement stay out of the queue, whatever moves them.

DROP TRIGGER queue_coded;

CREATE TRIGGER queue_coded AFTER INSERT ON codings
WHEN NOT EXISTS (
  SELECT 1 FROM statements s WHERE s.key = NEW.statement AND s.until IS NULL AND s.deleted = 1
)
BEGIN
  INSERT INTO queue VALUES (
    NEW.key, NEW.option, 1.0 - NEW.confidence, 'uncertain',
    (SELECT COUNT(*) FROM reviews WHERE coding = NEW.key AND until IS NULL)
  ) ON CONFLICT (coding) DO UPDATE SET option = excluded.option;
END;
