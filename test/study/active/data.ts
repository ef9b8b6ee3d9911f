// A built-in sample in memory: rows with bytes by split, recipes of parts of it, trainings and their accuracy on the test split.
import type { TrainConfig } from '../../../engine/contract/recipe.ts'
import type { LoadSample } from '../../../engine/data/types.ts'
import { sampleById } from '../../../engine/samples/index.ts'
import { task } from '../../../engine/tasks/index.ts'
import type { SourceSample } from '../../../engine/tasks/task.ts'
import { Evaluator } from '../../../engine/train/evaluate.ts'
import { train } from '../../../engine/train/loop.ts'
import type { TrainOptions, TrainState } from '../../../engine/train/types.ts'

export interface Data {
  readonly task: string
  readonly classes: readonly string[]
  readonly size: { readonly height: number; readonly width: number; readonly channels: 1 | 3 }
  readonly train: readonly SourceSample[]
  readonly test: readonly SourceSample[]
}

export async function read(id: string): Promise<Data> {
  const { task: of, classes, open } = sampleById(id)
  const rows: (SourceSample & { split: string | null })[] = []
  let size: Data['size'] = { height: 32, width: 32, channels: 1 }
  for await (const one of open()) {
    if (one.data === null || one.className === null) continue
    size = { height: one.height || 32, width: one.width || 32, channels: one.channels === 3 ? 3 : 1 }
    rows.push({ id: rows.length + 1, class: classes.indexOf(one.className), label: null, split: one.split, bytes: one.data })
  }
  const of_ = (split: string): SourceSample[] => rows.filter((row) => row.split === split)
  return { task: of, classes, size, train: of_('train'), test: of_('test') }
}

/** What a fresh run would use on `rows`. */
export function recipeOf({ task: id, classes, size }: Data, rows: readonly SourceSample[], seed: number, model: string | null = null): Promise<TrainConfig> {
  const step = (most: number): number => Math.max(1, rows.length / most)
  return task(id)
    .recipe({ samples: rows.length, classes, counts: classes.map((_, k) => rows.filter((row) => row.class === k).length), ...size, read: (most) => Promise.resolve(Array.from({ length: Math.min(most, rows.length) }, (_, i) => rows[Math.floor(i * step(most))]).filter((row) => row !== undefined)) }, model)
    .then((config) => ({ ...config, seed }))
}

export type Weights = Pick<TrainState, 'parameters' | 'weights'>

/** The weights at the end of a training on `rows`; without validation, whose labels would be labels too. */
export async function trained(data: Data, rows: readonly SourceSample[], config: TrainConfig, from: Weights | null = null): Promise<Weights> {
  const set = await task(config.task).load({ samples: rows, others: [], read: reader(rows), config, classes: data.classes, purpose: 'train' })
  const options: TrainOptions = { config, classes: data.classes, train: set, val: null, resume: null, from, signals: { control: () => 'run' }, emit: () => undefined, save: () => undefined, checkpointEveryMs: Infinity }
  return (await train(options)).state
}

export async function accuracy(data: Data, config: TrainConfig, { weights }: Weights, rows = data.test): Promise<number> {
  const set = await task(config.task).load({ samples: rows, others: [], read: reader(rows), config, classes: data.classes, purpose: 'validate' })
  await using evaluator = await Evaluator.create(config, data.classes.length, { batch: Math.min(128, set.count) })
  const { correct, labelled } = await evaluator.run(weights, set)
  return correct / labelled
}

export function reader(rows: readonly SourceSample[]): (id: number) => Uint8Array {
  const byId = new Map(rows.map((row) => [row.id, row.bytes]))
  return (id) => byId.get(id) ?? new Uint8Array()
}

export const unlabelled = ({ id }: SourceSample): LoadSample => ({ id, class: -1, label: null })
