// Samples: stored images and references, the grid's pages, splits, removal.
import { createHash } from 'node:crypto'
import { LatheError } from '../../engine/contract/errors.ts'
import type { ClassId, ImportId, RunId, SampleId } from '../../engine/contract/ids.ts'
import type { Split } from '../../engine/contract/recipe.ts'
import type { Connection } from '../connection.ts'
import type { NewSample, SampleFilter, SampleOrder, SampleRow } from '../contract/records.ts'
import { fromJson, toJson } from '../codec.ts'
import { searchKey } from '../search-key.ts'
import type { Classes } from './classes.ts'
import { readLabel, type LabelValues } from './label-values.ts'
import type { Assignment, Labels } from './labels.ts'
import { outputOf } from './predictions.ts'
import { sampleSql } from './sample-query.ts'

export interface SampleCounts {
  readonly total: number
  readonly labelled: number
  readonly byClass: readonly { readonly class: ClassId; readonly count: number }[]
  readonly bySplit: Readonly<Record<Split | 'none', number>>
}
/** What splitting and freezing need of every sample. */
export interface SampleKey {
  readonly id: SampleId
  readonly sha256: string
  readonly class: ClassId | null
  readonly split: Split | null
  /** By a class or a label. */
  readonly labelled: boolean
}
/** Where the bytes of a sample are: in the project, or in a file outside. */
export type SampleData = { readonly data: Uint8Array; readonly ref: null; readonly mime: string } | { readonly data: null; readonly ref: string; readonly mime: string }

type Row = Omit<SampleRow, 'prediction' | 'label' | 'meta' | 'suggestion'> & { readonly value: string | null; readonly meta: string; readonly evaluated: number | null; readonly predicted: ClassId | null; readonly probability: number | null; readonly loss: number | null; readonly correct: number | null; readonly output: string | null; readonly suggested: ClassId | null; readonly sure: number | null; readonly by: RunId | null }
/** Characters of a text that a row of the grid shows. */
const PREVIEW = 600
const COLUMNS = 's.id, s.name, s.sha256, s.ref, s.bytes, s.mime, s.width, s.height, s.channels, s.split, s.import, s.class, s.meta, v.value'

export class Samples {
  readonly #db: Connection
  readonly #classes: Classes
  readonly #labels: Labels
  readonly #values: LabelValues

  constructor(connection: Connection, classes: Classes, labels: Labels, values: LabelValues) {
    this.#db = connection
    this.#classes = classes
    this.#labels = labels
    this.#values = values
  }

  /** Stores a batch in one transaction, making classes in order of first use. A few thousand small samples a call keep it short. */
  insertMany(samples: readonly NewSample[], source: ImportId): SampleId[] {
    return this.#db.transaction(() => {
      const classes = this.#classes.ensure(samples.flatMap((sample) => (sample.className === null ? [] : [sample.className])), source)
      const labels: Assignment[] = []
      const ids = samples.map((sample) => {
        const id = this.#insert(sample, source)
        const label = sample.className === null ? undefined : classes.get(sample.className)
        if (label !== undefined || sample.label) labels.push({ sample: id, class: label ?? null, label: sample.label ? this.#values.ofNames(sample.label, source) : null })
        return id
      })
      if (labels.length > 0) this.#labels.assignEach(labels, 'import')
      return ids
    })
  }

