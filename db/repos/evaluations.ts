// Evaluations: the last of each run and split, with its predictions.
import { LatheError } from '../../engine/contract/errors.ts'
import type { CheckpointId, RunId } from '../../engine/contract/ids.ts'
import type { Split } from '../../engine/contract/recipe.ts'
import { fromJson, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { Evaluation, EvaluationRecord, PredictionRecord } from '../contract/records.ts'
import type { Predictions } from './predictions.ts'

interface Row {
  readonly run: RunId
  readonly checkpoint: CheckpointId
  readonly split: Split
  readonly samples: number
  readonly metrics: string
  readonly intervals: string
  readonly classes: string
  readonly confusion: string
  readonly at: number
}

export class Evaluations {
  readonly #db: Connection
  readonly #predictions: Predictions

  constructor(connection: Connection, predictions: Predictions) {
    this.#db = connection
    this.#predictions = predictions
  }

  /** Replaces the run's evaluation of that split and its predictions, all in one transaction. */
  save(evaluation: Evaluation, predictions: readonly PredictionRecord[]): EvaluationRecord {
    const { run, checkpoint, split, samples, metrics, intervals, classes, confusion } = evaluation
    return this.#db.transaction(() => {
      this.#db.run(
        `INSERT INTO evaluations (run, checkpoint, split, samples, metrics, intervals, classes, confusion, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (run, split) DO UPDATE SET checkpoint = excluded.checkpoint, samples = excluded.samples, metrics = excluded.metrics, intervals = excluded.intervals,
         classes = excluded.classes, confusion = excluded.confusion, at = excluded.at`,
        [run, checkpoint, split, samples, toJson(metrics), toJson(intervals), toJson(classes), toJson(confusion), Date.now()],
      )
      const id = this.#db.number('SELECT id FROM evaluations WHERE run = ? AND split = ?', [run, split])
      this.#predictions.replace(run, id, classes, predictions)
      const saved = this.latest(run, split)
      if (!saved) throw new LatheError('internal', `The evaluation of run ${run} on ${split} was not stored.`)
      return saved
    })
  }

  latest(run: RunId, split: Split): EvaluationRecord | null {
    const row = this.#db.get<Row>('SELECT run, checkpoint, split, samples, metrics, intervals, classes, confusion, at FROM evaluations WHERE run = ? AND split = ?', [run, split])
    return row ? record(row) : null
  }

  list(run: RunId): EvaluationRecord[] {
    return this.#db.all<Row>('SELECT run, checkpoint, split, samples, metrics, intervals, classes, confusion, at FROM evaluations WHERE run = ? ORDER BY split', [run]).map(record)
  }
}

function record(row: Row): EvaluationRecord {
  const what = `the evaluation of run ${row.run} on ${row.split}`
  return {
    ...row,
    metrics: fromJson(row.metrics, what) as Evaluation['metrics'],
    intervals: fromJson(row.intervals, what) as Evaluation['intervals'],
    classes: fromJson(row.classes, what) as Evaluation['classes'],
    confusion: fromJson(row.confusion, what) as Evaluation['confusion'],
  }
}
