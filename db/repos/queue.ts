// Queue: which samples to label next, as the last asked strategy put them in order.
import type { RunId, SampleId } from '../../engine/contract/ids.ts'
import type { Connection } from '../connection.ts'

export interface QueuedSample {
  readonly sample: SampleId
  readonly score: number
  readonly reason: string
}

export class Queue {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** In the place of the last one; the first is to be labelled first. */
  replace(run: RunId, strategy: string, items: readonly QueuedSample[]): void {
    this.#db.transaction(() => {
      this.#db.run('DELETE FROM queued')
      this.#db.run(
        `INSERT INTO queued (sample, position, score, reason, strategy, run)
         SELECT s.id, j.key, j.value ->> 1, j.value ->> 2, ?, ? FROM json_each(?) j CROSS JOIN samples s ON s.id = j.value ->> 0`,
        [strategy, run, JSON.stringify(items.map((item) => [item.sample, item.score, item.reason]))],
      )
    })
  }

  /** In order; labelled and removed samples are left out. */
  list(): QueuedSample[] {
    return this.#db.all<QueuedSample>('SELECT q.sample, q.score, q.reason FROM queued q JOIN samples s ON s.id = q.sample WHERE s.removed_at IS NULL AND s.class IS NULL AND s.label IS NULL ORDER BY q.position')
  }
}
