// Predictions: what a run says of each sample, as of its last evaluation.
import type { ClassId, RunId, SampleId } from '../../engine/contract/ids.ts'
import type { Split } from '../../engine/contract/recipe.ts'
import { fromFloats, toFloats } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { PredictionRecord } from '../contract/records.ts'

interface Row {
  readonly sample: SampleId
  readonly split: Split
  readonly predicted: number
  readonly label: number | null
  readonly loss: number | null
  readonly probabilities: Uint8Array
}

export class Predictions {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** By sample; of one split, or of all that were evaluated. */
  list(run: RunId, split?: Split): PredictionRecord[] {
    return this.#db
      .all<Row>(
        `SELECT p.sample, e.split, p.predicted, p.label, p.loss, p.probabilities FROM predictions p JOIN evaluations e ON e.id = p.evaluation
         WHERE p.run = @run AND (@split IS NULL OR e.split = @split) ORDER BY p.sample`,
        { run, split: split ?? null },
      )
      .map((row) => ({ ...row, probabilities: toFloats(row.probabilities) }))
  }

  /** Part of saving an evaluation, inside its transaction; `classes` are the evaluation's, by index. */
  replace(run: RunId, evaluation: number, classes: readonly { readonly id: ClassId }[], predictions: readonly PredictionRecord[]): void {
    this.#db.run('DELETE FROM predictions WHERE evaluation = ?', [evaluation])
    for (const { sample, predicted, label, probabilities, loss } of predictions)
      this.#db.run('INSERT OR REPLACE INTO predictions (run, sample, evaluation, predicted, label, class, probability, loss, probabilities) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', [
        run, sample, evaluation, predicted, label, classes[predicted]?.id ?? 0, probabilities[predicted] ?? 0, loss, fromFloats(probabilities),
      ])
  }
}
