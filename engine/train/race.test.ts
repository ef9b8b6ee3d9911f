// The race between two forms: the faster one wins only by the margin, and threads that spin on from the other form's run are not held against it.
import { expect, test } from 'vitest'
import type { Tensor } from '../compile/program.ts'
import type { CompiledStep } from './compile-step.ts'
import { race } from './race.ts'
import { planOf } from './step-parts.ts'
import { smallConfig } from './testing.ts'

const plan = planOf(smallConfig(), 3, 8)

/** A step that keeps its thread busy for so many milliseconds, `more` so soon after the other one's that its threads still spin. */
function busy(ms: number, more = 0): CompiledStep & { runs: number } {
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
        if (last?.step !== step) last = { step, from: start }
        const until = start + ms + (start - last.from < 40 ? more : 0)
        while (performance.now() < until);
        step.runs++
        return Promise.resolve({})
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
  }
  return step
}
let last: { readonly step: object; readonly from: number } | null = null

test('who is clearly faster wins, whoever is second', async () => {
  expect(await race(busy(3), busy(1), 1.15)).toBe(true)
  expect(await race(busy(1), busy(3), 1.15)).toBe(false)
})

test('a lead below the margin is none', async () => {
  expect(await race(busy(1), busy(0.97), 1.15)).toBe(false)
})

test('what the other form does to the first runs of a turn does not count; very long steps run once in a turn', async () => {
  expect(await race(busy(2), busy(1, 4), 1.15)).toBe(true)
  expect(await race(busy(60, 40), busy(70), 1.15)).toBe(false)
  const long = busy(410)
  await race(long, busy(420), 1.15)
  expect(long.runs).toBe(4)
}, 20_000)