  /** One page of the grid; with `filter.run` each row has that run's prediction. */
  list(filter: SampleFilter, order: SampleOrder, descending: boolean, offset: number, limit: number): { total: number; rows: SampleRow[] } {
    return this.#db.snapshot(() => {
      const { from, orderBy, params } = sampleSql(filter, order, descending)
      const ids = this.#db.column<SampleId>(`SELECT s.id ${from} ${orderBy} LIMIT @limit OFFSET @offset`, { ...params, limit, offset })
      const counted = sampleSql(filter)
      return { total: this.#db.number(`SELECT count(*) ${counted.from}`, counted.params), rows: this.many(ids, filter.run) }
    })
  }

  /** All ids that match, in order. */
  ids(filter: SampleFilter, order: SampleOrder = 'id', descending = false): SampleId[] {
    const { from, orderBy, params } = sampleSql(filter, order, descending)
    return this.#db.column<SampleId>(`SELECT s.id ${from} ${orderBy}`, params)
  }

  /** @throws LatheError `not-found`. Removed samples are found too: dataset versions may name them. */
  get(id: SampleId, run?: RunId): SampleRow {
    const [row] = this.many([id], run)
    if (!row) throw new LatheError('not-found', `There is no sample ${id} in this project.`, { sample: id })
    return row
  }

  /** Rows in the order of `ids`; unknown ids are left out. */
  many(ids: readonly SampleId[], run?: RunId): SampleRow[] {
    const rows = this.#db.all<Row>(
      `SELECT ${COLUMNS}, p.evaluation AS evaluated, p.class AS predicted, p.probability, p.loss, p.correct, p.output, substr(CAST(b.data AS TEXT), 1, ${PREVIEW}) AS preview, g.class AS suggested, g.probability AS sure, g.run AS by FROM json_each(?) j CROSS JOIN samples s ON s.id = j.value LEFT JOIN label_values v ON v.id = s.label LEFT JOIN blobs b ON b.sha256 = s.sha256 AND s.mime IN ('text/plain', 'application/json') LEFT JOIN predictions p ON p.run = ? AND p.sample = s.id LEFT JOIN suggestions g ON g.sample = s.id AND g.rejected = 0 AND s.class IS NULL AND s.label IS NULL AND g.class IN (SELECT id FROM classes WHERE removed_at IS NULL) ORDER BY j.key`,
      [JSON.stringify(ids), run ?? null],
    )
    return rows.map(({ value, meta, evaluated, predicted, probability, loss, correct, output, suggested, sure, by, ...sample }) => ({
      ...sample,
      ...(suggested !== null && sure !== null && by !== null && { suggestion: { class: suggested, probability: sure, run: by } }),
      label: value === null ? null : readLabel(value, sample.id),
      meta: fromJson(meta, `sample ${sample.id}`) as SampleRow['meta'],
      prediction: evaluated === null ? null : { class: predicted, probability, loss, correct: correct === null ? null : correct === 1, output: outputOf(output, sample.id) },
    }))
  }

  /** Every sample that is not removed, by id. */
  keys(): SampleKey[] {
    return this.#db.all<Omit<SampleKey, 'labelled'> & { labelled: number }>('SELECT id, sha256, class, split, coalesce(class, label) IS NOT NULL AS labelled FROM samples WHERE removed_at IS NULL ORDER BY id').map((key) => ({ ...key, labelled: key.labelled === 1 }))
  }

  /** What samples that are not removed say of themselves under `name`. */
  meta(name: string): Map<SampleId, string | number> {
    const rows = this.#db.all<{ id: SampleId; value: string | number }>('SELECT id, meta ->> ? AS value FROM samples WHERE removed_at IS NULL AND meta ->> ? IS NOT NULL', [`$.${name}`, `$.${name}`])
    return new Map(rows.map(({ id, value }) => [id, value]))
  }

  totals(): { readonly total: number; readonly labelled: number } {
    return this.#db.get<{ total: number; labelled: number }>('SELECT count(*) AS total, count(coalesce(class, label)) AS labelled FROM samples WHERE removed_at IS NULL') ?? { total: 0, labelled: 0 }
  }

  counts(): SampleCounts {
    return this.#db.snapshot(() => {
      const bySplit = { train: 0, val: 0, test: 0, none: 0 }
      for (const { split, count } of this.#db.all<{ split: Split | null; count: number }>('SELECT split, count(*) AS count FROM samples WHERE removed_at IS NULL GROUP BY split')) bySplit[split ?? 'none'] = count
      return { ...this.totals(), byClass: this.#classes.list().map((entry) => ({ class: entry.id, count: entry.samples })), bySplit }
    })
  }

  /** Source bytes as they came, or the file that holds them. @throws LatheError `not-found`, `corrupt`. */
  data(id: SampleId): SampleData {
    const row = this.#db.get<{ ref: string | null; mime: string; removed_at: number | null; data: Uint8Array | null }>('SELECT s.ref, s.mime, s.removed_at, b.data FROM samples s LEFT JOIN blobs b ON s.ref IS NULL AND b.sha256 = s.sha256 WHERE s.id = ?', [id])
    if (!row) throw new LatheError('not-found', `There is no sample ${id} in this project.`, { sample: id })
    if (row.ref !== null) return { data: null, ref: row.ref, mime: row.mime }
    if (row.data === null && row.removed_at !== null) throw new LatheError('not-found', `Sample ${id} is not in this project any more: its import was undone.`, { sample: id })
    if (row.data === null) throw new LatheError('corrupt', `The bytes of sample ${id} are gone from ${this.#db.path}: run "lathe check".`, { sample: id })
    return { data: row.data, ref: null, mime: row.mime }
  }

  /** Those of the hashes that a sample of the project (not removed) has: for duplicates at import. */
  known(hashes: Iterable<string>): Set<string> {
    return new Set(this.#db.column<string>('SELECT DISTINCT s.sha256 FROM json_each(?) j CROSS JOIN samples s ON s.sha256 = j.value WHERE s.removed_at IS NULL', [JSON.stringify([...hashes])]))
  }

  /** Samples with the same bytes, two or more a group. */
  duplicates(): { readonly sha256: string; readonly ids: readonly SampleId[] }[] {
    const rows = this.#db.all<{ sha256: string; ids: string }>('SELECT sha256, json_group_array(id ORDER BY id) AS ids FROM samples WHERE removed_at IS NULL GROUP BY sha256 HAVING count(*) > 1 ORDER BY min(id)')
    return rows.map(({ sha256, ids }) => ({ sha256, ids: JSON.parse(ids) as SampleId[] }))
  }

  /** Samples whose exact bytes stand in another split too. */
  leaks(): number {
    return this.#db.number('SELECT coalesce(sum(n), 0) FROM (SELECT count(split) AS n FROM samples WHERE removed_at IS NULL GROUP BY sha256 HAVING count(DISTINCT split) > 1)')
  }

  /** Puts samples in splits (null: in none), all in one transaction. Returns how many changed. */
  setSplits(splits: Iterable<readonly [SampleId, Split | null]>): number {
    return this.#db.transaction(() => this.#db.run('UPDATE samples SET split = j.value ->> 1 FROM json_each(?) j WHERE samples.id = j.value ->> 0 AND samples.split IS NOT j.value ->> 1', [JSON.stringify([...splits])]).changes)
  }

  /** Hides samples from grid, splits and later dataset versions. Returns how many were there. */
  remove(ids: readonly SampleId[]): number {
    return this.#db.transaction(() => this.#db.run('UPDATE samples SET removed_at = ? WHERE removed_at IS NULL AND id IN (SELECT value FROM json_each(?))', [Date.now(), JSON.stringify(ids)]).changes)
  }

  /** Brings removed samples back, but for those of undone imports, whose bytes may be gone. */
  restore(ids: readonly SampleId[]): number {
    return this.#db.transaction(() => {
      const back = `removed_at IS NOT NULL AND id IN (SELECT value FROM json_each(?)) AND import NOT IN (SELECT id FROM imports WHERE undone_at IS NOT NULL)`
      for (const id of this.#db.column<ClassId>(`SELECT DISTINCT class FROM samples WHERE class IN (SELECT id FROM classes WHERE removed_at IS NOT NULL) AND ${back}`, [JSON.stringify(ids)])) this.#classes.revive(id)
      return this.#db.run(`UPDATE samples SET removed_at = NULL WHERE ${back}`, [JSON.stringify(ids)]).changes
    })
  }

  #insert(sample: NewSample, source: ImportId): SampleId {
    if (sample.data !== null) {
      const found = createHash('sha256').update(sample.data).digest('hex')
      if (found !== sample.sha256) throw new LatheError('internal', `The bytes of ${sample.name} have SHA-256 ${found}, not ${sample.sha256} as said.`, { name: sample.name })
      this.#db.run('INSERT INTO blobs (sha256, data) VALUES (?, ?) ON CONFLICT DO NOTHING', [sample.sha256, sample.data])
    } else if (sample.ref === null) {
      throw new LatheError('internal', `The sample ${sample.name} has neither bytes nor a file that holds them.`, { name: sample.name })
    }
    const { name, sha256, ref, bytes, mime, width, height, channels, split, meta = {} } = sample
    return this.#db.run('INSERT INTO samples (name, search, sha256, ref, bytes, mime, width, height, channels, split, import, meta) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
      name, searchKey(name), sha256, ref, bytes, mime, width, height, channels, split, source, toJson(meta),
    ]).id as SampleId
  }
}
