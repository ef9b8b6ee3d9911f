// Runs: what was trained, how far it is, and which process works on it.
import { LatheError, serializedError, type SerializedError } from '../../engine/contract/errors.ts'
import type { RunStatus } from '../../engine/contract/events.ts'
import type { CheckpointId, DatasetVersionId, RunId } from '../../engine/contract/ids.ts'
import { trainConfig, type TrainConfig } from '../../engine/contract/recipe.ts'
import { fromJson, toJson } from '../codec.ts'
import type { Connection, SqlValue } from '../connection.ts'
import type { RunRecord } from '../contract/records.ts'
import { isAlive, owner } from '../owner.ts'

interface Row {
  readonly id: RunId
  readonly name: string
  readonly status: RunStatus
  readonly config: string
  readonly dataset: DatasetVersionId
  readonly parent: CheckpointId | null
  readonly created_at: number
  readonly started_at: number | null
  readonly finished_at: number | null
  readonly seconds: number
  readonly epoch: number
  readonly step: number
  readonly parameters: number | null
  readonly weights_hash: string | null
  readonly error: string | null
  readonly pseudo: number
}
const SELECT = 'SELECT r.*, (SELECT count(*) FROM pseudo_labels p WHERE p.run = r.id) AS pseudo FROM runs r'

export interface NewRun {
  /** "MODEL N" when left out. */
  readonly name?: string | undefined
  readonly config: TrainConfig
  readonly dataset: DatasetVersionId
  readonly parent?: CheckpointId | null | undefined
}
/** What changes while a run goes; what is left out stays. */
export interface RunChange {
  readonly status?: RunStatus
  readonly config?: TrainConfig
  readonly seconds?: number
  readonly epoch?: number
  readonly step?: number
  readonly parameters?: number
  readonly weightsHash?: string
  readonly error?: SerializedError | null
}
const LIVE = new Set<RunStatus>(['queued', 'running'])

