// Sampling: shares of many draws, and what temperature, top-k and top-p leave out.
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { sampleToken, type SamplingOptions } from './sample-token.ts'

const P = [0.1, 0.4, 0.05, 0.3, 0.15]
const logits = P.map(Math.log)
const DRAWS = 20_000

function shares(options: Partial<SamplingOptions>, values: readonly number[] = logits): number[] {
  const random = new Random(5, 'sample')
  const counts = new Array<number>(values.length).fill(0)
  for (let i = 0; i < DRAWS; i++) counts[sampleToken(values, { temperature: 1, topK: 0, topP: 1, ...options }, random)]! += 1
  return counts.map((n) => n / DRAWS)
}

const near = (found: readonly number[], wanted: readonly number[]): void => {
  found.forEach((p, i) => { expect(Math.abs(p - wanted[i]!), `token ${i}`).toBeLessThan(4 * Math.sqrt((wanted[i]! * (1 - wanted[i]!)) / DRAWS) + 1e-12) })
}
const scaled = (weights: readonly number[]): number[] => weights.map((w) => w / weights.reduce((a, b) => a + b, 0))

test('plain draws have the model’s shares, whatever is added to all logits', () => {
  near(shares({}), P)
  near(shares({}, logits.map((l) => l + 50)), P)
})

test('temperature raises shares to 1 / temperature', () => {
  near(shares({ temperature: 0.5 }), scaled(P.map((p) => p ** 2)))
  near(shares({ temperature: 2 }), scaled(P.map((p) => p ** 0.5)))
})

test('temperature 0 takes the most probable, the first of equals', () => {
  expect(shares({ temperature: 0 })).toEqual([0, 1, 0, 0, 0])
  expect(shares({ temperature: 0 }, [1, 3, 3])).toEqual([0, 1, 0])
})

test('top-k keeps the k most probable', () => {
  near(shares({ topK: 2 }), scaled([0, 0.4, 0, 0.3, 0]))
  expect(shares({ topK: 1 })).toEqual([0, 1, 0, 0, 0])
  near(shares({ topK: 99 }), P)
})

test('top-p keeps the fewest tokens that reach p', () => {
  near(shares({ topP: 0.69 }), scaled([0, 0.4, 0, 0.3, 0]))
  near(shares({ topP: 0.71 }), scaled([0, 0.4, 0, 0.3, 0.15]))
  expect(shares({ topP: 0.01 })).toEqual([0, 1, 0, 0, 0])
})

test('what cannot be is never drawn', () => {
  expect(shares({ temperature: 5 }, [0, -Infinity, 0])[1]).toBe(0)
})
