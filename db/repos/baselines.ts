// Baselines: the last table of shallow models for each frozen data set, split and run.
import type { BaselineReport } from '../../engine/contract/commands.ts'
import type { DatasetVersionId, RunId } from '../../engine/contract/ids.ts'
import type { Split } from '../../engine/contract/recipe.ts'
import { fromJson, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { BaselineRecord } from '../contract/records.ts'

export class Baselines {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** Replaces the table of the same data, split and run. */
  save(dataset: DatasetVersionId, run: RunId | null, report: BaselineReport): void {
    this.#db.transaction(() => {
      this.#db.run('DELETE FROM baselines WHERE dataset = ? AND split = ? AND run IS ?', [dataset, report.split, run])
      this.#db.run('INSERT INTO baselines (dataset, run, split, report, at) VALUES (?, ?, ?, ?, ?)', [dataset, run, report.split, toJson(report), Date.now()])
    })
  }

  /** Beside `run`; else the newest on the same data beside another run or none, whose shallow models are the same. Null where nothing was compared. */
  latest(run: RunId, split: Split): BaselineRecord | null {
    const row = this.#db.get<{ report: string; at: number }>(
      'SELECT report, at FROM baselines WHERE split = @split AND (run = @run OR dataset = (SELECT dataset FROM runs WHERE id = @run)) ORDER BY run IS @run DESC, id DESC LIMIT 1',
      { run, split },
    )
    return row ? { ...(fromJson(row.report, `a comparison with shallow models on ${split}`) as BaselineReport), at: row.at } : null
  }
}
