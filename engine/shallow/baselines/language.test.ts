// Baselines of language models: bits of the same texts, however they are cut into tokens.
import { expect, test } from 'vitest'
import type { BaselineModel, BaselineRequest, ScoredOutputs } from './baseline.ts'
import { languageBaseline } from './language.ts'

const VERSE = 'The queen saw the king, and the king saw the queen. '
const texts = [VERSE.repeat(8), VERSE.repeat(6), VERSE.repeat(2), 'Nothing of the kind was ever seen here. '.repeat(2), VERSE]
const SPLITS = ['train', 'train', 'val', 'test', 'test'] as const
const request = (change: Partial<BaselineRequest> = {}): BaselineRequest => ({ samples: texts.map((_, id) => ({ id, class: -1, label: { kind: 'none' }, split: SPLITS[id] ?? null })), classes: [], split: 'test', seed: 0, read: (id) => new TextEncoder().encode(texts[id]), config: () => Promise.reject(new Error('no recipe here')), ...change })
async function all(change?: Partial<BaselineRequest>): Promise<BaselineModel[]> {
  const found: BaselineModel[] = []
  for await (const model of languageBaseline.run(request(change))) found.push(model)
  return found
}

test('three n-grams, in bits per character of each text and of all', async () => {
  const models = await all()
  expect(models.map((m) => m.name)).toEqual(['kneser-ney-3', 'kneser-ney-5', 'kneser-ney-5-subwords'])
  for (const { values, metrics, intervals } of models) {
    expect([...values.keys()]).toEqual([3, 4])
    // What was met before costs little, what was not costs much.
    expect(values.get(4)![0]).toBeLessThan(1.2)
    expect(values.get(3)![0]).toBeGreaterThan(2)
    const lengths = [3, 4].map((id) => texts[id]!.length)
    expect(metrics['bits_per_character']).toBeCloseTo((values.get(3)![0]! * lengths[0]! + values.get(4)![0]! * lengths[1]!) / (lengths[0]! + lengths[1]!), 9)
    expect(intervals['bits_per_character']!.low).toBeLessThanOrEqual(metrics['bits_per_character']!)
  }
  expect((await all({ only: 'kneser-ney-5' })).map((m) => m.name)).toEqual(['kneser-ney-5'])
})

const scored = (rows: ScoredOutputs['rows']): ScoredOutputs => ({ set: { count: rows.length, ids: Int32Array.of(7, 8), labels: new Int32Array(2), tensors: {}, fill: () => undefined, truth: () => null }, outputs: {}, config: {} as ScoredOutputs['config'], classes: [], seed: 0, rows })

test('a network’s row tells bits of its whole text', () => {
  const row = { predicted: null, probability: null, probabilities: null, loss: 1, correct: null }
  expect(languageBaseline.valuesOf(scored([{ ...row, output: { kind: 'foretold', bits_per_character: 2.5 } }, { ...row, output: null }]))).toEqual(new Map([[7, [2.5]]]))
})

test('an empty split is refused in one line', async () => {
  await expect(all({ split: 'train', samples: [] })).rejects.toThrow(/no text in the train split/)
})
