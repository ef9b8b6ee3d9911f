// checkProject: everything a project file promises, verified; and what can be mended without guessing, mended.
import { createHash } from 'node:crypto'
import { copyFileSync, constants, existsSync } from 'node:fs'
import { LatheError } from '../engine/contract/errors.ts'
import type { CheckpointId, DatasetVersionId } from '../engine/contract/ids.ts'
import type { Connection } from './connection.ts'
import { assertHeader, projectFile } from './header.ts'
import { integrityProblems } from './integrity.ts'
import { connect } from './connect.ts'
import { Checkpoints } from './repos/checkpoints.ts'
import { Classes } from './repos/classes.ts'
import { Datasets } from './repos/datasets.ts'
import { Imports } from './repos/imports.ts'
import { LabelValues } from './repos/label-values.ts'
import { Labels } from './repos/labels.ts'
import { assertSchema } from './schema.ts'

export interface CheckReport {
  readonly ok: boolean
  /** What is wrong now, one line each. */
  readonly problems: readonly string[]
  /** What `repair` changed, one line each. */
  readonly repaired: readonly string[]
}

/**
 * Reads the whole file. With `repair`, first keeps a copy beside it (`FILE.before-repair`), then makes indexes and current labels again,
 * removes bytes that nothing names and imports that never ended; never guesses at data.
 * @throws LatheError as openProject does for what is no project at all.
 */
export function checkProject(path: string, { repair = false }: { readonly repair?: boolean } = {}): CheckReport {
  const file = projectFile(path)
  assertHeader(file)
  const connection = connect(file, { readOnly: !repair })
  try {
    assertSchema(connection, Number(connection.pragma('user_version')))
    if (!repair) {
      const problems = findProblems(connection)
      return { ok: problems.length === 0, problems, repaired: [] }
    }
    if (connection.readOnly) throw new LatheError('read-only', `${file} cannot be repaired because it cannot be written: work on a copy in a writable folder.`, { path: file })
    const repaired = mend(connection, file)
    const problems = findProblems(connection)
    return { ok: problems.length === 0, problems, repaired }
  } finally {
    connection.close()
  }
}

function labelsOf(connection: Connection): Labels {
  const classes = new Classes(connection)
  return new Labels(connection, classes, new LabelValues(connection, classes))
}

function findProblems(connection: Connection): string[] {
  const problems = CHECKS.flatMap((check) => {
    try {
      return check(connection)
    } catch (error) {
      if (error instanceof LatheError && error.kind !== 'internal') return [error.message]
      throw error
    }
  })
  return [...new Set(problems)]
}

const CHECKS: readonly ((connection: Connection) => string[])[] = [
  (connection) => integrityProblems(connection, 'full').map((line) => `pages: ${line}`),
  (connection) => [...new Set(connection.pragmaRows('foreign_key_check').map((row) => (row as { table: string; parent: string }).table))].map((table) => `${table}: rows that belong to nothing`),
  (connection) => {
    const wrong = labelsOf(connection).inconsistent().length
    return wrong === 0 ? [] : [`labels: ${wrong} samples have a label that the journal does not give (--repair makes them again from the journal)`]
  },
  (connection) => {
    const missing = connection.number('SELECT count(*) FROM samples s WHERE s.ref IS NULL AND (s.removed_at IS NULL OR s.frozen = 1) AND NOT EXISTS (SELECT 1 FROM blobs b WHERE b.sha256 = s.sha256)')
    return missing === 0 ? [] : [`samples: the bytes of ${missing} are missing; import their files again`]
  },
  (connection) => {
    const problems: string[] = []
    for (const { sha256, data } of connection.each<{ sha256: string; data: Uint8Array }>('SELECT sha256, data FROM blobs')) if (createHash('sha256').update(data).digest('hex') !== sha256) problems.push(`blobs: the bytes of ${sha256.slice(0, 12)}… are damaged; import the file again`)
    return problems
  },
  (connection) => {
    const gone = connection.column<string>('SELECT DISTINCT ref FROM samples WHERE ref IS NOT NULL AND removed_at IS NULL').filter((ref) => !existsSync(ref))
    return gone.length === 0 ? [] : [`samples: ${gone.length} files that are used by reference are gone, the first is ${gone[0] ?? ''}; put them back or import again`]
  },
  (connection) => {
    const orphans = connection.number(`SELECT count(*) FROM blobs WHERE ${ORPHAN}`)
    return orphans === 0 ? [] : [`blobs: ${orphans} belong to no sample (--repair removes them)`]
  },
  (connection) => failures(connection.column<DatasetVersionId>('SELECT id FROM dataset_versions'), (id) => new Datasets(connection).manifest(id)),
  (connection) => failures(connection.column<CheckpointId>('SELECT id FROM checkpoints'), (id) => new Checkpoints(connection).load(id)),
]

const ORPHAN = 'NOT EXISTS (SELECT 1 FROM samples s WHERE s.sha256 = blobs.sha256 AND s.ref IS NULL)'

function failures<Id>(ids: readonly Id[], read: (id: Id) => unknown): string[] {
  return ids.flatMap((id) => {
    try {
      read(id)
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  })
}

function mend(connection: Connection, file: string): string[] {
  const backup = `${file}.before-repair`
  connection.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(file, backup, constants.COPYFILE_FICLONE)
  const done = [`kept a copy as ${backup}`]
  const indexes = integrityProblems(connection, 'full').length > 0
  connection.transaction(() => {
    if (indexes) {
      connection.exec('REINDEX')
      done.push('made all indexes again')
    }
    const labels = labelsOf(connection).rebuild()
    if (labels > 0) done.push(`made ${labels} labels again from the journal`)
    const imports = new Imports(connection).undoUnfinished().length
    if (imports > 0) done.push(`undid ${imports} imports that never ended`)
    const { changes } = connection.run(`DELETE FROM blobs WHERE ${ORPHAN}`)
    if (changes > 0) done.push(`removed ${changes} blobs that no sample names`)
  })
  return done
}
