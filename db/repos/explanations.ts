// Explanations: attribution maps of samples; the same run, sample, method and target keeps the newest.
import { LatheError } from '../../engine/contract/errors.ts'
import type { ExplanationId, RunId, SampleId } from '../../engine/contract/ids.ts'
import { fromFloats, fromJson, toFloats, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { ExplanationRecord } from '../contract/records.ts'

type Row = Omit<ExplanationRecord, 'map' | 'meta'> & { readonly map: Uint8Array; readonly meta: string }

export class Explanations {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** `map` is row-major height × width. */
  add(explanation: Omit<ExplanationRecord, 'id' | 'at'>): ExplanationRecord {
    const { run, sample, method, target, height, width, map, meta } = explanation
    if (map.length !== height * width) throw new LatheError('internal', `A map of ${map.length} values cannot be ${height} × ${width}.`)
    return this.#db.transaction(() => {
      this.#db.run('DELETE FROM explanations WHERE run = ? AND sample = ? AND method = ? AND target = ?', [run, sample, method, target])
      const { id } = this.#db.run('INSERT INTO explanations (run, sample, method, target, height, width, map, meta, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', [run, sample, method, target, height, width, fromFloats(map), toJson(meta), Date.now()])
      return this.get(id as ExplanationId)
    })
  }

  /** @throws LatheError `not-found`. */
  get(id: ExplanationId): ExplanationRecord {
    const row = this.#db.get<Row>('SELECT * FROM explanations WHERE id = ?', [id])
    if (!row) throw new LatheError('not-found', `There is no explanation ${id} in this project: a later one may have replaced it.`, { explanation: id })
    return record(row)
  }

  /** Newest first. */
  list(run: RunId, sample?: SampleId): ExplanationRecord[] {
    return this.#db.all<Row>('SELECT * FROM explanations WHERE run = @run AND (@sample IS NULL OR sample = @sample) ORDER BY id DESC', { run, sample: sample ?? null }).map(record)
  }
}

function record(row: Row): ExplanationRecord {
  return { ...row, map: toFloats(row.map), meta: fromJson(row.meta, `explanation ${row.id}`) as ExplanationRecord['meta'] }
}
