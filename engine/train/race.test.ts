// The race between two forms: the faster one wins only by the margin, and threads that spin on from the other form's run are not held against it.
import { expect, test } from 'vitest'
import type { Tensor } from '../compile/program.ts'
import type { CompiledStep } from './compile-step.ts'
import { race } from './race.ts'
import { planOf } from './step-parts.ts'
import { smallConfig } from './testing.ts'

const plan = planOf(smallConfig(), 3, 8)

/** A step that keeps its thread busy for so many milliseconds, the first time in each turn for longer. */
function busy(ms: number, first = 0): CompiledStep & { runs: number } {
  let last = 0
  const step = {
    runs: 0,
    plan,
    graph: null,
    fed: {},
    batch: 8,
    form: { layout: 0, workers: 1, threads: 1 },
    program: {
      run: (): Promise<Record<string, Tensor>> => {
        const start = performance.now()
        const until = start + ms + (start - last > ms ? first : 0)
        while (performance.now() < until);
        last = performance.now()
        step.runs++
        return Promise.resolve({})
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
  }
  return step
}

test('who is clearly faster wins, whoever is second', async () => {
  expect(await race(busy(3), busy(1), 1.15)).toBe(true)
  expect(await race(busy(1), busy(3), 1.15)).toBe(false)
})

test('a lead below the margin is none', async () => {
  expect(await race(busy(1), busy(0.97), 1.15)).toBe(false)
})

test('what the other form does to the first run of a turn does not count; long steps run once in a turn', async () => {
  expect(await race(busy(2), busy(1, 4), 1.15)).toBe(true)
  const long = busy(25)
  await race(long, busy(26), 1.15)
  expect(long.runs).toBeLessThan(16)
})
