// Language models apart from training: windows, targets, scores and what follows a text.
import { expect, test } from 'vitest'
import { generation } from '../../contract/generation.ts'
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import { Random } from '../../data/random.ts'
import type { DataSet, TensorData } from '../../data/types.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import { trainTokenizer } from '../../tokenize/train.ts'
import { languageModel } from '../language-model.ts'
import type { GenerateRequest, LoadRequest } from '../task.ts'
import { continueTexts } from './generate.ts'
import { scoreLanguage } from './language-score.ts'
import { languageSet } from './language-set.ts'
import { scoringWindows, trainingWindows } from './windows.ts'

const LENGTH = 8
const LETTERS = 'abcdefgh'
const tokenizer = trainTokenizer('character', [LETTERS], { special: ['start'] })
const reader = loadTokenizer(tokenizer)
const config: TrainConfig = { task: 'language-model', model: 'language-lstm', modelOptions: {}, input: { kind: 'language', tokenizer, length: LENGTH }, epochs: 1, batch: 4, optimizer: 'adam', lr: 0.01, schedule: 'constant', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0, initializer: 'xavier-uniform', seed: 1, augment: null, earlyStopping: null, ...trainDefaults }

function load(texts: readonly string[], purpose: LoadRequest['purpose'], train: readonly string[] = []): Promise<DataSet> {
  const all = [...texts, ...train]
  const sample = (id: number): LoadRequest['samples'][number] => ({ id, class: -1, label: { kind: 'none' }, split: id < texts.length ? 'test' : 'train' })
  return languageSet({ samples: texts.map((_, id) => sample(id)), others: train.map((_, i) => sample(texts.length + i)), read: (id) => new TextEncoder().encode(all[id] ?? ''), config, classes: [], purpose })
}
function rowsOf(set: DataSet): { ids: number[]; length: number; next: number[] }[] {
  const out = { ids: new BigInt64Array(set.count * LENGTH), length: new BigInt64Array(set.count), next: new BigInt64Array(set.count * LENGTH) }
  set.fill(Int32Array.from({ length: set.count }, (_, i) => i), out, null)
  const part = (values: BigInt64Array, i: number): number[] => Array.from(values.subarray(i * LENGTH, (i + 1) * LENGTH), Number)
  return Array.from({ length: set.count }, (_, i) => ({ ids: part(out.ids, i), length: Number(out.length[i]), next: part(out.next, i) }))
}

test.each([2, 5, 8, 9, 10, 17, 100])('windows over a text of %i tokens foretell each once', (count) => {
  for (const windows of [trainingWindows(count, LENGTH), scoringWindows(count, LENGTH)]) {
    for (const { at, end } of windows) expect(end - at).toBe(Math.min(LENGTH, count - 1))
    expect(Math.max(...windows.map((w) => w.end))).toBe(count - 1)
  }
  const scored = scoringWindows(count, LENGTH).flatMap(({ from, end }) => Array.from({ length: end - from + 1 }, (_, i) => from + i))
  expect(scored).toEqual(Array.from({ length: count - 1 }, (_, i) => i + 1))
  // But for the beginning of the text, each is foretold from at least half a window.
  for (const { at, from } of scoringWindows(count, LENGTH).slice(1)) expect(from - at).toBeGreaterThanOrEqual(LENGTH / 2)
})

test('each target is the token after its input; the start token comes first and nothing follows the end', async () => {
  const text = 'abcdefghabcdefghabcd'
  const ids = reader.encode(text).ids
  const rows = rowsOf(await load([text], 'evaluate'))
  const foretold = rows.flatMap(({ ids: own, next }) => next.flatMap((id, t) => (id < 0 ? [] : [[own[t], id]])))
  expect(foretold).toEqual(ids.map((id, i) => [i === 0 ? reader.special.start : ids[i - 1], id]))
})

test('a text shorter than the window is followed by padding that is neither read nor foretold', async () => {
  const [row] = rowsOf(await load(['abc'], 'train'))
  expect(row?.length).toBe(3)
  expect(row?.next.slice(3)).toEqual(new Array(LENGTH - 3).fill(-1))
  expect(row?.ids.slice(3)).toEqual(new Array(LENGTH - 3).fill(0))
})

