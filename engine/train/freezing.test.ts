// Freezing: what stands still when, that it stands still bit for bit, and that what thaws is moved as by a new optimizer.
import { beforeAll, describe, expect, it } from 'vitest'
import { network } from '../models/network.ts'
import { frozenAt } from './freezing.ts'
import { record, smallConfig, type Recorded } from './testing.ts'
import type { TrainState } from './types.ts'

const LR = 0.01
// 44 samples, batches of 8: 6 steps an epoch.
const config = smallConfig({ modelOptions: { filters: [3, 4], norm: 'batch-norm', dense: 6 }, freeze: '^(?!head)', unfreeze: [1, 2], epochs: 3, schedule: 'constant', lr: LR, weightDecay: 0.1, optimizer: 'adamw', dropout: 0 })
const net = network(config, 3)
const BODY = net.parameters.filter((p) => p.trainable && !p.name.startsWith('head.')).map((p) => p.name)

describe('frozenAt', () => {
  const at = (epoch: number, change: object = {}): string[] => [...frozenAt({ ...config, ...change }, net, epoch)]
  const layers = (names: readonly string[]): string[] => [...new Set(names.map((name) => name.split('.')[0]!))]

  it('thaws equal parts from the head down, whole layers at a time', () => {
    expect(at(0)).toEqual(BODY)
    const all = layers(BODY)
    expect(layers(at(1))).toEqual(all.slice(0, Math.floor(all.length / 2)))
    expect(at(2)).toEqual([])
    expect(layers(at(3, { unfreeze: [1, 2, 3, 4, 5] }))).toHaveLength(2)
  })

  it('without a schedule keeps frozen what the pattern names', () => {
    expect(at(99, { unfreeze: null, freeze: '^conv1' })).toEqual(BODY.filter((name) => name.startsWith('conv1')))
    expect(at(0, { unfreeze: null, freeze: null })).toEqual([])
  })

  it('refuses in words what cannot be', () => {
    expect(() => at(0, { freeze: '(' })).toThrow('freeze is no regular expression')
    expect(() => at(0, { freeze: 'encoder' })).toThrow(/no parameter is called like encoder; there are conv1\.weight/)
    expect(() => at(0, { freeze: '.' })).toThrow(/leaves nothing to train; leave out the last layer/)
    expect(() => at(0, { freeze: null })).toThrow('nothing is frozen that could thaw')
  })
})

describe('a run', () => {
  let whole: Recorded
  const last = (step: number): TrainState => whole.saved.find((s) => s.kind === 'last' && s.info.step === step)!.state
  const named = ({ parameters, weights }: TrainState): Map<string, Float32Array> => {
    let at = 0
    return new Map(parameters.map(({ name, shape }) => [name, weights.subarray(at, (at += shape.reduce((a, b) => a * b, 1)))]))
  }
  const moved = (from: number, to: number): string[] => {
    const before = named(last(from))
    return [...named(last(to))].filter(([name, values]) => values.some((v, i) => !Object.is(v, before.get(name)![i]))).map(([name]) => name)
  }

  beforeAll(async () => {
    whole = await record(config, { checkpointEveryMs: 0 })
    expect(whole.error).toBeNull()
  }, 30_000)

  it('leaves what is frozen alone bit for bit, decay and statistics too', () => {
    expect(moved(0, 6).sort()).toEqual(['head.bias', 'head.weight'])
    const frozen = frozenAt(config, net, 1)
    const second = moved(6, 12)
    expect(second.filter((name) => frozen.has(name))).toEqual([])
    expect(second.some((name) => BODY.includes(name))).toBe(true)
    expect(moved(12, 18).sort()).toEqual(net.parameters.map((p) => p.name).sort())
  })

  it('moves what thaws by steps of the learning rate at first: moments are corrected as from the first step', () => {
    const [before, after] = [named(last(12)), named(last(13))]
    const steps = net.parameters.filter((p) => p.trainable && !p.decay).flatMap((p) => [...after.get(p.name)!].map((v, i) => Math.abs(v - before.get(p.name)![i]!)))
    expect(Math.max(...steps)).toBeLessThan(1.01 * LR)
    expect(Math.max(...steps)).toBeGreaterThan(0.9 * LR)
  })

  it('does the same in two parts side by side, and goes on from there', async () => {
    const cut = { ...config, modelOptions: { filters: [3, 4], dense: 6 } }
    const parts = await record(cut, { workers: 2 })
    expect(parts.error).toBeNull()
    const single = await record(cut, { workers: 1 })
    const gap = parts.outcome!.state.weights.map((w, i) => Math.abs(w - single.outcome!.state.weights[i]!))
    expect(Math.max(...gap)).toBeLessThan(1e-3)
    const state = parts.saved.find((s) => s.kind === 'last' && s.info.step === 6)!.state
    expect((await record(cut, { resume: state })).outcome?.weightsHash).toBe(parts.outcome?.weightsHash)
  }, 30_000)

  it('goes on from where layers thaw as if it had never stopped', async () => {
    for (const step of [6, 12]) {
      const resumed = await record(config, { resume: last(step) })
      expect(resumed.outcome?.weightsHash).toBe(whole.outcome?.weightsHash)
      expect(resumed.outcome?.state.optimizer).toEqual(whole.outcome?.state.optimizer)
    }
  }, 30_000)
})
