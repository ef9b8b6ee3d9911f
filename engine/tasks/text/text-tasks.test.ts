// Tasks about texts: recipes that fit the data, rows of tokens, masks, metrics, and that the exported inputs are the training's features.
import { expect, test } from 'vitest'
import { Program } from '../../compile/program.ts'
import { trainConfig, type TrainConfig } from '../../contract/recipe.ts'
import { pairBytes } from '../../data/text/read.ts'
import { allocate, type DataSet, type LoadSample, type TensorData } from '../../data/types.ts'
import { Graph } from '../../graph/graph.ts'
import { network } from '../../models/network.ts'
import { Evaluator } from '../../train/evaluate.ts'
import { task } from '../index.ts'
import type { SourceSample, TrainingData } from '../task.ts'
import { encodeJoint, encodeText } from './encode.ts'
import { yesClass } from './glue-score.ts'
import { chooseKind, lengthFor, tokenizerFor, writingKind } from './recipe.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import { trainTokenizer } from '../../tokenize/train.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const TEXTS = ['the soup was good', 'the soup was not good at all', 'good wine', 'not a good wine', 'we liked the soup', 'nobody liked the wine', 'good', 'it was not good']

function data(all: readonly Uint8Array[]): TrainingData {
  const samples = all.map((one, id): SourceSample => ({ id, class: id % 2, label: null, bytes: one }))
  return { samples: all.length, classes: ['no', 'yes'], counts: [all.length / 2, all.length / 2], height: 0, width: 0, channels: 1, read: (most) => Promise.resolve(samples.slice(0, most)) }
}
const TASKS = { 'text-classification': TEXTS.map(bytes), 'text-pair': TEXTS.map((a, i) => pairBytes({ a, b: TEXTS[(i * 3 + 1) % 8]! })), 'text-tagging': TEXTS.map(bytes) }
const MODELS = Object.entries(TASKS).flatMap(([id, all]) => task(id).models.map((model) => [id, model, all] as const))

const loaded = async (config: TrainConfig, all: readonly Uint8Array[]): Promise<DataSet> => {
  const samples = all.map((_, id): LoadSample => ({ id, class: id % 2, label: config.task === 'text-tagging' ? { kind: 'spans', spans: [{ start: 0, end: 3, class: id % 2 }] } : null }))
  return await task(config.task).load({ samples, others: [], read: (id) => all[id]!, config, classes: ['no', 'yes'], purpose: 'evaluate' })
}
const lengthOf = ({ input }: TrainConfig): number => ('tokenizer' in input ? input.length : 0)
const filled = (set: DataSet, row: number): Record<string, TensorData> => {
  const out = Object.fromEntries(Object.entries(set.tensors).map(([name, spec]) => [name, allocate(spec, 1)]))
  set.fill([row], out, null)
  return out
}

test.each(MODELS)('%s with %s: a valid recipe, a network, and the file is fed what training is fed', async (id, model, all) => {
  const definition = task(id)
  const config = await definition.recipe(data(all), model)
  expect(trainConfig.safeParse(config).error).toBeUndefined()
  expect(network(config, 2).size).toBeGreaterThan(0)
  const graph = new Graph('features')
  for (const [name, value] of Object.entries(definition.exported.inputs(graph, config))) graph.output(`${name} of the file`, value)
  await using program = await Program.create(graph, { threads: 1 })
  const set = await loaded(config, all)
  for (const row of [0, 3]) {
    const out = await program.run(await definition.exported.feeds(all[row]!, config))
    const own = filled(set, row)
    for (const name of Object.keys(definition.features(config))) expect(Array.from(out[`${name} of the file`]!.data as ArrayLike<number>), name).toEqual(Array.from(own[name] as ArrayLike<number>))
  }
  expect(definition.exported.metadata?.(config)['tokenizer']).toContain('[CLS]')
})

