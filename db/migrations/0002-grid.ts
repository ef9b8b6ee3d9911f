// Migration 2: what the samples grid needs to stay fast at 100,000 samples: a folded name to search, and indexes of its filters and orders.
import type { Connection } from '../connection.ts'
import { searchKey } from '../search-key.ts'

export const sql = `
ALTER TABLE samples ADD COLUMN search TEXT NOT NULL DEFAULT '';
CREATE INDEX samples_grid ON samples (removed_at, class, split);
CREATE INDEX samples_name ON samples (removed_at, search, id);
CREATE INDEX predictions_class ON predictions (run, class, sample);
CREATE INDEX predictions_loss ON predictions (run, loss);
CREATE INDEX predictions_probability ON predictions (run, probability);
`

export function fill(connection: Connection): void {
  const rows = connection.all<{ id: number; name: string }>('SELECT id, name FROM samples')
  for (const { id, name } of rows) connection.run('UPDATE samples SET search = ? WHERE id = ?', [searchKey(name), id])
}
