// Networks that write: sizes by hand, no token seen before its turn, padding of the source without influence.
import { expect, test } from 'vitest'
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { trainDefaults, type TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { task } from '../tasks/index.ts'
import { loadTokenizer } from '../tokenize/load.ts'
import { trainTokenizer } from '../tokenize/train.ts'
import { network } from './network.ts'

const tokenizer = trainTokenizer('character', ['abcdef'], { special: ['start', 'end'] })
const V = loadTokenizer(tokenizer).size
const T = 6
const base: Omit<TrainConfig, 'task' | 'model' | 'modelOptions' | 'input'> = { epochs: 1, batch: 4, optimizer: 'adam', lr: 0.01, schedule: 'constant', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0.3, initializer: 'xavier-uniform', seed: 1, augment: null, earlyStopping: null, ...trainDefaults }
const language = (model: string, modelOptions: Record<string, unknown>): TrainConfig => ({ ...base, task: 'language-model', model, modelOptions, input: { kind: 'language', tokenizer, length: T } })
const translating = (model: string, modelOptions: Record<string, unknown>): TrainConfig => ({ ...base, task: 'translation', model, modelOptions, input: { kind: 'translation', source: tokenizer, target: tokenizer, sourceLength: T, targetLength: T, beam: 1, lengthPenalty: 0.6 } })
const TRANSFORMER = { features: 8, heads: 2, hidden: 16 }

/** Of one attention: four projections with bias; of one block: attention, two norms, two dense layers. */
const attention = (f: number): number => 4 * (f * f + f)
const block = (f: number, h: number): number => attention(f) + 4 * f + (f * h + h) + (h * f + f)

test.each([
  ['language-lstm', language('language-lstm', { embedding: 5, units: 7 }), V * 5 + (5 * 28 + 7 * 28 + 28) + (7 * V + V)],
  ['language-lstm, tied', language('language-lstm', { embedding: 5, units: 7, tied: true }), V * 5 + (5 * 28 + 7 * 28 + 28) + 7 * 5 + V],
  ['language-transformer, tied', language('language-transformer', { ...TRANSFORMER, blocks: 2, tied: true }), V * 8 + 2 * block(8, 16) + 16 + V],
  ['language-transformer', language('language-transformer', { ...TRANSFORMER, blocks: 2 }), V * 8 + 2 * block(8, 16) + 16 + (8 * V + V)],
  ['translation-lstm', translating('translation-lstm', { embedding: 5, units: 6 }), 2 * V * 5 + 2 * (5 * 12 + 3 * 12 + 12) + (5 * 24 + 6 * 24 + 24) + attention(6) + (12 * 24 + 6 * 24 + 24) + (6 * V + V)],
  ['translation-transformer', translating('translation-transformer', { ...TRANSFORMER, encoder: 1, decoder: 1 }), 2 * V * 8 + block(8, 16) + 16 + (block(8, 16) + attention(8) + 16) + 16 + (8 * V + V)],
])('%s has the parameters that its layers add up to', (_, config, wanted) => {
  expect(network(config, 0).trainable).toBe(wanted)
})

/** Logits [N, T, V] of random weights. */
async function logits(config: TrainConfig, features: Readonly<Record<string, Tensor>>): Promise<Float32Array> {
  const graph = new Graph('logits')
  const definition = task(config.task)
  const inputs = Object.fromEntries(Object.entries(definition.features(config)).map(([name, { dtype, shape }]) => [name, graph.input(name, dtype, ['N', ...shape])]))
  const net = network(config, 0)
  const { outputs } = net.build(graph, definition.preprocess(inputs, config), { training: false })
  graph.output('logits', outputs['logits']!)
  const weights = net.initialWeights(3)
  let at = 0
  const values = new Map(net.parameters.map((p) => {
    const n = p.shape.reduce((a, b) => a * b, 1)
    return [p.name, weights.slice(at, (at += n))] as const
  }))
  await using program = await Program.create(graph, { threads: 1, parameters: values })
  const feeds = Object.fromEntries(program.inputs.map(({ name }) => [name, features[name]!]))
  return (await program.run(feeds))['logits']!.data as Float32Array
}
const ids = (values: readonly number[]): Tensor => tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
const some = (seed: number): number[] => {
  const random = new Random(seed, 'sample')
  return Array.from({ length: T }, () => random.int(V))
}
const changed = (values: readonly number[], at: number): number[] => values.map((v, i) => (i === at ? (v + 1) % V : v))
const difference = (a: Float32Array, b: Float32Array, step: number): number => Math.max(...a.subarray(step * V, (step + 1) * V).map((v, i) => Math.abs(v - b[step * V + i]!)))

test.each([
  ['language-lstm', language('language-lstm', { embedding: 5, units: 7 })],
  ['language-lstm, tied', language('language-lstm', { embedding: 5, units: 7, tied: true })],
  ['language-transformer', language('language-transformer', { ...TRANSFORMER, blocks: 2 })],
  ['language-transformer with learned positions', language('language-transformer', { ...TRANSFORMER, blocks: 1, positions: 'learned' })],
])('%s: what comes later changes nothing before it, and all after', async (_, config) => {
  const text = some(1)
  const [plain, other] = [await logits(config, { ids: ids(text), length: ids([T]) }), await logits(config, { ids: ids(changed(text, 3)), length: ids([T]) })]
  for (let t = 0; t < 3; t++) expect(difference(plain, other, t)).toBe(0)
  for (let t = 3; t < T; t++) expect(difference(plain, other, t)).toBeGreaterThan(1e-6)
})

test.each([
  ['translation-lstm', translating('translation-lstm', { embedding: 5, units: 6 })],
  ['translation-transformer', translating('translation-transformer', { ...TRANSFORMER, encoder: 1, decoder: 2 })],
])('%s: the answer is written from the whole source and what is written so far, not from padding', async (_, config) => {
  const [source, written] = [some(1), some(2)]
  const run = (s: readonly number[], w: readonly number[]): Promise<Float32Array> => logits(config, { source: ids(s), source_length: ids([4]), written: ids(w), written_length: ids([T]) })
  const plain = await run(source, written)
  const padded = await run(changed(source, 5), written)
  const read = await run(changed(source, 3), written)
  const later = await run(source, changed(written, 2))
  for (let t = 0; t < T; t++) {
    expect(difference(plain, padded, t)).toBeLessThan(1e-6)
    expect(difference(plain, read, t)).toBeGreaterThan(1e-6)
    if (t < 2) expect(difference(plain, later, t)).toBe(0)
    else expect(difference(plain, later, t)).toBeGreaterThan(1e-7)
  }
})

test('a recipe for other data is refused in one line', () => {
  expect(() => network({ ...language('language-lstm', {}), modelOptions: { units: 0 } }, 0)).toThrow(/model language-lstm: .*units/)
  expect(() => network({ ...translating('translation-lstm', {}), modelOptions: { units: 5 } }, 0)).toThrow(/model translation-lstm: .*units/)
})
