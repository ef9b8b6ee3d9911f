// Migration 3: labels that are more than one class (boxes, masks, spans, text, numbers), facts of samples, and predictions of any task.

export const sql = `
-- value: canonical JSON of a label; content-addressed, never changed. classes of a label in label_classes.
CREATE TABLE label_values (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE label_classes (
  class INTEGER NOT NULL REFERENCES classes (id),
  label INTEGER NOT NULL REFERENCES label_values (id),
  PRIMARY KEY (class, label)
) STRICT, WITHOUT ROWID;

-- label: the current one, materialised from the journal as class is. meta: JSON facts such as { seconds, rate, group }.
ALTER TABLE samples ADD COLUMN label INTEGER REFERENCES label_values (id);
ALTER TABLE samples ADD COLUMN meta TEXT NOT NULL DEFAULT '{}';
CREATE INDEX samples_label ON samples (label);
CREATE INDEX samples_labelled ON samples (removed_at, class, label);
ALTER TABLE annotations ADD COLUMN before_label INTEGER REFERENCES label_values (id);
ALTER TABLE annotations ADD COLUMN after_label INTEGER REFERENCES label_values (id);

-- predicted, class, probability and probabilities are null where the output is no class; output: its JSON then.
CREATE TABLE predictions_new (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  sample INTEGER NOT NULL REFERENCES samples (id),
  evaluation INTEGER NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
  predicted INTEGER,
  label INTEGER,
  class INTEGER REFERENCES classes (id),
  probability REAL,
  loss REAL,
  probabilities BLOB,
  correct INTEGER,
  output TEXT,
  PRIMARY KEY (run, sample)
) STRICT, WITHOUT ROWID;
INSERT INTO predictions_new (run, sample, evaluation, predicted, label, class, probability, loss, probabilities, correct)
  SELECT run, sample, evaluation, predicted, label, class, probability, loss, probabilities, CASE WHEN label IS NULL THEN NULL ELSE predicted = label END FROM predictions;
DROP TABLE predictions;
ALTER TABLE predictions_new RENAME TO predictions;
CREATE INDEX predictions_evaluation ON predictions (evaluation);
CREATE INDEX predictions_class ON predictions (run, class, sample);
CREATE INDEX predictions_loss ON predictions (run, loss);
CREATE INDEX predictions_probability ON predictions (run, probability);
`
