// Migration 6: what runs suggest for unlabelled samples, apart from labels; what to label next; and the suggestions that a run was trained on.

export const sql = `
-- At most one a sample, of the run that was asked last.
CREATE TABLE suggestions (
  sample INTEGER PRIMARY KEY REFERENCES samples (id),
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  class INTEGER NOT NULL REFERENCES classes (id),
  probability REAL NOT NULL,
  -- 1 once a person has said no.
  rejected INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX suggestions_run ON suggestions (run);

-- What to label next, in order of position, as a run of a strategy left it.
CREATE TABLE queued (
  sample INTEGER PRIMARY KEY REFERENCES samples (id),
  position INTEGER NOT NULL,
  score REAL NOT NULL,
  reason TEXT NOT NULL,
  strategy TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX queued_run ON queued (run);

-- Frozen with the run, as its dataset version is.
CREATE TABLE pseudo_labels (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  sample INTEGER NOT NULL REFERENCES samples (id),
  -- Index into the classes of the run's dataset version.
  class INTEGER NOT NULL,
  probability REAL NOT NULL,
  PRIMARY KEY (run, sample)
) STRICT, WITHOUT ROWID;
`
