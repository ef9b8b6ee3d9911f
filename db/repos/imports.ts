// Imports: what came in when and with which report; undoing one takes back all it brought.
import { LatheError } from '../../engine/contract/errors.ts'
import type { ImportId } from '../../engine/contract/ids.ts'
import { fromJson, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { ImportRecord, ImportReport } from '../contract/records.ts'
import { isAlive, owner } from '../owner.ts'

interface Row {
  readonly id: ImportId
  readonly at: number
  readonly source: string
  readonly report: string | null
  readonly undone_at: number | null
}

export class Imports {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** Opens an import that samples.insertMany fills; `source` says for people where it comes from. End it with `finish`, or with `undo` when it fails. */
  begin(source: string): ImportId {
    return this.#db.transaction(() => this.#db.run('INSERT INTO imports (at, source, owner) VALUES (?, ?, ?)', [Date.now(), source, owner()]).id as ImportId)
  }

  finish(id: ImportId, report: ImportReport): ImportRecord {
    this.#db.transaction(() => this.#db.run('UPDATE imports SET report = ? WHERE id = ?', [toJson({ ...report, import: id }), id]))
    return this.get(id)
  }

  /** Finished imports, newest first. */
  list(): ImportRecord[] {
    return this.#db.all<Row>('SELECT * FROM imports WHERE report IS NOT NULL ORDER BY id DESC').map(record)
  }

  /** @throws LatheError `not-found`. */
  get(id: ImportId): ImportRecord {
    return record(this.#row(id))
  }

  /** Removes every sample the import brought and the classes it made that label nothing else. Bytes go too, unless a dataset version or another sample needs them. Returns how many samples went. */
  undo(id: ImportId): number {
    return this.#db.transaction(() => {
      const row = this.#row(id)
      if (row.undone_at !== null) throw new LatheError('conflict', `The import of ${row.source} is undone already.`, { import: id })
      const now = Date.now()
      this.#db.run('UPDATE imports SET undone_at = ? WHERE id = ?', [now, id])
      const { changes } = this.#db.run('UPDATE samples SET removed_at = ? WHERE import = ? AND removed_at IS NULL', [now, id])
      this.#db.run(
        `DELETE FROM blobs WHERE sha256 IN (SELECT sha256 FROM samples WHERE import = @id AND frozen = 0)
         AND NOT EXISTS (SELECT 1 FROM samples o WHERE o.sha256 = blobs.sha256 AND (o.frozen = 1 OR o.import NOT IN (SELECT id FROM imports WHERE undone_at IS NOT NULL)))`,
        { id },
      )
      this.#db.run('UPDATE classes SET removed_at = ? WHERE import = ? AND removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM samples s WHERE s.class = classes.id AND s.removed_at IS NULL) AND NOT EXISTS (SELECT 1 FROM label_classes lc JOIN samples s ON s.label = lc.label WHERE lc.class = classes.id AND s.removed_at IS NULL)', [now, id])
      const order = this.#db.column('SELECT id FROM classes WHERE removed_at IS NULL ORDER BY position, id')
      for (const [position, entry] of order.entries()) this.#db.run('UPDATE classes SET position = ? WHERE id = ?', [position, entry])
      return changes
    })
  }

  /** Undoes imports that a process now dead left unfinished, or this one where `active` are all that it works on. Returns them. */
  undoUnfinished(active?: ReadonlySet<ImportId>): ImportId[] {
    const own = active && owner()
    const open = this.#db.all<{ id: ImportId; owner: string; at: number }>('SELECT id, owner, at FROM imports WHERE report IS NULL AND undone_at IS NULL').filter((row) => (row.owner === own ? !active?.has(row.id) : !isAlive(row.owner, row.at)))
    for (const { id } of open) this.undo(id)
    return open.map(({ id }) => id)
  }

  #row(id: ImportId): Row {
    const row = this.#db.get<Row>('SELECT * FROM imports WHERE id = ?', [id])
    if (!row) throw new LatheError('not-found', `There is no import ${id} in this project.`, { import: id })
    return row
  }
}

function record({ id, at, source, report, undone_at }: Row): ImportRecord {
  const none: ImportReport = { import: id, read: 0, stored: 0, skipped: [], labelled: 0, duplicates: 0, seconds: 0 }
  return { id, at, source, report: report === null ? none : (fromJson(report, `the report of import ${id}`) as ImportReport), undone: undone_at !== null }
}
