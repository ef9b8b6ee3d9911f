// Forms of the step: in the blocked layout the same as in the standard one up to rounding, exact to resume, and standard to the outside; the choice.
import { availableParallelism } from 'node:os'
import { beforeAll, expect, test } from 'vitest'
import { blockSize } from '../compile/blocked/probe.ts'
import type { Form } from './compile-step.ts'
import { chooseStep, ruledForm } from './form.ts'
import { TrainStep } from './step.ts'
import { record, shapes, smallConfig } from './testing.ts'

const config = smallConfig({ modelOptions: { filters: [16, 32], convolutions: 2, dense: 16 }, batch: 16, epochs: 3 })
let block = 0
beforeAll(async () => {
  block = await blockSize()
  if (block === 0) console.warn('this processor has no blocked operators: only the standard layout is tested')
})

test('the probe finds a block that ORT has, the same every time', async () => {
  expect([0, 8, 16]).toContain(block)
  expect(await blockSize()).toBe(block)
})

test('equal losses, weights and optimizer state after several steps; the outside sees standard order', async () => {
  await using standard = await TrainStep.create(config, 3, 16, { layout: 0, threads: 1 })
  await using blocked = await TrainStep.create(config, 3, 16, { layout: block, threads: 1 })
  expect([standard.form.layout, blocked.form.layout]).toEqual([0, block])
  expect(blocked.built.stretches.length).toBe(block === 0 ? 0 : 4)
  expect(blocked.weights).toEqual(standard.weights)
  const set = shapes(16)
  for (const step of [standard, blocked]) {
    set.fill(Array.from({ length: 16 }, (_, i) => i), step.buffers, null)
    step.rows.fill(1).fill(0, 14)
    step.masks.fill(1)
  }
  for (let t = 1; t <= 6; t++) {
    const [a, b] = [await standard.run(t, 0.003), await blocked.run(t, 0.003)]
    expect(Math.abs(b.objective / a.objective - 1)).toBeLessThan(1e-4)
    expect(b.correct).toBe(a.correct)
  }
  const distance = (a: Float32Array, b: Float32Array): number => Math.sqrt(a.reduce((sum, v, i) => sum + (v - b[i]!) ** 2, 0) / a.reduce((sum, v) => sum + v * v, 0))
  expect(distance(standard.weights, blocked.weights)).toBeLessThan(1e-4)
  for (const name of ['m', 'v']) expect(distance(standard.optimizerState[name]!, blocked.optimizerState[name]!)).toBeLessThan(2e-3)
})

test('what a step keeps and what it is loaded with are in standard order', async () => {
  await using step = await TrainStep.create(config, 3, 16, { layout: block, threads: 1 })
  const before = step.weights.slice()
  const later = step.keepIterate()
  step.rows.fill(1)
  step.masks.fill(1)
  await step.run(1, 0.01)
  expect(later()).toEqual(before)
  expect(step.weights).not.toEqual(before)
  const [weights, state] = [step.weights, step.optimizerState]
  const next = (await step.run(2, 0.01)).objective
  const after = step.weights
  step.load(weights, state)
  expect((await step.run(2, 0.01)).objective).toBe(next)
  expect(step.weights).toEqual(after)
})

test('a run names its layout and resumes bit for bit within it', async () => {
  const whole = await record(config, { layout: block, checkpointEveryMs: 0 })
  expect(whole.error).toBeNull()
  expect(whole.outcome?.state.position['layout']).toBe(block)
  const saved = whole.saved.filter((s) => s.kind === 'last')
  for (const at of [1, 4, saved.length - 2]) {
    const resumed = await record(config, { resume: saved[at]!.state, layout: 0 })
    expect(resumed.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
    expect(resumed.outcome?.state.optimizer).toEqual(whole.outcome?.state.optimizer)
  }
  const other = await record(config, { layout: 0 })
  expect(other.outcome?.metrics['train/loss']).toBeCloseTo(whole.outcome?.metrics['train/loss'] ?? NaN, 1)
})

test('two threads give the same weights every time', async () => {
  const normed = { ...config, modelOptions: { ...config.modelOptions, norm: 'batch-norm' } }
  const [first, second] = [await record(normed, { layout: block, threads: 2 }), await record(normed, { layout: block, threads: 2 })]
  expect(first.error).toBeNull()
  expect(first.outcome?.weightsHash).toBe(second.outcome?.weightsHash)
})

test('a checkpoint in an order that this processor does not have goes on in the standard one, and says so', async () => {
  const start = await record({ ...config, epochs: 1 }, { layout: 0 })
  const state = start.outcome!.state
  const resumed = await record({ ...config, epochs: 2 }, { resume: { ...state, position: { ...state.position, layout: 4 } } })
  expect(resumed.outcome?.state.position['layout']).toBe(0)
  expect(resumed.events.flatMap((e) => (e.type === 'warning' ? [e.message] : [])).join()).toMatch(/blocks of 4 order/)
})

/** About the smallest whose step is worth measuring. */
const wide = smallConfig({ modelOptions: { filters: [16, 64], convolutions: 2, dense: 16 }, batch: 64, dropout: 0 })

test('the choice is measured once, threads and parts among it, and then remembered', async () => {
  const kept = new Map<string, Form>()
  const first = await chooseStep(wide, 3, 64, { tuning: kept })
  expect([...kept.values()]).toEqual([first.form])
  for (const key of kept.keys()) kept.set(key, { layout: 0, workers: 2, threads: null })
  const second = await chooseStep({ ...wide, seed: 5 }, 3, 64, { tuning: kept })
  expect(second.form).toEqual({ layout: 0, workers: 2, threads: null })
  expect(kept.size).toBe(1)
  // Too short a step, and too short a run: nothing to measure.
  const small = await chooseStep(smallConfig(), 3, 8, { tuning: kept })
  const few = await chooseStep({ ...wide, batch: 60 }, 3, 60, { tuning: kept, steps: 10 })
  expect([small.form.threads, kept.size]).toEqual([1, 1])
  for (const { program } of [first, second, small, few]) await program[Symbol.asyncDispose]()
})

test('the rule: parts of a batch of convolutions whose halves fill blocks, whole batches else', async () => {
  const of = async (change: object): Promise<Form> => {
    const config = { ...wide, modelOptions: { filters: [64, 64], convolutions: 2, dense: 16 }, ...change }
    return ruledForm(config, 3, config.batch)
  }
  if (availableParallelism() > 1) expect(await of({ batch: 128 })).toEqual({ layout: block, workers: 2, threads: null })
  expect((await of({ batch: 124 })).workers).toBe(block === 0 && availableParallelism() > 1 ? 2 : 1)
  expect(await of({ batch: 2 })).toEqual({ layout: block, workers: 1, threads: 1 })
  expect(await of({ batch: 1024, model: 'mlp', modelOptions: { hidden: [1024] } })).toEqual({ layout: 0, workers: 1, threads: null })
})

test('whoever says how many threads gets those, and the batch in one', async () => {
  await using step = await TrainStep.create(wide, 3, 64, { threads: 2 })
  expect(step.form).toEqual({ layout: block, workers: 1, threads: 2 })
})