test.each(MODELS)('%s with %s: what is longer than the text changes nothing, and a row is the same alone', async (id, model, all) => {
  const definition = task(id)
  const config = await definition.recipe(data(all), model)
  if (!('length' in config.input) || !('tokenizer' in config.input)) throw new Error('no input of texts')
  const longer = { ...config, input: { ...config.input, length: config.input.length + 8 } }
  // Learned places are parameters: their number goes with the length.
  const weights = network(config, 2).initialWeights(3)
  const run = async (c: TrainConfig, batch: number): Promise<Record<string, number[]>> => {
    await using evaluator = await Evaluator.create(c, 2, { batch, threads: 1 })
    const { outputs } = await evaluator.run(weights, await loaded(c, all))
    const [own, common] = [lengthOf(c), lengthOf(config)]
    return Object.fromEntries(Object.entries(outputs).map(([name, { shape, data: values }]) => [name, Array.from(values as ArrayLike<number | bigint>, Number).filter((_, i) => shape[0] !== own || i % own < common)]))
  }
  const [short, long, alone] = [await run(config, 4), await run(longer, 4), await run(config, 1)]
  for (const name of Object.keys(short)) {
    short[name]!.forEach((v, i) => {
      expect(Math.abs(v - long[name]![i]!), `${name} padded`).toBeLessThan(1e-4)
      expect(Math.abs(v - alone[name]![i]!), `${name} alone`).toBeLessThan(1e-4)
    })
  }
}, 60_000)

test('rows of tokens: the class token in front, long texts cut, in a pair the longer one', () => {
  const tokenizer = loadTokenizer(trainTokenizer('word', TEXTS, { special: ['class', 'separator'] }))
  const words = (ids: readonly number[]): string => ids.map((id) => tokenizer.token(id)).join(' ')
  expect(words(encodeText(tokenizer, 'the soup was good', 4).ids)).toBe('[CLS] the soup was')
  expect(encodeText(tokenizer, 'the soup was good', 4).left).toBe(1)
  expect(encodeText(tokenizer, 'word '.repeat(10_000), 32).ids).toHaveLength(32)
  const joint = encodeJoint(tokenizer, { a: 'good wine', b: 'the soup was not good at all' }, 9)
  expect(words(joint.ids)).toBe('[CLS] good wine [SEP] the soup was not [SEP]')
  expect(joint.segments).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2])
  expect(words(encodeJoint(tokenizer, { a: 'the soup was not good at all', b: 'the soup was not good at all' }, 9).ids)).toBe('[CLS] the soup was [SEP] the soup was [SEP]')
})

test('the tokenizer fits the texts: words, parts of words for many rare ones, characters where nothing parts words', () => {
  expect(chooseKind(Array<string>(50).fill('the soup was good'))).toBe('word')
  expect(chooseKind(Array.from({ length: 50 }, (_, i) => `name${i * 7919} and other${i * 104729}`))).toBe('wordpiece')
  expect(chooseKind(['这部电影真的非常好看我很喜欢它的故事情节', '不好看的电影故事也很无聊我不喜欢它一点也不'])).toBe('character')
})

test('the length fits all but the longest, and one endless text does not make others wait', () => {
  expect(lengthFor([5, 9, 17], 1, 'word')).toBe(20)
  expect(lengthFor([...Array<number>(80).fill(10), 10_000], 1, 'word')).toBe(12)
  expect(lengthFor(Array<number>(80).fill(10_000), 1, 'word')).toBe(256)
  expect(lengthFor([], 1, 'word')).toBe(4)
})

test('bad texts are named with their sample', async () => {
  const config = await task('text-classification').recipe(data(TASKS['text-classification']), null)
  const empty = task('text-classification').load({ samples: [{ id: 7, class: 0, label: null }], others: [], read: () => bytes('  '), config, classes: ['no', 'yes'], purpose: 'train' })
  await expect(empty).rejects.toThrow('sample 7 cannot be read: the text is empty')
  await expect(task('text-classification').recipe(data([]), null)).rejects.toThrow('there is no labelled text to learn from')
})

test('GLUE: of two classes the one that says yes', () => {
  expect(yesClass(['not_entailment', 'entailment'])).toBe(1)
  expect(yesClass(['duplicate', 'other'])).toBe(0)
  expect(yesClass(['a', 'b'])).toBe(1)
})

test('a tokenizer is what was asked for; tasks that write refuse those that forget spaces', () => {
  const texts = Array<string>(30).fill('the soup was good')
  expect(loadTokenizer(tokenizerFor(texts, ['class'])).kind).toBe('word')
  const asked = loadTokenizer(tokenizerFor(texts, ['class'], { kind: 'bpe', size: 300 }))
  expect(asked.kind).toBe('bpe')
  expect(asked.size).toBeLessThanOrEqual(300)
  expect(loadTokenizer(tokenizerFor(texts, ['class'], { kind: 'character' }, { lowercase: false })).kind).toBe('character')
  expect(writingKind('translation')).toBe('bpe')
  expect(() => writingKind('language-model', { kind: 'word' })).toThrow("tokenizer 'word' forgets spaces and capitals")
})
