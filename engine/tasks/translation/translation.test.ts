// Translation apart from training: pairs as rows, the search over a step of the network, scores.
import { expect, test } from 'vitest'
import { generation } from '../../contract/generation.ts'
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import type { DataSet } from '../../data/types.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import { trainTokenizer } from '../../tokenize/train.ts'
import type { GenerateRequest, RawOutputs, TrainingData } from '../task.ts'
import { translation } from '../translation.ts'
import { pairSet } from './pair-set.ts'
import { searchTranslations } from './search.ts'
import { scoreTranslation } from './translation-score.ts'

const [S, T] = [5, 6]
const source = trainTokenizer('word', ['one two three four'])
const target = trainTokenizer('word', ['un deux trois quatre'], { special: ['start', 'end'] })
const [from, to] = [loadTokenizer(source), loadTokenizer(target)]
const config: TrainConfig = { task: 'translation', model: 'translation-lstm', modelOptions: {}, input: { kind: 'translation', source, target, sourceLength: S, targetLength: T, beam: 1, lengthPenalty: 0.6 }, epochs: 1, batch: 4, optimizer: 'adam', lr: 0.01, schedule: 'constant', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0, initializer: 'xavier-uniform', seed: 1, augment: null, earlyStopping: null, ...trainDefaults }

function load(pairs: readonly (readonly [string, string | null])[]): Promise<DataSet> {
  return pairSet({ samples: pairs.map(([, text], id) => ({ id, class: -1, label: text === null ? null : { kind: 'text', text } })), others: [], read: (id) => new TextEncoder().encode(pairs[id]?.[0] ?? ''), config, classes: [], purpose: 'evaluate' })
}
function row(set: DataSet, i: number): Record<string, number[]> {
  const out = { source: new BigInt64Array(S), source_length: new BigInt64Array(1), written: new BigInt64Array(T), written_length: new BigInt64Array(1), next: new BigInt64Array(T) }
  set.fill([i], out, null)
  return Object.fromEntries(Object.entries(out).map(([name, values]) => [name, Array.from(values, Number)]))
}
const { start, end } = to.special
const fr = (text: string): number[] => text.split(' ').map((word) => to.id(word)!)

test('the answer is read from its start token and foretold to its end token', async () => {
  const set = await load([['one three', 'un trois'], ['two', null]])
  expect(row(set, 0)).toEqual({ source: [from.id('one'), from.id('three'), 0, 0, 0], source_length: [2], written: [start, ...fr('un trois'), 0, 0, 0], written_length: [3], next: [...fr('un trois'), end, -1, -1, -1] })
  expect([...set.labels]).toEqual([0, -1])
  expect(row(set, 1)).toMatchObject({ written: [start, 0, 0, 0, 0, 0], written_length: [1], next: [-1, -1, -1, -1, -1, -1] })
})

test('of texts that are too long the rest is not read, and no end is learned where there was none', async () => {
  const set = await load([['one two three four one two', 'un deux trois quatre un deux trois'], ['unheard of', 'inouï']])
  expect(row(set, 0)).toMatchObject({ source_length: [S], written: [start, ...fr('un deux trois quatre un')], next: fr('un deux trois quatre un deux') })
  expect(row(set, 1)).toMatchObject({ source: [from.special.unknown, from.special.unknown, 0, 0, 0], next: [to.special.unknown, end, -1, -1, -1, -1] })
})

test('an empty text is refused in one line', async () => {
  await expect(load([['one', 'un'], [' ', 'deux']])).rejects.toThrow('sample 1 cannot be read: the text is empty')
})

/** A network that knows the words: token i of the answer is that of the source, then the end. Of `three` it is in two minds. */
const words: GenerateRequest['step'] = (features, rows) => {
  const read = features as Record<string, BigInt64Array>
  const data = new Float32Array(rows * to.size).fill(Math.log(1e-4))
  for (let i = 0; i < rows; i++) {
    const at = Number(read['written_length']![i]) - 1
    const word = at < Number(read['source_length']![i]) ? from.token(Number(read['source']![i * S + at])) : null
    const id = word === null ? end! : fr({ one: 'un', two: 'deux', three: 'trois', four: 'quatre' }[word]!)[0]!
    data[i * to.size + id] = Math.log(word === 'three' ? 0.4 : 0.9)
    if (word === 'three') data[i * to.size + fr('quatre')[0]!] = Math.log(0.5)
  }
  return Promise.resolve({ log_probabilities: { dtype: 'float32', data, shape: [rows, to.size] } })
}
const found = (set: DataSet, beam: number | null = null): Promise<RawOutputs> => searchTranslations({ set, config, classes: [], purpose: 'evaluate', options: generation.parse({ beam }), step: words })

