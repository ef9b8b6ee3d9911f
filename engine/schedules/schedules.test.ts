// Values of the schedules at the ends, in the middle and at their milestones.
import { expect, test } from 'vitest'
import { schedule, schedules } from './index.ts'

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
