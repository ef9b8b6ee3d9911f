// Predictions: what a run says of each sample, as of its last evaluation.
import type { ClassId, RunId, SampleId } from '../../engine/contract/ids.ts'
import type { Split } from '../../engine/contract/recipe.ts'
import type { Outputs } from '../../engine/contract/commands.ts'
import { fromFloats, fromJson, toFloats, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { PredictionRecord } from '../contract/records.ts'

interface Row {
  readonly sample: SampleId
  readonly split: Split
  readonly predicted: number | null
  readonly label: number | null
  readonly loss: number | null
  readonly probability: number | null
  readonly probabilities: Uint8Array | null
  readonly correct: number | null
  readonly output: string | null
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
        `SELECT p.sample, e.split, p.predicted, p.label, p.loss, p.probability, p.probabilities, p.correct, p.output FROM predictions p JOIN evaluations e ON e.id = p.evaluation
         WHERE p.run = @run AND (@split IS NULL OR e.split = @split) ORDER BY p.sample`,
        { run, split: split ?? null },
      )
      .map((row) => ({ ...row, probabilities: row.probabilities && toFloats(row.probabilities), correct: row.correct === null ? null : row.correct === 1, output: outputOf(row.output, row.sample) }))
  }

  /** Part of saving an evaluation, inside its transaction; `classes` are the evaluation's, by index. */
  replace(run: RunId, evaluation: number, classes: readonly { readonly id: ClassId }[], predictions: readonly PredictionRecord[]): void {
    this.#db.run('DELETE FROM predictions WHERE evaluation = ?', [evaluation])
    for (const { sample, predicted, label, probability, probabilities, loss, correct, output } of predictions)
      this.#db.run('INSERT OR REPLACE INTO predictions (run, sample, evaluation, predicted, label, class, probability, loss, probabilities, correct, output) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
        run, sample, evaluation, predicted, label, predicted === null ? null : (classes[predicted]?.id ?? null), probability, loss, probabilities && fromFloats(probabilities), correct === null ? null : Number(correct), output && toJson(output),
      ])
  }
}

export function outputOf(text: string | null, sample: SampleId): Outputs | null {
  return text === null ? null : (fromJson(text, `the prediction of sample ${sample}`) as Outputs)
}
