// Ensembles as networks: outputs are the mean of the members' by the task's rule, explanations see all of them, and the file has them side by side.
import { expect, test } from 'vitest'
import type { EnsembleMember } from '../contract/ensemble.ts'
import { ensembleSetting } from '../contract/ensemble.ts'
import { memberConfig } from '../contract/members.ts'
import { noMean, taskKinds } from '../contract/task-kinds.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { allocate, type DataSet } from '../data/types.ts'
import { Random } from '../data/random.ts'
import { exportGraph } from '../export/inference.ts'
import { networkModel } from '../explain/network-model.ts'
import { task, tasks } from '../tasks/index.ts'
import { Evaluator } from '../train/evaluate.ts'
import { smallConfig } from '../train/testing.ts'
import { averagingOf } from './ensemble.ts'
import { network } from './network.ts'

const member = (seed: number, change: Partial<EnsembleMember> = {}): EnsembleMember => ({ run: seed, name: `run ${seed}`, snapshot: null, model: 'cnn', modelOptions: { filters: [4], dense: 8 }, initializer: 'he-normal', seed, weightsHash: 'x', ...change })
const of = (config: TrainConfig, members: readonly EnsembleMember[]): TrainConfig => ({ ...config, ensemble: { by: 'runs', count: members.length, members: [...members] } })

/** Random pictures with the tensors that a task is fed. */
function noise(config: TrainConfig, classes: number): DataSet {
  const definition = task(config.task)
  const tensors = { ...definition.features(config), ...definition.targets(config, classes) }
  return {
    count: 5,
    ids: Int32Array.of(1, 2, 3, 4, 5),
    labels: new Int32Array(5),
    tensors,
    fill: (rows, out) => {
      for (let i = 0; i < rows.length; i++) {
        const random = new Random(7, 'sample', rows[i])
        for (const [name, spec] of Object.entries(tensors)) {
          const [data, size] = [out[name], allocate(spec, 1).length]
          for (let k = 0; data && k < size; k++) {
            const value = name === 'pixels' ? random.int(256) : name === 'size' ? 8 : random.int(2)
            data[i * size + k] = (spec.dtype === 'int64' ? BigInt(value) : value) as never
          }
        }
      }
    },
    truth: () => null,
  }
}

async function outputsOf(config: TrainConfig, classes: number, weights: Float32Array): Promise<Record<string, ArrayLike<number | bigint>>> {
  await using evaluator = await Evaluator.create(config, classes, { batch: 4, threads: 1 })
  const { outputs } = await evaluator.run(weights, noise(config, classes))
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data]))
}

test.each([
  ['image-classification', [member(1), member(2), member(3, { model: 'mlp', modelOptions: {} })], 'probabilities'],
  ['image-multilabel', [member(1), member(2)], 'probabilities'],
  ['segmentation', [member(1, { model: 'fcn', modelOptions: {} }), member(2, { model: 'fcn', modelOptions: {} })], 'shares'],
] as const)('%s: the mean of the probabilities', async (id, members, name) => {
  const base: TrainConfig = { ...smallConfig({ task: id, augment: null, labelSmoothing: 0, dropout: 0 }), model: members[0].model, modelOptions: members[0].modelOptions }
  const whole = of(base, members)
  const weights = network(whole, 3).initialWeights(0)
  const each: ArrayLike<number | bigint>[] = []
  let at = 0
  for (const one of members) {
    const own = memberConfig(whole, one)
    const net = network(own, 3)
    const drawn = net.initialWeights(one.seed)
    expect(weights.subarray(at, at + net.size)).toEqual(drawn)
    at += net.size
    each.push((await outputsOf(own, 3, drawn))[name]!)
  }
  expect(weights).toHaveLength(at)
  const found = (await outputsOf(whole, 3, weights))[name]!
  Array.from(found, Number).forEach((value, i) => { expect(value).toBeCloseTo(each.reduce((sum, out) => sum + Number(out[i]), 0) / members.length, 5) })
  expect(new Set(Array.from(found, (v) => Number(v).toFixed(4))).size).toBeGreaterThan(3)
})

test('parameters are the members’ by their own names, in the file too; all tap the same picture', () => {
  const whole = of(smallConfig({ dropout: 0 }), [member(1), member(2)])
  const net = network(whole, 3)
  expect(net.parameters.slice(0, 2).map((p) => p.name)).toEqual(['member1/conv1.weight', 'member1/conv1.bias'])
  expect(new Set(net.parameters.map((p) => p.name)).size).toBe(net.parameters.length)
  const { graph, parameters } = exportGraph(whole, 3, net.initialWeights(0))
  expect([...parameters.keys()]).toEqual(expect.arrayContaining(net.parameters.map((p) => p.name)))
  expect([...graph.outputs.keys()].sort()).toEqual(['class', 'logits', 'probabilities'])
  const model = networkModel(whole, 3, net.initialWeights(0))
  expect([model.shape, model.depth]).toEqual([[1, 8, 8], 3])
  const fresh = model.randomised(0, 1)
  expect([...fresh].filter(([parameter, values]) => values !== model.weights.get(parameter)).map(([parameter]) => parameter)).toEqual(['member1/head.weight', 'member1/head.bias', 'member2/head.weight', 'member2/head.bias'])
  expect(fresh.get('member1/head.weight')).not.toEqual(fresh.get('member2/head.weight'))
})

test('each task says how every output of its networks is averaged, or is refused in one line', () => {
  for (const [id, { averages }] of Object.entries(taskKinds)) expect(task(id).averaged !== undefined, id).toBe(averages)
  expect(Object.keys(taskKinds).sort()).toEqual(Object.keys(tasks).sort())
  expect(() => averagingOf(smallConfig({ task: 'object-detection' }))).toThrow(noMean('object-detection'))
})

test('how people write it', () => {
  expect(ensembleSetting.parse(3)).toEqual({ by: 'seeds', count: 3, members: [] })
  expect(ensembleSetting.parse('snapshots:5')).toEqual({ by: 'snapshots', count: 5, members: [] })
  for (const wrong of [1, 33, 'snapshots:1', 'five', 2.5]) expect(ensembleSetting.safeParse(wrong).success, String(wrong)).toBe(false)
})

test('members that tap tensors of their own: side by side, each element in the cell of what it stands for', async () => {
  const bytes = (id: number): Uint8Array => new TextEncoder().encode(JSON.stringify({ user: `u${id % 3}`, item: `i${id % 4}` }))
  const base = await task('recommendation').recipe({ samples: 12, classes: [], counts: [], height: 0, width: 0, channels: 3, read: () => Promise.resolve(Array.from({ length: 12 }, (_, id) => ({ id, class: -1, label: { kind: 'number' as const, value: id % 5 }, bytes: bytes(id) }))) }, 'matrix-factorisation')
  const own = (seed: number): EnsembleMember => member(seed, { model: base.model, modelOptions: base.modelOptions, initializer: base.initializer })
  const whole = of(base, [own(1), own(2)])
  const [one, both] = [base, whole].map((config) => {
    const { shape, map } = networkModel(config, 0, network(config, 0).initialWeights(0))
    return Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => map.cell(i))
  })
  expect(both).toEqual([...one!, ...one!])
  expect(new Set(both)).toEqual(new Set([0, 1]))
})
