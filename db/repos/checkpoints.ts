// Checkpoints: one `last` and one `best` a run, each written whole or not at all.
import { createHash } from 'node:crypto'
import { LatheError } from '../../engine/contract/errors.ts'
import type { CheckpointId, RunId } from '../../engine/contract/ids.ts'
import { fromFloats, fromJson, toFloats, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { CheckpointRecord, CheckpointState } from '../contract/records.ts'

interface Row {
  readonly id: CheckpointId
  readonly run: RunId
  readonly kind: 'last' | 'best'
  readonly epoch: number
  readonly step: number
  readonly metrics: string
  readonly weights_hash: string
  readonly at: number
}
const COLUMNS = 'id, run, kind, epoch, step, metrics, weights_hash, at'
const OPTIMIZER = 'optimizer/'

export type NewCheckpoint = Omit<CheckpointRecord, 'id' | 'run' | 'at'>

export class Checkpoints {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** Replaces the run's checkpoint of that kind in one transaction; one that another run continues from is kept for it. A `last` checkpoint also moves the run's epoch and step. */
  save(run: RunId, checkpoint: NewCheckpoint, state: CheckpointState): CheckpointRecord {
    return this.#db.transaction(() => {
      const old = `run = ? AND kind = ? AND superseded = 0`
      this.#db.run(`UPDATE checkpoints SET superseded = 1 WHERE ${old} AND id IN (SELECT parent FROM runs)`, [run, checkpoint.kind])
      this.#db.run(`DELETE FROM checkpoints WHERE ${old}`, [run, checkpoint.kind])
      const now = Date.now()
      const { id } = this.#db.run('INSERT INTO checkpoints (run, kind, epoch, step, metrics, weights_hash, at, parameters, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', [
        run, checkpoint.kind, checkpoint.epoch, checkpoint.step, toJson(checkpoint.metrics), checkpoint.weightsHash, now, toJson(state.parameters), toJson(state.position),
      ])
      this.#tensor(id, 'weights', state.weights)
      for (const [name, values] of Object.entries(state.optimizer)) this.#tensor(id, OPTIMIZER + name, values)
      if (checkpoint.kind === 'last') this.#db.run('UPDATE runs SET epoch = ?, step = ?, touched_at = ? WHERE id = ?', [checkpoint.epoch, checkpoint.step, now, run])
      return this.get(id as CheckpointId)
    })
  }

  /** The run's current checkpoints, `best` before `last`. */
  list(run: RunId): CheckpointRecord[] {
    return this.#db.all<Row>(`SELECT ${COLUMNS} FROM checkpoints WHERE run = ? AND superseded = 0 ORDER BY kind`, [run]).map(record)
  }

  find(run: RunId, kind: 'last' | 'best'): CheckpointRecord | null {
    return this.list(run).find((entry) => entry.kind === kind) ?? null
  }

  /** @throws LatheError `not-found`. */
  get(id: CheckpointId): CheckpointRecord {
    const row = this.#db.get<Row>(`SELECT ${COLUMNS} FROM checkpoints WHERE id = ?`, [id])
    if (!row) throw new LatheError('not-found', `There is no checkpoint ${id} in this project: a later one of its run has replaced it.`, { checkpoint: id })
    return record(row)
  }

  /** All that resuming needs. @throws LatheError `not-found`, `corrupt` when a tensor does not give its hash. */
  load(id: CheckpointId): CheckpointState {
    return this.#db.snapshot(() => {
      const { run, kind } = this.get(id)
      const row = this.#db.get<{ parameters: string; position: string }>('SELECT parameters, position FROM checkpoints WHERE id = ?', [id])
      const what = `the ${kind} checkpoint of run ${run}`
      const optimizer: Record<string, Float32Array> = {}
      let weights: Float32Array | undefined
      for (const { name, sha256, data } of this.#db.all<{ name: string; sha256: string; data: Uint8Array }>('SELECT name, sha256, data FROM checkpoint_tensors WHERE checkpoint = ? ORDER BY rowid', [id])) {
        if (createHash('sha256').update(data).digest('hex') !== sha256) throw new LatheError('corrupt', `The tensor ${name} of ${what} is damaged: resume from the run's other checkpoint, or train again.`, { checkpoint: id, tensor: name })
        if (name.startsWith(OPTIMIZER)) optimizer[name.slice(OPTIMIZER.length)] = toFloats(data)
        else weights = toFloats(data)
      }
      if (!row || !weights) throw new LatheError('corrupt', `The weights of ${what} are gone: resume from the run's other checkpoint, or train again.`, { checkpoint: id })
      return { parameters: fromJson(row.parameters, what) as CheckpointState['parameters'], weights, optimizer, position: fromJson(row.position, what) as CheckpointState['position'] }
    })
  }

  /** Lets a run that early stopping had ended go on: its patience begins anew. */
  forgetEarlyStop(run: RunId): void {
    this.#db.transaction(() => this.#db.run(`UPDATE checkpoints SET position = json_set(position, '$.stopping.stopped', json('false'), '$.stopping.waited', 0) WHERE run = ? AND kind = 'last' AND superseded = 0 AND position ->> '$.stopping.stopped'`, [run]))
  }

  #tensor(checkpoint: number, name: string, values: Float32Array): void {
    const data = fromFloats(values)
    this.#db.run('INSERT INTO checkpoint_tensors (checkpoint, name, sha256, data) VALUES (?, ?, ?, ?)', [checkpoint, name, createHash('sha256').update(data).digest('hex'), data])
  }
}

function record({ weights_hash, metrics, ...row }: Row): CheckpointRecord {
  return { ...row, weightsHash: weights_hash, metrics: fromJson(metrics, `checkpoint ${row.id}`) as CheckpointRecord['metrics'] }
}
