// Migration 5: shallow models beside networks, and weights that a run leaves behind on its way for an ensemble.

export const sql = `
-- The last table of each frozen data set and split, beside a run or without one. report: JSON BaselineReport.
CREATE TABLE baselines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  dataset INTEGER NOT NULL REFERENCES dataset_versions (id),
  run INTEGER REFERENCES runs (id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'val', 'test')),
  report TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX baselines_of ON baselines (dataset, split, coalesce(run, 0));
CREATE INDEX baselines_run ON baselines (run);

-- number from 1: the end of each cycle of a schedule with restarts.
CREATE TABLE snapshots (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  epoch REAL NOT NULL,
  weights_hash TEXT NOT NULL,
  parameters TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  weights BLOB NOT NULL,
  PRIMARY KEY (run, number)
) STRICT;
`
