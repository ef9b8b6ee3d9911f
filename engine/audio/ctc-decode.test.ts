// CTC decoding against the sum over all paths, and where the best path misleads.
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { greedy, prefixBeam, type Steps } from './ctc-decode.ts'

const steps = (rows: readonly (readonly number[])[]): Steps => ({ logs: Float32Array.from(rows.flat(), Math.log), classes: rows[0]!.length, blank: 0 })

test('repeats merge, blanks separate', () => {
  const sharp = (path: readonly number[]): Steps => steps(path.map((k) => [0, 1, 2].map((c) => (c === k ? 0.98 : 0.01))))
  for (const decode of [greedy, (s: Steps) => prefixBeam(s, 4)]) {
    expect(decode(sharp([1, 1, 0, 1, 2, 2, 0])).labels).toEqual([1, 1, 2])
    expect(decode(sharp([0, 0])).labels).toEqual([])
  }
})

test('the most probable labels need not be those of the most probable path', () => {
  // Best path is blank, blank (0.36); "1" has 0.4·0.4 + 2·0.4·0.6 = 0.64.
  const two = steps([[0.6, 0.4], [0.6, 0.4]])
  expect(greedy(two).labels).toEqual([])
  expect(Math.exp(greedy(two).log)).toBeCloseTo(0.36, 6)
  const beam = prefixBeam(two, 8)
  expect(beam.labels).toEqual([1])
  expect(Math.exp(beam.log)).toBeCloseTo(0.64, 6)
})

/** The best labels by walking every path. */
function byAllPaths(s: Steps): { labels: string; probability: number } {
  const sums = new Map<string, number>()
  const T = s.logs.length / s.classes
  for (let code = 0; code < s.classes ** T; code++) {
    const path = Array.from({ length: T }, (_, t) => Math.floor(code / s.classes ** t) % s.classes)
    const labels = path.filter((c, t) => c !== s.blank && c !== path[t - 1]).join()
    const p = Math.exp(path.reduce((sum, c, t) => sum + s.logs[t * s.classes + c]!, 0))
    sums.set(labels, (sums.get(labels) ?? 0) + p)
  }
  const [labels, probability] = [...sums].reduce((a, b) => (b[1] > a[1] ? b : a))
  return { labels, probability }
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a wide beam finds what all paths say (case %i)', (seed) => {
  const random = new Random(seed, 'sample')
  const rows = Array.from({ length: 6 }, () => {
    const raw = Array.from({ length: 3 }, () => random.uniform() + 0.05)
    const sum = raw.reduce((a, b) => a + b, 0)
    return raw.map((v) => v / sum)
  })
  const wanted = byAllPaths(steps(rows))
  const found = prefixBeam(steps(rows), 200)
  expect(found.labels.join()).toBe(wanted.labels)
  expect(Math.exp(found.log)).toBeCloseTo(wanted.probability, 5)
})

test('no steps, no labels', () => {
  expect(greedy({ logs: new Float32Array(0), classes: 3, blank: 0 }).labels).toEqual([])
  expect(prefixBeam({ logs: new Float32Array(0), classes: 3, blank: 0 }, 4).labels).toEqual([])
})
