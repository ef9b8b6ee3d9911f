// Exports: files that were written, with their parity certificate.
import { LatheError } from '../../engine/contract/errors.ts'
import type { ExportId } from '../../engine/contract/ids.ts'
import { fromJson, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { ExportRecord } from '../contract/records.ts'

type Row = Omit<ExportRecord, 'parity' | 'metrics'> & { readonly parity: string; readonly metrics: string }

export class Exports {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  add(entry: Omit<ExportRecord, 'id' | 'at'>): ExportRecord {
    const { run, path, bytes, opset, sha256, parity, metrics } = entry
    return this.#db.transaction(() => {
      const { id } = this.#db.run('INSERT INTO exports (run, path, bytes, opset, sha256, parity, metrics, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [run, path, bytes, opset, sha256, toJson(parity), toJson(metrics), Date.now()])
      return this.get(id as ExportId)
    })
  }

  /** @throws LatheError `not-found`. */
  get(id: ExportId): ExportRecord {
    const row = this.#db.get<Row>('SELECT * FROM exports WHERE id = ?', [id])
    if (!row) throw new LatheError('not-found', `There is no export ${id} in this project.`, { export: id })
    return record(row)
  }

  /** Newest first. */
  list(): ExportRecord[] {
    return this.#db.all<Row>('SELECT * FROM exports ORDER BY id DESC').map(record)
  }
}

function record(row: Row): ExportRecord {
  const what = `export ${row.id}`
  return { ...row, parity: fromJson(row.parity, what) as ExportRecord['parity'], metrics: fromJson(row.metrics, what) as ExportRecord['metrics'] }
}
