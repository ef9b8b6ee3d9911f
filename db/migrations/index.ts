// The migrations in order: entry N−1 makes version N. One line a migration; a shipped one never changes.
import type { Connection } from '../connection.ts'
import { sql as initial } from './0001-initial.ts'
import { fill as fillGrid, sql as grid } from './0002-grid.ts'
import { sql as labels } from './0003-labels.ts'
import { sql as models } from './0004-models.ts'
import { sql as comparisons } from './0005-comparisons.ts'
import { sql as suggestions } from './0006-suggestions.ts'

export interface Migration {
  readonly name: string
  readonly sql: string
  /** Fills what SQL alone cannot. */
  readonly fill?: (connection: Connection) => void
}

export const migrations = [
  { name: '0001-initial', sql: initial },
  { name: '0002-grid', sql: grid, fill: fillGrid },
  { name: '0003-labels', sql: labels },
  { name: '0004-models', sql: models },
  { name: '0005-comparisons', sql: comparisons },
  { name: '0006-suggestions', sql: suggestions },
] satisfies readonly Migration[]

export const VERSION = migrations.length
