// Every optimizer against PyTorch in float64 (test/fixtures/torch/optimizers.py), with and without weight decay.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { smallConfig } from '../train/testing.ts'
import { optimizers } from './index.ts'
import { runSteps } from './testing.ts'

interface Fixture {
  readonly start: readonly number[]
  readonly gradients: readonly (readonly number[])[]
  readonly cases: readonly { readonly optimizer: string; readonly lr: number; readonly momentum: number; readonly weightDecay: number; readonly expected: readonly number[] }[]
  readonly moved: readonly { readonly optimizer: string; readonly lr: number; readonly weightDecay: number; readonly expected: readonly number[] }[]
  readonly lbfgs: { readonly lr: number; readonly matrix: readonly number[]; readonly centre: readonly number[]; readonly path: readonly (readonly number[])[] }
}

const fixture = JSON.parse(readFileSync(new URL('../../test/fixtures/torch/optimizers.json', import.meta.url), 'utf8')) as Fixture
const start = Float32Array.from(fixture.start)
const gradients = fixture.gradients.map((g) => Float32Array.from(g))

test.each(fixture.cases.map((c) => [`${c.optimizer}, decay ${c.weightDecay}`, c] as const))('%s: the weights of PyTorch after 40 steps', async (_name, { optimizer, lr, momentum, weightDecay, expected }) => {
  const path = await runSteps(optimizer, { config: smallConfig({ momentum }), lr, start, steps: gradients.length, gradient: (_p, i) => gradients[i]!, decay: weightDecay })
  expected.forEach((want, i) => { expect(Math.abs(path.at(-1)![i]! - want), `weight ${i}: ${path.at(-1)![i]} against ${want}`).toBeLessThan(2e-5) })
})

test.each(fixture.moved.map((c) => [c.optimizer, c] as const))('%s: the weights of PyTorch where the momentum moves', async (_name, { optimizer, lr, weightDecay, expected }) => {
  const momentum = (i: number): number => 0.85 + 0.1 * Math.abs(1 - (2 * i) / (gradients.length - 1))
  const path = await runSteps(optimizer, { config: smallConfig({ momentum: 0.95 }), lr, start, steps: gradients.length, gradient: (_p, i) => gradients[i]!, decay: weightDecay, momentum })
  expected.forEach((want, i) => { expect(Math.abs(path.at(-1)![i]! - want), `weight ${i}: ${path.at(-1)![i]} against ${want}`).toBeLessThan(2e-5) })
})

test('the momentum of these moves', () => {
  expect(Object.entries(optimizers).flatMap(([name, def]) => ('movesMomentum' in def && def.movesMomentum ? [name] : [])).sort()).toEqual(fixture.moved.map((c) => c.optimizer).sort())
})

test('every optimizer is compared', () => {
  expect([...new Set([...fixture.cases.map((c) => c.optimizer), 'lbfgs'])].sort()).toEqual(Object.keys(optimizers).sort())
})

const { matrix, centre, lr, path: expected } = fixture.lbfgs
const quadratic = (p: Float32Array): Float32Array => p.map((_, i) => p.reduce((sum, v, j) => sum + matrix[i * p.length + j]! * (v - centre[j]!), 0))

test('L-BFGS takes the steps of PyTorch on a quadratic, and is at its bottom after 14', async () => {
  const path = await runSteps('lbfgs', { config: smallConfig(), lr, start, steps: expected.length, gradient: quadratic })
  expected.forEach((want, k) => { want.forEach((w, i) => { expect(Math.abs(path[k]![i]! - w), `step ${k + 1}, weight ${i}`).toBeLessThan(2e-3) }) })
  centre.forEach((c, i) => { expect(path.at(-1)![i]).toBeCloseTo(c, 2) })
})

test('L-BFGS forgets nothing good where the curvature is negative', async () => {
  // A hill: every pair has s·y < 0, so no pair is kept and the steps are the gradient's, uphill never.
  const hill = (p: Float32Array): Float32Array => p.map((v) => -v)
  const path = await runSteps('lbfgs', { config: smallConfig(), lr: 0.1, start, steps: 5, gradient: hill })
  const value = (p: Float32Array): number => -p.reduce((sum, v) => sum + (v * v) / 2, 0)
  path.slice(1).forEach((p, k) => { expect(value(p)).toBeLessThan(value(path[k]!)) })
})
