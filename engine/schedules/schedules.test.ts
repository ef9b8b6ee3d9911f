// Values of the schedules at the ends, in the middle and at their milestones.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { trainDefaults } from '../contract/recipe.ts'
import { schedule, schedules } from './index.ts'
import { learningRate, momentumAt } from './rate.ts'
import { freshState } from './schedule.ts'

interface Fixture {
  readonly exponential: readonly number[]
  readonly 'cosine-restarts': readonly number[]
  readonly 'one-cycle': readonly number[]
  readonly 'one-cycle-momentum': readonly number[]
  readonly plateau: { readonly values: readonly number[]; readonly rates: readonly number[] }
}
// Made by test/fixtures/torch/schedules.py.
const torch = JSON.parse(readFileSync(new URL('../../test/fixtures/torch/schedules.json', import.meta.url), 'utf8')) as Fixture

test.each([
  ['exponential', { gamma: 0.9 }],
  ['cosine-restarts', {}],
  ['one-cycle', {}],
] as const)('%s gives the rates of PyTorch', (name, options) => {
  const want = torch[name]
  want.forEach((rate, step) => { expect(schedules[name].factor(step, want.length, 1, options), `step ${step}`).toBeCloseTo(rate, 9) })
})

test('one-cycle moves the momentum as PyTorch does, and leaves it alone where asked', () => {
  const want = torch['one-cycle-momentum']
  const config = { ...trainDefaults, schedule: 'one-cycle', momentum: 0.95 }
  want.forEach((momentum, step) => { expect(momentumAt(config, step, want.length, 1), `step ${step}`).toBeCloseTo(momentum, 9) })
  expect(momentumAt({ ...config, scheduleOptions: { momentum: null } }, 15, 50, 1)).toBe(0.95)
  // Never above the recipe's: plain SGD stays plain.
  expect(momentumAt({ ...config, momentum: 0 }, 15, 50, 1)).toBe(0)
  expect(momentumAt({ ...config, schedule: 'cosine' }, 15, 50, 1)).toBe(0.95)
  // Warm-up is before the cycle.
  expect(momentumAt({ ...config, warmup: 20 }, 19, 50, 1)).toBe(0.95)
})

test('plateau gives the rates of PyTorch, and goes no lower than its least', () => {
  let state = freshState()
  const { values, rates } = torch.plateau
  const found = values.map((value) => {
    const now = state.scale
    state = schedules.plateau.afterEpoch!(state, value, true, { factor: 0.5, patience: 2 })
    return now
  })
  expect(found).toEqual(rates)
  for (let i = 0; i < 100; i++) state = schedules.plateau.afterEpoch!(state, 1, true, { patience: 0 })
  expect(state.scale).toBe(1e-4)
  // An accuracy improves upwards.
  expect(schedules.plateau.afterEpoch!({ best: 0.8, waited: 1, scale: 1 }, 0.9, false)).toEqual({ best: 0.9, waited: 0, scale: 1 })
})

test('warm-up before any schedule rises to its first value, then the schedule has the rest of the run', () => {
  const config = { ...trainDefaults, lr: 0.2, schedule: 'cosine', warmup: 1.5 }
  const rate = (step: number): number => learningRate(config, step, 100, 10, freshState())
  expect(rate(0)).toBeCloseTo(0.2 / 16, 12)
  expect(rate(14)).toBeCloseTo((0.2 * 15) / 16, 12)
  expect(rate(15)).toBeCloseTo(0.2, 12)
  expect(rate(99)).toBeCloseTo(0.002, 12)
  expect(learningRate({ ...config, warmup: 1000 }, 99, 100, 10, freshState())).toBeCloseTo(0.2, 12)
  expect(learningRate({ ...config, schedule: 'plateau', warmup: 0 }, 50, 100, 10, { best: 1, waited: 2, scale: 0.01 })).toBeCloseTo(0.002, 12)
})

test('exponential ends at 1 % where no factor is given', () => {
  expect(schedules.exponential.factor(0, 50, 5)).toBe(1)
  expect(schedules.exponential.factor(49, 50, 5)).toBeCloseTo(0.01, 12)
})

test('restarts of equal length', () => {
  const f = (s: number): number => schedules['cosine-restarts'].factor(s, 90, 10, { cycles: 3, multiply: 1, floor: 0 })
  expect([0, 30, 60].map(f)).toEqual([1, 1, 1])
  expect(f(15)).toBeCloseTo(0.5, 12)
})

test('options are checked and named', () => {
  expect(() => schedules.plateau.factor(0, 1, 1, { patience: -1 })).toThrow(/schedule Plateau: .*patience/)
  expect(() => schedules.cosine.factor(0, 1, 1, { magic: 1 })).toThrow(/schedule Cosine: .*magic/)
})

test('every file of the room is in the registry', () => {
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !['index.ts', 'schedule.ts', 'rate.ts'].includes(f))
  expect(files.map((f) => f.replace('.ts', '')).sort()).toEqual(Object.keys(schedules).sort())
})

test('constant is 1', () => {
  expect([0, 7, 99].map((s) => schedules.constant.factor(s, 100, 10))).toEqual([1, 1, 1])
})

test('cosine starts at 1, is half way in the middle and ends at its floor', () => {
  expect(schedules.cosine.factor(0, 101, 10)).toBe(1)
  expect(schedules.cosine.factor(50, 101, 10)).toBeCloseTo(0.505, 12)
  expect(schedules.cosine.factor(100, 101, 10)).toBeCloseTo(0.01, 12)
  expect(schedules.cosine.factor(0, 1, 1)).toBe(1)
})

test('step falls at half and at three quarters of the epochs', () => {
  const at = (epoch: number): number => schedules.step.factor(epoch * 5, 8 * 5, 5)
  expect([0, 3, 4, 5, 6, 7].map(at)).toEqual([1, 1, 0.1, 0.1, 0.01, 0.01])
})

test('warm-up rises linearly to 1, then falls to 0.1 %', () => {
  const f = (s: number): number => schedules['warmup-cosine'].factor(s, 100, 10)
  expect(f(0)).toBeCloseTo(1 / 11, 12)
  expect(f(9)).toBeCloseTo(10 / 11, 12)
  expect(f(10)).toBe(1)
  expect(f(99)).toBeCloseTo(0.001, 12)
  for (let s = 11; s < 100; s++) expect(f(s)).toBeLessThan(f(s - 1))
})

test('every factor stays in (0, 1] even for one-step runs', () => {
  for (const [name, def] of Object.entries(schedules)) {
    for (const total of [1, 2, 3, 10]) {
      for (let s = 0; s < total; s++) {
        const factor = def.factor(s, total, 1)
        expect(factor, `${name} step ${s} of ${total}`).toBeGreaterThan(0)
        expect(factor).toBeLessThanOrEqual(1)
      }
    }
  }
})

test('an unknown name is refused with the list of names', () => {
  expect(() => schedule('linear')).toThrow(/no schedule 'linear'.*constant, cosine/)
})
