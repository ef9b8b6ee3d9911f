// Metrics: every point of every run; a point written again (after a resume) replaces the old one.
import type { MetricPoint } from '../../engine/contract/events.ts'
import type { RunId } from '../../engine/contract/ids.ts'
import type { Connection } from '../connection.ts'

export class Metrics {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  append(run: RunId, points: readonly MetricPoint[]): void {
    if (points.length === 0) return
    this.#db.transaction(() => {
      for (const { name, step, epoch, value, at } of points) {
        const stored = Number.isNaN(value) ? null : value
        this.#db.run(
          'INSERT INTO metrics (run, step, name, epoch, value, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET epoch = excluded.epoch, value = excluded.value, at = excluded.at',
          [run, step, name, epoch, stored, at],
        )
        this.#db.run('INSERT INTO latest_metrics (run, name, step, value) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET step = excluded.step, value = excluded.value WHERE excluded.step >= step', [run, name, step, stored])
      }
      this.#db.run('UPDATE runs SET touched_at = ? WHERE id = ?', [Date.now(), run])
    })
  }

  /** Points after step `after`, by step. */
  list(run: RunId, after = -1): MetricPoint[] {
    return this.#db
      .all<Omit<MetricPoint, 'value'> & { readonly value: number | null }>('SELECT name, step, epoch, value, at FROM metrics WHERE run = ? AND step > ? ORDER BY step, name', [run, after])
      .map((point) => ({ ...point, value: point.value ?? NaN }))
  }

  /** Forgets points after `step`: what a killed session wrote past the checkpoint it resumes from. */
  truncate(run: RunId, step: number): void {
    this.#db.transaction(() => {
      this.#db.run('DELETE FROM metrics WHERE run = ? AND step > ?', [run, step])
      this.#db.run('DELETE FROM latest_metrics WHERE run = ? AND step > ?', [run, step])
      this.#db.run(
        `INSERT INTO latest_metrics (run, name, step, value) SELECT run, name, step, value FROM metrics m WHERE run = @run
         AND step = (SELECT max(step) FROM metrics o WHERE o.run = @run AND o.name = m.name) ON CONFLICT DO NOTHING`,
        { run },
      )
    })
  }
}
