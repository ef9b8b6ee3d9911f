// Tests of TfIdfVectorizer.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Program, tensor } from '../compile/program.ts'
import { Graph } from '../graph/graph.ts'
import { tfIdfVectorizer, type TfIdfOptions } from './tf_idf_vectorizer.ts'

const grams = [[[2], [3], [5]], [[5, 6], [7, 8], [6, 7]]]
/** Occurrences of a run of tokens, the gaps between them equal and at most `skips` long. */
const occurrences = (row: readonly number[], gram: readonly number[], skips: number): number =>
  Array.from({ length: gram.length === 1 ? 1 : skips + 1 }, (_, gap) => row.filter((_t, at) => gram.every((token, i) => row[at + i * (gap + 1)] === token)).length).reduce((a, b) => a + b, 0)
const rows = (x: readonly number[]): number[][] => [x.slice(0, 6), x.slice(6)]

describe('TfIdfVectorizer', () => {
  const x = { shape: [2, 6], dtype: 'int64' as const, values: [1, 1, 3, 3, 3, 7, 8, 6, 7, 5, 6, 8] }
  const check = (options: Omit<TfIdfOptions, 'grams'>, each: (count: number, i: number) => number): Promise<void> =>
    checkOp({ build: (v) => tfIdfVectorizer(v, { grams, ...options }), inputs: [x], batch: [0], reference: (v) => rows(v).flatMap((row) => grams.flat(1).map((gram, i) => (gram.length < (options.shortest ?? 1) ? 0 : each(occurrences(row, gram, options.skips ?? 0), i)))) })

  it('counts', () => check({}, (count) => count))
  it('counts pairs only', () => check({ shortest: 2 }, (count) => count))
  it('skips tokens', () => check({ skips: 4 }, (count) => count))
  it('weights', () => check({ mode: 'TFIDF', weights: [1, 2, 3, 4, 5, 6] }, (count, i) => count * (i + 1)))
  it('says what is there', () => check({ mode: 'IDF', weights: [1, 2, 3, 4, 5, 6] }, (count, i) => (count > 0 ? i + 1 : 0)))

  it('counts words', async () => {
    const g = new Graph('t')
    g.output('y', tfIdfVectorizer(g.input('x', 'string', [4]), { grams: [[['a'], ['b']], [['b', 'a']]] }))
    await using program = await Program.create(g)
    expect((await program.run({ x: tensor('string', ['b', 'a', 'c', 'a'], [4]) }))['y']?.data).toEqual(Float32Array.of(2, 1, 1))
  })

  it('refuses weights that do not fit', () => {
    const v = new Graph('t').input('x', 'int64', [4])
    expect(() => tfIdfVectorizer(v, { grams, weights: [1] })).toThrow('TfIdfVectorizer: 1 weights for 6 n-grams')
  })
})