export class Runs {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** A new run, queued by this process. */
  create({ name, config, dataset, parent = null }: NewRun): RunRecord {
    return this.#db.transaction(() => {
      const now = Date.now()
      const { id } = this.#db.run(`INSERT INTO runs (name, status, config, dataset, parent, owner, created_at, touched_at) VALUES (?, 'queued', ?, ?, ?, ?, ?, ?)`, [name ?? '', toJson(trainConfig.parse(config)), dataset, parent, owner(), now, now])
      if (name === undefined) this.#db.run('UPDATE runs SET name = ? WHERE id = ?', [`${config.ensemble ? 'ensemble' : config.model} ${id}`, id])
      return this.get(id as RunId)
    })
  }

  /** Newest first. */
  list(): RunRecord[] {
    return this.#db.snapshot(() => this.#db.all<Row>(`${SELECT} ORDER BY r.id DESC`).map((row) => this.#record(row)))
  }

  count(): number {
    return this.#db.number('SELECT count(*) FROM runs')
  }

  /** @throws LatheError `not-found`. */
  get(id: RunId): RunRecord {
    const row = this.#db.get<Row>(`${SELECT} WHERE r.id = ?`, [id])
    if (!row) throw new LatheError('not-found', `There is no run ${id} in ${this.#db.path}: list them with "lathe runs".`, { run: id })
    return this.#record(row)
  }

  /** Writes what changed. Status `queued` or `running` makes this process its owner; `running` sets the first start; any other status sets the finish. */
  update(id: RunId, change: RunChange): RunRecord {
    return this.#db.transaction(() => {
      const now = Date.now()
      const columns: Record<string, SqlValue> = { touched_at: now }
      const { status, config, seconds, epoch, step, parameters, weightsHash, error } = change
      if (status !== undefined) {
        columns.status = status
        columns.owner = LIVE.has(status) ? owner() : null
        columns.finished_at = LIVE.has(status) ? null : now
        if (status === 'running') {
          columns.error = null
          this.#db.run('UPDATE runs SET started_at = coalesce(started_at, ?) WHERE id = ?', [now, id])
        }
      }
      if (config !== undefined) columns.config = toJson(trainConfig.parse(config))
      if (seconds !== undefined) columns.seconds = seconds
      if (epoch !== undefined) columns.epoch = epoch
      if (step !== undefined) columns.step = step
      if (parameters !== undefined) columns.parameters = parameters
      if (weightsHash !== undefined) columns.weights_hash = weightsHash
      if (error !== undefined) columns.error = error === null ? null : toJson(error)
      this.#db.run(`UPDATE runs SET ${Object.keys(columns).map((name) => `${name} = @${name}`).join(', ')} WHERE id = @id`, { ...columns, id })
      return this.get(id)
    })
  }

  rename(id: RunId, name: string): RunRecord {
    this.#db.transaction(() => this.#db.run('UPDATE runs SET name = ? WHERE id = ?', [name.normalize('NFC'), id]))
    return this.get(id)
  }

  /** Deletes a run with all it wrote, for good. @throws LatheError `conflict` while it is queued or running, or while another run has yet to begin from its weights. */
  remove(id: RunId): void {
    this.#db.transaction(() => {
      const { name, status } = this.get(id)
      if (LIVE.has(status)) throw new LatheError('conflict', `Run ${id} (${name}) is ${status}: stop it first.`, { run: id, status })
      const child = this.#db.get<{ id: RunId; name: string; status: RunStatus }>(
        `SELECT id, name, status FROM runs r WHERE parent IN (SELECT id FROM checkpoints WHERE run = ?) AND status <> 'finished' AND NOT EXISTS (SELECT 1 FROM checkpoints c WHERE c.run = r.id) LIMIT 1`,
        [id],
      )
      if (child) throw new LatheError('conflict', `Run ${id} (${name}) is what run ${child.id} (${child.name}) will start from, which is ${child.status} and has not begun: let that one begin, or remove it first.`, { run: id, child: child.id })
      this.#db.run('DELETE FROM runs WHERE id = ?', [id])
    })
  }

  /** Marks queued and running runs whose process has died, and returns them; `except` are known to live. */
  markCrashed(except: readonly RunId[] = []): RunId[] {
    return this.#db.transaction(() => {
      const dead = this.#db.all<{ id: RunId; owner: string | null; touched_at: number }>(`SELECT id, owner, touched_at FROM runs WHERE status IN ('queued', 'running')`).filter((row) => !except.includes(row.id) && !isAlive(row.owner, row.touched_at))
      for (const { id } of dead) this.update(id, { status: 'crashed', error: { kind: 'engine', message: 'The engine process ended during this run: resume it from its last checkpoint.' } })
      return dead.map(({ id }) => id)
    })
  }

  #record({ created_at, started_at, finished_at, weights_hash, ...row }: Row): RunRecord {
    const what = `run ${row.id}`
    const config = trainConfig.safeParse(fromJson(row.config, what))
    if (!config.success) throw new LatheError('corrupt', `The configuration of ${what} in ${this.#db.path} is not valid: ${config.error.issues[0]?.path.join('.') ?? ''} ${config.error.issues[0]?.message ?? ''}.`, { run: row.id })
    return {
      id: row.id,
      name: row.name,
      status: row.status,
      config: config.data,
      dataset: row.dataset,
      parent: row.parent,
      createdAt: created_at,
      startedAt: started_at,
      finishedAt: finished_at,
      seconds: row.seconds,
      epoch: row.epoch,
      step: row.step,
      parameters: row.parameters,
      ...(row.pseudo > 0 && { pseudo: row.pseudo }),
      metrics: this.#metrics(row.id),
      weightsHash: weights_hash,
      error: row.error === null ? null : serializedError.parse(fromJson(row.error, what)),
    }
  }

  /** Latest values of training; then `best/…`; then what evaluations found and training did not. */
  #metrics(id: RunId): Record<string, number> {
    const evaluated = this.#db.column<string>('SELECT metrics FROM evaluations WHERE run = ?', [id]).map((text) => fromJson(text, `an evaluation of run ${id}`) as Record<string, number>)
    const latest = this.#db.all<{ name: string; value: number | null }>('SELECT name, value FROM latest_metrics WHERE run = ?', [id]).map(({ name, value }) => [name, value ?? NaN] as const)
    const [best] = this.#db.column<string>(`SELECT metrics FROM checkpoints WHERE run = ? AND kind = 'best' AND superseded = 0`, [id])
    const atBest = best === undefined ? [] : Object.entries(fromJson(best, `the best checkpoint of run ${id}`) as Record<string, number>).map(([name, value]) => [`best/${name}`, value] as const)
    return Object.assign({}, ...evaluated, Object.fromEntries(latest), Object.fromEntries(atBest)) as Record<string, number>
  }
}
