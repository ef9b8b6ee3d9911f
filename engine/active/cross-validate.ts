// outOfFold(): what networks say of samples that they were not trained on, each sample by the one that did not see it.
import type { Progress } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { LoadSample } from '../data/types.ts'
import { task } from '../tasks/index.ts'
import { Evaluator } from '../train/evaluate.ts'
import { train } from '../train/loop.ts'

export interface CrossValidation {
  readonly config: TrainConfig
  readonly classes: readonly string[]
  /** Each with its class. */
  readonly samples: readonly LoadSample[]
  readonly read: (id: number) => Promise<Uint8Array> | Uint8Array
  readonly folds: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface OutOfFold {
  readonly ids: readonly number[]
  readonly labels: Int32Array
  /** Rows × classes. */
  readonly probabilities: Float32Array
}

/** Trains once a fold, from random weights, on the other folds. Folds take turns within each class. @throws LatheError `usage` for tasks without one class a sample. */
export async function outOfFold({ config, classes, samples, read, folds, signal, onProgress }: CrossValidation): Promise<OutOfFold> {
  const definition = task(config.task)
  if (definition.label !== 'class' || !definition.parts || definition.together) throw new LatheError('usage', `${config.task}: errors of labels are looked for in tasks with one class a sample`)
  const seen = new Map<number, number>()
  const foldOf = samples.map(({ class: label }) => {
    const turn = seen.get(label) ?? 0
    seen.set(label, turn + 1)
    return turn % folds
  })
  const [ids, labels, rows]: [number[], number[], Float32Array[]] = [[], [], []]
  for (let fold = 0; fold < folds; fold++) {
    onProgress?.({ done: fold, total: folds, stage: 'training without a part' })
    const part = (held: boolean): LoadSample[] => samples.filter((_, i) => (foldOf[i] === fold) === held)
    const load = (of: LoadSample[], purpose: 'train' | 'predict') => definition.load({ samples: of, others: [], read, config, classes, purpose, ...(signal && { signal }) })
    const { state } = await train({ config, classes, train: await load(part(false), 'train'), val: null, resume: null, from: null, signals: { control: () => (signal?.aborted ? 'cancel' : 'run') }, emit: () => undefined, save: () => undefined, checkpointEveryMs: Infinity })
    const held = await load(part(true), 'predict')
    await using evaluator = await Evaluator.create(config, classes.length, { batch: Math.min(128, Math.max(1, held.count)) })
    const { outputs } = await evaluator.run(state.weights, held)
    const given = outputs['probabilities']?.data as Float32Array
    held.ids.forEach((id, row) => {
      ids.push(id)
      labels.push(held.labels[row] ?? -1)
      rows.push(given.slice(row * classes.length, (row + 1) * classes.length))
    })
  }
  const probabilities = new Float32Array(rows.length * classes.length)
  rows.forEach((row, i) => { probabilities.set(row, i * classes.length) })
  return { ids, labels: Int32Array.from(labels), probabilities }
}
