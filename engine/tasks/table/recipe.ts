// Default recipe for tables, adapted to how many rows and columns there are; every choice says why.
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import { LatheError } from '../../contract/errors.ts'
import { fitRows, meanAndStd } from '../../data/table/columns.ts'
import { parseRow, type Row } from '../../data/table/row.ts'
import type { TrainingData } from '../task.ts'
import { numberLabel } from './row-set.ts'

/** Rows that the columns are learned from: more change a mean or the list of values hardly. */
const LOOKED_AT = 50_000
/** Rows below which a table is small. */
const SMALL = 5_000

export async function tableRecipe(task: string, model: string, data: TrainingData, target: 'class' | 'number'): Promise<TrainConfig> {
  const samples = await data.read(LOOKED_AT)
  const rows: Row[] = samples.flatMap(({ bytes }) => {
    try {
      return [parseRow(bytes)]
    } catch {
      return []
    }
  })
  if (rows.length === 0) throw new LatheError('data', `task ${task}: there is no labelled row to learn from; import a table whose target column is filled`)
  const input = fitRows(rows, target === 'class' ? null : spread(samples.map(numberLabel).filter(Number.isFinite)))
  const small = data.samples < SMALL
  return {
    task,
    model,
    modelOptions: model === 'table-mlp' ? { hidden: small ? [64] : [128, 64] } : {},
    input,
    epochs: epochs(data.samples),
    // Small tables need many updates an epoch, large ones full vectors.
    batch: batchOf(data.samples),
    optimizer: 'adamw',
    lr: small ? 0.01 : 3e-3,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    // Small tables are learned by heart at once: decay pulls unneeded weights to zero.
    // Of classes: numbers are not learned by heart so soon, and decay would bend their scale.
    weightDecay: target === 'number' ? 0.02 : small ? 0.5 : 0.1,
    // Smoothing would spoil the probabilities, which tables are often used for.
    labelSmoothing: 0,
    dropout: target === 'number' ? 0 : 0.1,
    initializer: 'he-normal',
    seed: 1,
    augment: null,
    // The schedule ends the run by itself, and the best epoch is kept.
    earlyStopping: null,
    ...trainDefaults,
    // The mean of late weights: with few rows to validate on, a single epoch is chosen by luck.
    averaging: { kind: 'ema', decay: 0.99 },
  }
}

function spread(values: readonly number[]): { mean: number; std: number } {
  if (values.length === 0) throw new LatheError('data', 'no row has a number to predict: import a table whose target column is filled with numbers')
  const { mean, std } = meanAndStd(values)
  if (!(std > 0)) throw new LatheError('data', `the number to predict is ${mean} in all ${values.length} rows: there is nothing to learn; choose another target column`)
  return { mean, std }
}

const batchOf = (samples: number): number => (samples < 500 ? 16 : samples < 5_000 ? 32 : samples < 50_000 ? 128 : 512)
/** About 2,500 updates, within reason. */
const epochs = (samples: number): number => Math.max(5, Math.min(200, Math.round((2_500 * batchOf(samples)) / Math.max(1, samples))))
