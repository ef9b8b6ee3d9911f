// Migration 4: model files that runs begin from, content-addressed, so that a run can be made again without the file it came from.

export const sql = `
CREATE TABLE model_files (
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;
`