test('search asks the network step by step; scores compare its answers with the right ones', async () => {
  const set = await load([['one two', 'un deux'], ['four', 'quatre'], ['two three', 'deux trois'], ['one one two four', null]])
  const outputs: RawOutputs = { ...(await found(set)), losses: { shape: [T], data: new Float32Array(4 * T).map((_, i) => (i < T ? [0.5, 0.25, 0.75, 0, 0, 0][i]! : 0)) } }
  const score = scoreTranslation({ set, outputs, config, classes: [], seed: 1 })
  expect(score.rows.map((r) => (r.output as unknown as { text: string }).text)).toEqual(['un deux', 'quatre', 'deux quatre', 'un un deux quatre'])
  expect(score.rows.map((r) => r.correct)).toEqual([true, true, false, null])
  expect(score.rows[1]?.probability).toBeCloseTo(0.81, 6)
  expect(score.rows[0]?.loss).toBeCloseTo(0.5, 6)
  expect(score.samples).toBe(3)
  expect(score.metrics['exact']).toBeCloseTo(2 / 3, 12)
  // Over all tokens: 3 and 2 and 3.
  expect(score.metrics['loss']).toBeCloseTo(1.5 / 8, 6)
  expect(score.metrics['chrf']).toBeGreaterThan(50)
  expect(Object.keys(score.intervals)).toEqual(['bleu', 'chrf', 'exact', 'loss'])
  expect(() => scoreTranslation({ set, outputs: { losses: outputs['losses']! , generated_log_probability: outputs['generated_log_probability']! }, config, classes: [], seed: 1 })).toThrow(/none were searched/)
})

test('an answer that never ends stops at the most tokens', async () => {
  const set = await load([['one two three four one', 'un']])
  const endless: GenerateRequest['step'] = async (features, rows) => {
    const { log_probabilities: out } = await words(features, rows)
    const data = (out!.data as Float32Array).map((v, i) => (i % to.size === end ? -Infinity : i % to.size === fr('un')[0] ? -0.1 : v))
    return { log_probabilities: { ...out!, data } }
  }
  const { generated } = await searchTranslations({ set, config, classes: [], purpose: 'predict', options: generation.parse({ beam: 2 }), step: endless })
  expect(generated?.shape).toEqual([T])
  expect(to.decode(Array.from(generated!.data as BigInt64Array, Number)).split(' ')).toHaveLength(T)
})

test('the recipe adapts to lengths and numbers of pairs, and says what is missing', async () => {
  const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)
  const data = (pairs: readonly (readonly [string, string | null])[]): TrainingData => ({
    samples: pairs.length, classes: [], counts: [], height: 0, width: 0, channels: 1,
    read: () => Promise.resolve(pairs.map(([text, answer], id) => ({ id, class: -1, label: answer === null ? null : { kind: 'text' as const, text: answer }, bytes: encoded(text), mime: 'text/plain' }))),
  })
  const made = await translation.recipe(data(Array.from({ length: 200 }, (_, i) => ['one two three'.slice(0, 3 + (i % 11)), 'un deux'])), null)
  expect(made).toMatchObject({ model: 'translation-lstm', epochs: 60, input: { kind: 'translation', beam: 1 } })
  expect((await translation.recipe(data(Array.from({ length: 200 }, () => ['one', 'un'])), 'translation-transformer')).model).toBe('translation-transformer')
  await expect(translation.recipe(data([['one', null]]), null)).rejects.toThrow(/none of the 1 samples of the training split has its translation/)
  await expect(translation.recipe(data([['one', 'un']]), 'cnn')).rejects.toThrow(/model 'cnn' does not serve translation/)
})
