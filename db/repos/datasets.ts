// Datasets: frozen versions of which sample had which label in which split.
import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { LatheError } from '../../engine/contract/errors.ts'
import type { ClassId, DatasetVersionId, SampleId } from '../../engine/contract/ids.ts'
import type { Split } from '../../engine/contract/recipe.ts'
import { mapClasses } from '../../engine/contract/label.ts'
import { fromJson, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { DatasetVersion, ManifestEntry } from '../contract/records.ts'
import { readLabel } from './label-values.ts'

/** A manifest larger than this is no manifest of ours: guards against a deflate bomb. */
const MAX_MANIFEST = 1 << 30

/** What a version holds: samples with a label and a split. */
const FROZEN = 's.removed_at IS NULL AND (s.class IS NOT NULL OR s.label IS NOT NULL) AND s.split IS NOT NULL'

interface Row {
  readonly id: DatasetVersionId
  readonly hash: string
  readonly created_at: number
  readonly counts: string
  readonly classes: string
}
const COLUMNS = 'id, hash, created_at, counts, classes'

export class Datasets {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** Freezes all samples that have a label and a split, in order of id; classes without such a sample are left out. The same content gives the same version. @throws LatheError `data` when there are none. */
  freeze(): DatasetVersion {
    return this.#db.transaction(() => {
      const rows = this.#db.all<{ sample: SampleId; sha256: string; split: Split; class: ClassId | null; label: string | null }>(`SELECT s.id AS sample, s.sha256, s.split, s.class, v.value AS label FROM samples s LEFT JOIN label_values v ON v.id = s.label WHERE ${FROZEN} ORDER BY s.id`)
      if (rows.length === 0) throw this.#nothing()
      const used = new Set([...rows.map((row) => row.class), ...this.#db.column<ClassId>(`SELECT DISTINCT lc.class FROM label_classes lc JOIN samples s ON s.label = lc.label WHERE ${FROZEN}`)])
      const classes = this.#db.all<{ id: ClassId; name: string }>('SELECT id, name FROM classes WHERE removed_at IS NULL ORDER BY position, id').filter(({ id }) => used.has(id))
      const index = new Map(classes.map(({ id }, i) => [id as number, i]))
      const target = ({ sample, label }: { sample: SampleId; label: string | null }): string => (label === null ? '' : ` ${JSON.stringify(mapClasses(readLabel(label, sample), (id: number) => index.get(id) ?? 0))}`)
      const counts = { train: 0, val: 0, test: 0 }
      for (const row of rows) counts[row.split]++
      const manifest = rows.map((row) => `${row.sample} ${row.sha256} ${row.split} ${row.class === null ? -1 : (index.get(row.class) ?? -1)}${target(row)}\n`).join('')
      const hash = hashOf(classes, manifest)
      const known = this.#db.column<DatasetVersionId>('SELECT id FROM dataset_versions WHERE hash = ?', [hash])[0]
      if (known !== undefined) return this.get(known)
      const { id } = this.#db.run('INSERT INTO dataset_versions (hash, created_at, counts, classes, manifest) VALUES (?, ?, ?, ?, ?)', [hash, Date.now(), toJson(counts), toJson(classes), deflateRawSync(manifest, { level: 1 })])
      this.#db.run(`UPDATE samples AS s SET frozen = 1 WHERE s.frozen = 0 AND ${FROZEN}`)
      return this.get(id as DatasetVersionId)
    })
  }

  /** Newest first. */
  list(): DatasetVersion[] {
    return this.#db.all<Row>(`SELECT ${COLUMNS} FROM dataset_versions ORDER BY id DESC`).map(record)
  }

  /** @throws LatheError `not-found`. */
  get(id: DatasetVersionId): DatasetVersion {
    const row = this.#db.get<Row>(`SELECT ${COLUMNS} FROM dataset_versions WHERE id = ?`, [id])
    if (!row) throw new LatheError('not-found', `There is no dataset version ${id} in this project.`, { dataset: id })
    return record(row)
  }

  /** Entries in order of sample id. @throws LatheError `not-found`, `corrupt` when the manifest does not give the version's hash. */
  manifest(id: DatasetVersionId): ManifestEntry[] {
    const version = this.get(id)
    const text = this.#text(id)
    if (hashOf(version.classes, text) !== version.hash) throw this.#damaged(id)
    return text.split('\n').slice(0, -1).map((line) => {
      const [sample, sha256, split, label, ...target] = line.split(' ') as [string, string, Split, string, ...string[]]
      return { sample: Number(sample) as SampleId, sha256, split, label: Number(label), target: target.length === 0 ? null : readLabel(target.join(' '), Number(sample)) }
    })
  }

  #text(id: DatasetVersionId): string {
    const [packed] = this.#db.column<Uint8Array>('SELECT manifest FROM dataset_versions WHERE id = ?', [id])
    try {
      return inflateRawSync(packed ?? new Uint8Array(), { maxOutputLength: MAX_MANIFEST }).toString('utf8')
    } catch (error) {
      throw this.#damaged(id, error)
    }
  }

  #damaged(id: DatasetVersionId, cause?: unknown): LatheError {
    return new LatheError('corrupt', `Dataset version ${id} of ${this.#db.path} is damaged: its manifest does not give its hash. Restore a backup; runs on other versions are not affected.`, { dataset: id }, { cause })
  }

  #nothing(): LatheError {
    const samples = this.#db.number('SELECT count(*) FROM samples WHERE removed_at IS NULL')
    const labelled = this.#db.number('SELECT count(*) FROM samples WHERE removed_at IS NULL AND coalesce(class, label) IS NOT NULL')
    if (samples === 0) return new LatheError('data', 'This project has no samples yet: import some first.', { samples })
    if (labelled === 0) return new LatheError('data', `None of the ${samples} samples is labelled: label them first.`, { samples, labelled })
    return new LatheError('data', `None of the ${labelled} labelled samples is in a split: split the data first.`, { samples, labelled })
  }
}

function hashOf(classes: DatasetVersion['classes'], manifest: string): string {
  return createHash('sha256').update(`${JSON.stringify(classes.map(({ id, name }) => [id, name]))}\n`).update(manifest).digest('hex')
}

function record({ id, hash, created_at, counts, classes }: Row): DatasetVersion {
  const what = `dataset version ${id}`
  return { id, hash, createdAt: created_at, counts: fromJson(counts, what) as DatasetVersion['counts'], classes: fromJson(classes, what) as DatasetVersion['classes'] }
}
