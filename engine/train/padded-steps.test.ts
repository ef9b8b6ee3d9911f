// Batches padded to their own length: which rows meet, in which order, the same weights for the same seed, exact resume, and where there is one length only.
import { beforeAll, expect, test } from 'vitest'
import { trainConfig, type TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { allocate, type DataSet } from '../data/types.ts'
import { task } from '../tasks/index.ts'
import { tokenizerFor } from '../tasks/text/recipe.ts'
import { Batches } from './batches.ts'
import { estimateMemory } from './memory.ts'
import { lengthsOf } from './lengths.ts'
import { placeOf } from './place.ts'
import { measured, record, smallConfig, shapes, untimed, type Recorded } from './testing.ts'
import type { TrainOptions } from './types.ts'

const WORDS = ['soup', 'wine', 'cook', 'table', 'evening']
/** Texts of 1 to 12 words, short ones more often; `good` or `bad` somewhere in them says the class. */
const texts = (count: number, seed: number): { text: string; label: number }[] => Array.from({ length: count }, (_, i) => {
  const random = new Random(seed, 'sample', i)
  const words = Array.from({ length: 1 + random.int(1 + random.int(12)) }, () => WORDS[random.int(WORDS.length)] ?? '')
  words[random.int(words.length)] = i % 2 === 0 ? 'good' : 'bad'
  return { text: words.join(' '), label: i % 2 }
})
const CLASSES = ['good', 'bad']
const all = texts(54, 1)
const json = tokenizerFor(all.map(({ text }) => text), ['class'])

const configOf = (changes: Partial<TrainConfig> = {}): TrainConfig => ({
  ...smallConfig(),
  task: 'text-classification',
  model: 'text-transformer',
  modelOptions: { features: 8, heads: 2, blocks: 1, hidden: 8 },
  input: { kind: 'text', tokenizer: json, length: 16 },
  epochs: 2,
  augment: { kind: 'text', wordDropout: 0.1, swap: 0.1 },
  buckets: 3,
  ...changes,
})
const load = async (rows: typeof all, config: TrainConfig): Promise<DataSet> =>
  await task(config.task).load({ samples: rows.map(({ label }, id) => ({ id, class: label, label: null })), others: [], read: (id) => new TextEncoder().encode(rows[id]?.text), config, classes: CLASSES, purpose: 'train' })

let train: DataSet
let val: DataSet
beforeAll(async () => {
  ;[train, val] = [await load(all, configOf()), await load(texts(12, 2), configOf())]
})
const run = async (config: TrainConfig, changes: Partial<TrainOptions> = {}): Promise<Recorded> => await record(config, { classes: CLASSES, train, val, ...changes })

test('an epoch has as many batches as without lengths, each padded to the least that holds its rows or a longer one, in a random order', () => {
  const config = configOf({ augment: null })
  const { shorter } = lengthsOf(config, 2, train, 8)
  expect(shorter).toHaveLength(2)
  const batches = new Batches(train, config, 8, shorter)
  expect(batches.perEpoch).toBe(7)
  const orders = [0, 1, 2].map((epoch) => Array.from({ length: 7 }, (_, i) => batches.lengthOf(epoch, i)))
  expect(new Set(orders.map((order) => order.join())).size).toBe(3)
  // The last batch holds what is left over, whatever its length; the others come in no order of length.
  for (const order of orders) {
    expect(order.at(-1)).toBeNull()
    expect(order.slice(0, -1)).not.toEqual(order.slice(0, -1).toSorted((a, b) => (a ?? 16) - (b ?? 16)))
    expect(new Set(order).size).toBe(3)
  }
  for (const epoch of [0, 1]) {
    const seen: string[] = []
    for (let index = 0; index < 7; index++) {
      const steps = batches.lengthOf(epoch, index) ?? 16
      const buffers = Object.fromEntries(Object.entries(train.tensors).map(([name, spec]) => [name, allocate(name === 'labels' ? spec : { ...spec, shape: [steps] }, 8)]))
      const n = batches.fill({ batch: 8, buffers, rows: new Float32Array(8), masks: new Uint8Array(0) }, epoch, index)
      // Its share of an update is right where gradients accumulate.
      expect(placeOf({ ...config, accumulate: 7 }, { epoch, stepInEpoch: index }, batches).share).toBeCloseTo(n / 54)
      expect(n).toBe(index === 6 ? 6 : 8)
      for (let i = 0; i < n; i++) {
        const segments = buffers['segments']!.subarray(i * steps, (i + 1) * steps)
        const tokens = buffers['tokens']!.subarray(i * steps, (i + 1) * steps)
        seen.push(`${buffers['labels']![i]}:${Array.from(tokens as Int32Array).filter((_, t) => segments[t] === 1).join(' ')}`)
      }
    }
    const own = Array.from({ length: 54 }, (_, row) => {
      const out = { tokens: new Int32Array(16), segments: new Uint8Array(16) }
      train.fill([row], out, null)
      return `${train.labels[row]}:${Array.from(out.tokens).filter((_, t) => out.segments[t] === 1).join(' ')}`
    })
    expect(seen.sort()).toEqual(own.sort())
  }
})

test('one length, as in recipes from before there were more, is the order that there always was', () => {
  const { buckets: _later, ...before } = configOf()
  expect(trainConfig.parse(before).buckets).toBe(1)
  const [one, none] = [new Batches(train, configOf(), 8, []), new Batches(train, configOf({ buckets: 1 }), 8)]
  for (const index of [0, 6]) {
    const filled = [one, none].map((batches) => {
      const buffers = Object.fromEntries(Object.entries(train.tensors).map(([name, spec]) => [name, allocate(spec, 8)]))
      batches.fill({ batch: 8, buffers, rows: new Float32Array(8), masks: new Uint8Array(0) }, 1, index)
      return buffers
    })
    expect(filled[0]).toEqual(filled[1])
    expect(one.lengthOf(1, index)).toBeNull()
  }
})

test.each<[string, Partial<TrainConfig>, Partial<TrainOptions>]>([
  ['plain', {}, {}],
  ['accumulation, an average, balanced classes and clipping', { accumulate: 3, averaging: { kind: 'ema', decay: 0.9 }, classWeights: 'balanced', clipNorm: 1, optimizer: 'adamw', weightDecay: 0.01 }, {}],
  ['layers that thaw', { freeze: '^embedding', unfreeze: [1] }, {}],
  ['parts side by side, recurrent', { model: 'text-lstm', modelOptions: { embedding: 4, units: 4 } }, { workers: 2 }],
])('the same seed gives the same weights, and a run killed in mid-epoch ends with them: %s', async (_name, change, options) => {
  const config = configOf(change)
  const whole = await run(config, { ...options, checkpointEveryMs: 0 })
  expect(whole.error).toBeNull()
  expect((await run(config, options)).outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
  const last = whole.saved.filter((s) => s.kind === 'last')
  expect(last).toHaveLength(1 + 7 * config.epochs)
  for (const step of [2, 12]) {
    const resumed = await run(config, { resume: last[step]!.state })
    expect(resumed.error).toBeNull()
    expect(resumed.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
    expect(resumed.outcome?.state.optimizer).toEqual(whole.outcome?.state.optimizer)
    expect(untimed(resumed.outcome?.metrics ?? {})).toEqual(untimed(whole.outcome?.metrics ?? {}))
    expect(measured(whole)).toMatchObject(measured(resumed))
  }
}, 30_000)

test('several steps a run are one by one where lengths change, so they change nothing', async () => {
  const [several, single] = [await run(configOf(), { stepsPerRun: 4 }), await run(configOf())]
  expect(several.error).toBeNull()
  expect(several.outcome?.weightsHash).toBe(single.outcome?.weightsHash)
})

test('a step of a short length that diverges names its layer too', async () => {
  const { error } = await run(configOf({ optimizer: 'sgd', lr: 1e20, schedule: 'constant' }))
  expect(error).toMatchObject({ kind: 'diverged' })
})

test('lengths that fill no batch are left out, and places that are learned leave one length, which is told', async () => {
  expect(lengthsOf(configOf(), 2, train, 54).shorter).toEqual([])
  expect(lengthsOf(configOf({ buckets: 1 }), 2, train, 8)).toEqual({ shorter: [], warnings: [] })
  expect(lengthsOf(configOf({ buckets: 2 }), 2, train, 8).shorter).toHaveLength(1)
  const learned = configOf({ modelOptions: { features: 8, heads: 2, blocks: 1, hidden: 8, positions: 'learned' }, epochs: 1 })
  const [told, plain] = [await run(learned), await run({ ...learned, buckets: 1 })]
  expect(told.events).toContainEqual({ type: 'warning', message: "buckets: 'encoder-position.weight' has a part for each place up to 16, so all batches are padded to that length; positions that are not learned have no such limit" })
  expect(told.outcome?.weightsHash).toBe(plain.outcome?.weightsHash)
})

test('other kinds of samples have one length: the recipe says it in vain, and is told', () => {
  expect(lengthsOf(smallConfig({ buckets: 2 }), 3, shapes(9), 3).warnings).toEqual(['buckets: samples of the task image-classification all have one length, so there is nothing to pad less'])
})

test('a length more is a program more in memory', async () => {
  const [one, three] = [await estimateMemory(configOf({ buckets: 1 }), 2, 54), await estimateMemory(configOf(), 2, 54)]
  // Half the activations of the full length, on average, and a whole program each.
  expect(three.step).toBeGreaterThan(2 * one.step)
  expect(three.step).toBeLessThan(3 * one.step)
  expect({ ...three, step: 0, total: 0 }).toEqual({ ...one, step: 0, total: 0 })
})
