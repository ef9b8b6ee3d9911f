// Migration 1: the tables of a project. Frozen: later changes are new migrations.

export const sql = `
CREATE TABLE project (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  task TEXT NOT NULL,
  licence TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Content-addressed: the key is the SHA-256 of data, in lower-case hex.
CREATE TABLE blobs (
  sha256 TEXT PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  owner TEXT NOT NULL,
  -- JSON ImportReport; null while the import goes.
  report TEXT,
  undone_at INTEGER
) STRICT;

CREATE TABLE classes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  -- The import that made it; null for a person's.
  import INTEGER REFERENCES imports (id),
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX classes_name ON classes (name) WHERE removed_at IS NULL;

-- class is the current label, materialised from the journal (annotations).
CREATE TABLE samples (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  ref TEXT,
  bytes INTEGER NOT NULL,
  mime TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  channels INTEGER NOT NULL,
  split TEXT CHECK (split IN ('train', 'val', 'test')),
  import INTEGER NOT NULL REFERENCES imports (id),
  class INTEGER REFERENCES classes (id),
  -- 1 once a dataset version names it: its bytes must stay.
  frozen INTEGER NOT NULL DEFAULT 0,
  removed_at INTEGER
) STRICT;
CREATE INDEX samples_sha256 ON samples (sha256);
CREATE INDEX samples_import ON samples (import);

-- One group is what one undo takes back. target: the group that an undo or redo is about.
CREATE TABLE edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL CHECK (source IN ('person', 'import', 'undo', 'redo')),
  title TEXT NOT NULL,
  target INTEGER REFERENCES edits (id),
  -- Of a person's edit: done can be undone, undone can be redone, final neither.
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'final')),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX edits_state ON edits (state, id);

-- Append-only journal: the two triggers refuse anything but INSERT.
CREATE TABLE annotations (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  edit INTEGER NOT NULL REFERENCES edits (id),
  sample INTEGER NOT NULL REFERENCES samples (id),
  before INTEGER REFERENCES classes (id),
  after INTEGER REFERENCES classes (id)
) STRICT;
CREATE INDEX annotations_sample ON annotations (sample, seq);
CREATE INDEX annotations_edit ON annotations (edit);
CREATE TRIGGER annotations_no_update BEFORE UPDATE ON annotations BEGIN SELECT RAISE(ABORT, 'the annotation journal is append-only'); END;
CREATE TRIGGER annotations_no_delete BEFORE DELETE ON annotations BEGIN SELECT RAISE(ABORT, 'the annotation journal is append-only'); END;

-- manifest: deflated text, one line a sample: id, SHA-256, split, label.
CREATE TABLE dataset_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  counts TEXT NOT NULL,
  classes TEXT NOT NULL,
  manifest BLOB NOT NULL
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'paused', 'stopped', 'finished', 'failed', 'crashed')),
  config TEXT NOT NULL,
  dataset INTEGER NOT NULL REFERENCES dataset_versions (id),
  parent INTEGER REFERENCES checkpoints (id) ON DELETE SET NULL,
  -- host/pid/start of the process that queued or runs it, and when it last wrote.
  owner TEXT,
  touched_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  seconds REAL NOT NULL DEFAULT 0,
  epoch REAL NOT NULL DEFAULT 0,
  step INTEGER NOT NULL DEFAULT 0,
  parameters INTEGER,
  weights_hash TEXT,
  error TEXT
) STRICT;
CREATE INDEX runs_dataset ON runs (dataset);
CREATE INDEX runs_parent ON runs (parent);

-- value is null for NaN, which SQLite cannot hold.
CREATE TABLE metrics (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  name TEXT NOT NULL,
  epoch REAL NOT NULL,
  value REAL,
  at INTEGER NOT NULL,
  PRIMARY KEY (run, step, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE latest_metrics (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  step INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

-- superseded: kept only because a run continues from it.
CREATE TABLE checkpoints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('last', 'best')),
  epoch REAL NOT NULL,
  step INTEGER NOT NULL,
  metrics TEXT NOT NULL,
  weights_hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  parameters TEXT NOT NULL,
  position TEXT NOT NULL,
  superseded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX checkpoints_current ON checkpoints (run, kind) WHERE superseded = 0;

-- name: weights, or optimizer/NAME. data: little-endian float32; sha256 of data.
CREATE TABLE checkpoint_tensors (
  checkpoint INTEGER NOT NULL REFERENCES checkpoints (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (checkpoint, name)
) STRICT;

CREATE TABLE evaluations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint INTEGER NOT NULL,
  split TEXT NOT NULL CHECK (split IN ('train', 'val', 'test')),
  samples INTEGER NOT NULL,
  metrics TEXT NOT NULL,
  intervals TEXT NOT NULL,
  classes TEXT NOT NULL,
  confusion TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (run, split)
) STRICT;

-- predicted and label are indices into the classes of the run's dataset version; class is the predicted one's id.
CREATE TABLE predictions (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  sample INTEGER NOT NULL REFERENCES samples (id),
  evaluation INTEGER NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
  predicted INTEGER NOT NULL,
  label INTEGER,
  class INTEGER NOT NULL REFERENCES classes (id),
  probability REAL NOT NULL,
  loss REAL,
  probabilities BLOB NOT NULL,
  PRIMARY KEY (run, sample)
) STRICT, WITHOUT ROWID;
CREATE INDEX predictions_evaluation ON predictions (evaluation);

-- map: little-endian float32, row-major height x width.
CREATE TABLE explanations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  sample INTEGER NOT NULL REFERENCES samples (id),
  method TEXT NOT NULL,
  target INTEGER NOT NULL,
  height INTEGER NOT NULL,
  width INTEGER NOT NULL,
  map BLOB NOT NULL,
  meta TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX explanations_run ON explanations (run, sample, method);

CREATE TABLE exports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  opset INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  parity TEXT NOT NULL,
  metrics TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX exports_run ON exports (run);
`
