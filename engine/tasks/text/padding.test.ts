// Padding changes nothing: a batch padded to its own length has the loss and the gradients that it has at the full length, with every network of texts and translations.
import { expect, test } from 'vitest'
import type { TrainConfig } from '../../contract/recipe.ts'
import { pairBytes } from '../../data/text/read.ts'
import type { DataSet, LoadSample } from '../../data/types.ts'
import { TrainStep } from '../../train/step.ts'
import { task } from '../index.ts'
import type { SourceSample } from '../task.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const TEXTS = ['the soup was good', 'good', 'we liked wine', 'not good soup', 'the soup was not good at all', 'nobody there liked the wine we had']
/** Rows of a batch: short texts, one of them a single token, and a row that only fills up. */
const ROWS = [0, 1, 2, 3]
const BATCH = 5

const CASES: readonly [string, string, object][] = [
  ['text-classification', 'text-lstm', {}],
  ['text-classification', 'text-lstm', { pooling: 'mean', layers: 2 }],
  ['text-classification', 'text-gru', {}],
  ['text-classification', 'text-cnn', {}],
  ['text-classification', 'text-transformer', {}],
  ['text-classification', 'text-transformer', { positions: 'sinusoidal', pooling: 'max' }],
  ['text-classification', 'bag-of-embeddings', { hidden: 8 }],
  ['text-pair', 'siamese-encoder', {}],
  ['text-pair', 'siamese-encoder', { cell: 'gru', pooling: 'mean' }],
  ['text-pair', 'cross-encoder', {}],
  ['text-pair', 'cross-encoder', { encoder: 'lstm' }],
  ['text-tagging', 'tagger-lstm', {}],
  ['text-tagging', 'tagger-lstm', { crf: false, cell: 'gru' }],
  ['text-tagging', 'tagger-transformer', {}],
  ['text-tagging', 'tagger-transformer', { crf: true }],
  ['translation', 'translation-lstm', {}],
  ['translation', 'translation-transformer', {}],
]

function labelOf(id: string, row: number): LoadSample['label'] {
  if (id === 'translation') return { kind: 'text', text: TEXTS[(row + 1) % 4] ?? '' }
  return id === 'text-tagging' ? { kind: 'spans', spans: [{ start: 0, end: 3, class: row % 2 }] } : null
}
const bytesOf = (id: string): Uint8Array[] => TEXTS.map((a, i) => (id === 'text-pair' ? pairBytes({ a, b: TEXTS[(i + 1) % 4] ?? '' }) : bytes(a)))

async function recipe(id: string, model: string, options: object): Promise<TrainConfig> {
  const samples = bytesOf(id).map((one, i): SourceSample => ({ id: i, class: i % 2, label: labelOf(id, i), bytes: one }))
  const made = await task(id).recipe({ samples: samples.length, classes: ['no', 'yes'], counts: [3, 3], height: 0, width: 0, channels: 1, read: () => Promise.resolve(samples) }, model)
  // Plain descent without clipping: what the weights lose in a step is the rate times the gradient.
  return { ...made, modelOptions: { ...made.modelOptions, ...options }, dropout: 0, labelSmoothing: 0.1, augment: null, optimizer: 'sgd', momentum: 0, clipNorm: null }
}

async function loaded(config: TrainConfig): Promise<DataSet> {
  const all = bytesOf(config.task)
  const samples = all.map((_, id): LoadSample => ({ id, class: id % 2, label: labelOf(config.task, id) }))
  return await task(config.task).load({ samples, others: [], read: (id) => all[id] ?? new Uint8Array(), config, classes: ['no', 'yes'], purpose: 'train' })
}

test.each(CASES)('%s with %s %o', async (id, model, options) => {
  const config = await recipe(id, model, options)
  const { padding } = task(id)
  const set = await loaded(config)
  const short = Math.max(...ROWS.map((row) => set.lengths?.[row] ?? 0))
  expect(short).toBeLessThan(padding!.full(config))
  const learned = async (steps: number | undefined): Promise<{ numbers: number[]; gradient: Float32Array }> => {
    await using step = await TrainStep.create(steps === undefined ? config : padding!.to(config, steps), 2, BATCH, { threads: 1 })
    const before = step.weights
    set.fill(ROWS, step.buffers, null, steps)
    step.rows.set([1, 1, 1, 1, 0])
    const { objective, lossSum, correct } = await step.run(1, 1)
    return { numbers: [objective, lossSum, correct], gradient: step.weights.map((w, i) => (before[i] ?? 0) - w) }
  }
  const [full, own] = [await learned(undefined), await learned(short)]
  const largest = full.gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0)
  expect(largest).toBeGreaterThan(1e-3)
  own.numbers.forEach((n, i) => { expect(n).toBeCloseTo(full.numbers[i] ?? NaN, 4) })
  const gap = own.gradient.reduce((most, g, i) => Math.max(most, Math.abs(g - (full.gradient[i] ?? 0))), 0)
  expect(gap).toBeLessThan(2e-5 * Math.max(1, largest))
}, 30_000)

test('rows that do not fit their batch are an error, not a spill into the next row', async () => {
  const config = await recipe('text-classification', 'text-lstm', {})
  const set = await loaded(config)
  expect(() => { set.fill([0, 4], { tokens: new Int32Array(10) }, null, 5) }).toThrow(/row 4 has \d+ tokens, its batch is padded to 5/)
})
