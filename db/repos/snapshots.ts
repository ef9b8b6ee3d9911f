// Snapshots: weights at the end of each cycle of a run, the members of a snapshot ensemble.
import { createHash } from 'node:crypto'
import { LatheError } from '../../engine/contract/errors.ts'
import type { RunId } from '../../engine/contract/ids.ts'
import { fromFloats, fromJson, toFloats, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { CheckpointState, SnapshotRecord } from '../contract/records.ts'

interface Row {
  readonly run: RunId
  readonly number: number
  readonly epoch: number
  readonly weights_hash: string
}

export class Snapshots {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** Replaces the one of the same number: a run that was killed makes it again, and the same. */
  save({ run, number, epoch, weightsHash }: SnapshotRecord, { parameters, weights }: Pick<CheckpointState, 'parameters' | 'weights'>): void {
    const data = fromFloats(weights)
    this.#db.transaction(() =>
      this.#db.run('INSERT OR REPLACE INTO snapshots (run, number, epoch, weights_hash, parameters, sha256, weights) VALUES (?, ?, ?, ?, ?, ?, ?)', [run, number, epoch, weightsHash, toJson(parameters), createHash('sha256').update(data).digest('hex'), data]),
    )
  }

  /** By number. */
  list(run: RunId): SnapshotRecord[] {
    return this.#db.all<Row>('SELECT run, number, epoch, weights_hash FROM snapshots WHERE run = ? ORDER BY number', [run]).map(({ weights_hash, ...row }) => ({ ...row, weightsHash: weights_hash }))
  }

  /** @throws LatheError `not-found`, `corrupt` where the weights do not give their hash. */
  load(run: RunId, number: number): Pick<CheckpointState, 'parameters' | 'weights'> {
    const what = `snapshot ${number} of run ${run}`
    const row = this.#db.get<{ parameters: string; sha256: string; weights: Uint8Array }>('SELECT parameters, sha256, weights FROM snapshots WHERE run = ? AND number = ?', [run, number])
    if (!row) throw new LatheError('not-found', `There is no ${what} in this project: train the run to its end.`, { run, number })
    if (createHash('sha256').update(row.weights).digest('hex') !== row.sha256) throw new LatheError('corrupt', `The weights of ${what} are damaged: train the run again.`, { run, number })
    return { parameters: fromJson(row.parameters, what) as CheckpointState['parameters'], weights: toFloats(row.weights) }
  }
}