test('a shift makes other windows in training, none of which foretells wrongly', async () => {
  const text = LETTERS.repeat(8)
  const shifting = { ...config, augment: { kind: 'language' as const, shift: true } }
  const set = await languageSet({ samples: [{ id: 0, class: -1, label: null }], others: [], read: () => new TextEncoder().encode(text), config: shifting, classes: [], purpose: 'train' })
  const rows = (seed: number): number[][] => {
    const out = { ids: new BigInt64Array(set.count * LENGTH), next: new BigInt64Array(set.count * LENGTH) }
    set.fill(Int32Array.from({ length: set.count }, (_, i) => i), out, (row) => new Random(seed, 'augment', row))
    out.ids.forEach((id, i) => {
      const letter = reader.token(Number(id)) ?? ''
      expect(reader.token(Number(out.next[i]))).toBe(LETTERS[(LETTERS.indexOf(letter) + 1) % LETTERS.length])
    })
    return Array.from({ length: set.count }, (_, i) => Array.from(out.ids.subarray(i * LENGTH, (i + 1) * LENGTH), Number))
  }
  expect(rows(1)).not.toEqual(rows(2))
  expect(rows(1)).toEqual(rows(1))
})

test('noise replaces about its share of what is read by tokens of the texts, and nothing of what is foretold', async () => {
  const text = LETTERS.repeat(8)
  const noisy = { ...config, augment: { kind: 'language' as const, shift: false, noise: 0.4 } }
  const set = await languageSet({ samples: [{ id: 0, class: -1, label: null }], others: [], read: () => new TextEncoder().encode(text), config: noisy, classes: [], purpose: 'train' })
  const fill = (seed: number | null): { ids: BigInt64Array; next: BigInt64Array } => {
    const out = { ids: new BigInt64Array(set.count * LENGTH), next: new BigInt64Array(set.count * LENGTH) }
    set.fill(Int32Array.from({ length: set.count }, (_, i) => i), out, seed === null ? null : (row) => new Random(seed, 'augment', row))
    return out
  }
  const [plain, one, again, other] = [fill(null), fill(1), fill(1), fill(2)]
  expect(one).toEqual(again)
  expect(one.ids).not.toEqual(other.ids)
  expect(one.next).toEqual(plain.next)
  // One of eight that stand in is the letter itself, and the first of each window stays.
  const changed = [...one.ids].filter((id, i) => id !== plain.ids[i]).length / one.ids.length
  expect(changed).toBeGreaterThan(0.15)
  expect(changed).toBeLessThan(0.45)
  for (const id of one.ids) expect(Number(id) === reader.special.start || LETTERS.includes(reader.token(Number(id)) ?? '?')).toBe(true)
})

test('characters that training never met are unknown, texts of 10,000 tokens are read in windows', async () => {
  const long = await load([LETTERS.repeat(1250)], 'evaluate')
  expect(rowsOf(long).reduce((sum, { next }) => sum + next.filter((id) => id >= 0).length, 0)).toBe(10_000)
  const [row] = rowsOf(await load(['aλb'], 'evaluate'))
  expect(row?.next.slice(0, 3)).toEqual([reader.id('a'), reader.special.unknown, reader.id('b')])
})

test('empty texts are refused in one line, but may be continued', async () => {
  await expect(load(['abc', ''], 'train')).rejects.toThrow('sample 1 cannot be read: the text is empty')
  const [row] = rowsOf(await load([''], 'predict'))
  expect(row).toMatchObject({ length: 1, ids: [reader.special.start, 0, 0, 0, 0, 0, 0, 0] })
  await expect(load([], 'train')).rejects.toThrow(/none of the 0 texts/)
})

test('a model that gives every token one bit has one bit per character and a perplexity of two', async () => {
  const set = await load(['abcdefghab', 'fgh'], 'evaluate', ['abcdefgh'.repeat(20)])
  const losses = new Float32Array(set.count * LENGTH)
  const hits = new Float32Array(set.count * LENGTH)
  rowsOf(set).forEach(({ next }, i) => {
    next.forEach((id, t) => {
      if (id >= 0) losses[i * LENGTH + t] = Math.LN2
      if (id === reader.id('a')) hits[i * LENGTH + t] = 1
    })
  })
  const score = scoreLanguage({ set, outputs: { losses: { shape: [LENGTH], data: losses }, hits: { shape: [LENGTH], data: hits } }, config, classes: [], seed: 1 })
  expect(score.samples).toBe(2)
  expect(score.metrics['bits_per_character']).toBeCloseTo(1, 6)
  expect(score.metrics['perplexity']).toBeCloseTo(2, 6)
  expect(score.metrics['accuracy']).toBeCloseTo(2 / 13, 6)
  // The alphabet over and over is no riddle for five letters at a time.
  expect(score.metrics['bits_per_character_5gram']).toBeLessThan(0.8)
  expect(score.metrics['gain_over_5gram']).toBeCloseTo(score.metrics['bits_per_character_5gram']! - 1, 6)
})

/** A network that is sure of the letter after the last. */
const alphabet: GenerateRequest['step'] = (features, rows) => {
  const ids = features['ids'] as BigInt64Array
  const data = new Float32Array(rows * reader.size).fill(Math.log(1e-3))
  for (let i = 0; i < rows; i++) {
    const last = Number(ids[i * LENGTH + Number((features['length'] as BigInt64Array)[i]) - 1])
    const place = LETTERS.indexOf(reader.token(last) ?? '')
    data[i * reader.size + reader.id(LETTERS[(place + 1) % LETTERS.length]!)!] = Math.log(0.9)
    // More probable still, but no text.
    data[i * reader.size + reader.special.start!] = 0
  }
  return Promise.resolve({ log_probabilities: { dtype: 'float32', data, shape: [rows, reader.size] } })
}

test('texts are continued token by token beyond the window, special tokens never drawn', async () => {
  const set = await load(['abc', '', LETTERS.repeat(3)], 'predict')
  const asked = { set, config, classes: [], purpose: 'predict' as const, step: alphabet }
  const written = async (options: Partial<GenerateRequest['options']>): Promise<string[]> => {
    const { generated } = await continueTexts({ ...asked, options: generation.parse({ tokens: 20, ...options }) })
    return Array.from({ length: 3 }, (_, i) => reader.decode(Array.from((generated!.data as BigInt64Array).subarray(i * 20, (i + 1) * 20), Number)))
  }
  expect(await written({ temperature: 0 })).toEqual(['defghabcdefghabcdefg', 'abcdefghabcdefghabcd', 'abcdefghabcdefghabcd'])
  const bold = await written({ temperature: 3, seed: 4 })
  expect(bold).toEqual(await written({ temperature: 3, seed: 4 }))
  expect(bold).not.toEqual(await written({ temperature: 3, seed: 5 }))
  expect(await written({ temperature: 3, topK: 1 })).toEqual(await written({ temperature: 0 }))
  expect(await continueTexts({ ...asked, purpose: 'evaluate', options: generation.parse({}) })).toEqual({})
})

test('a prediction tells the most probable next tokens and the text written', () => {
  const row: Record<string, TensorData> = { log_probabilities: new Float32Array(reader.size).fill(-9), generated: BigInt64Array.from(reader.encode('bc').ids, BigInt) }
  ;(row['log_probabilities'] as Float32Array)[reader.id('b')!] = Math.log(0.5)
  const outputs = languageModel.decode(row, config, [], { id: 1, class: -1, label: null, bytes: new TextEncoder().encode('a') }) as Record<string, unknown>
  expect(outputs).toMatchObject({ kind: 'continuation', prompt: 'a', text: 'bc' })
  expect((outputs['next'] as { token: string; probability: number }[])[0]).toEqual({ token: 'b', probability: expect.closeTo(0.5, 6) as number })
})
