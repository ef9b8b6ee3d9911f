// Gradient flow: how large the gradient of the loss is at each weight of a network, on one batch.
import { gradients } from '../autodiff/gradients.ts'
import { Program, tensor } from '../compile/program.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { allocate, type DataSet, type TensorData } from '../data/types.ts'
import { Graph } from '../graph/graph.ts'
import { network } from '../models/network.ts'
import { concat, mul, reduceSum, reshape, sqrt } from '../ops/build.ts'
import { task } from '../tasks/index.ts'
import { buildFlat } from './flat-network.ts'
import { inferenceInputs } from './task-inputs.ts'

export interface WeightGradient {
  /** `dense3.weight`. */
  readonly name: string
  /** Root mean square of the gradient's entries. */
  readonly gradient: number
  /** Root mean square of the weights themselves. */
  readonly weight: number
}

/**
 * Of every trained parameter with two or more axes, from the first layer to the last. Batch statistics as in training; no dropout.
 * @param weights flat, in the network's parameter order.
 * @param rows of `set`: one batch.
 */
export async function gradientFlow(config: TrainConfig, classes: number, weights: Float32Array, set: DataSet, rows: ArrayLike<number>): Promise<WeightGradient[]> {
  const definition = task(config.task)
  const net = network(config, classes)
  const graph = new Graph('gradient flow')
  const batch = rows.length
  const { features, targets, specs } = inferenceInputs(graph, config, classes, batch)
  const flat = graph.input('weights', 'float32', [net.size])
  const ones = graph.constant(new Float32Array(batch).fill(1), 'float32', [batch])
  const built = buildFlat(graph, net, flat, definition.preprocess(features, config), { training: true, rows: ones, keepMask: (_name, shape) => graph.constant(new Float32Array(shape.reduce<number>((a, d) => a * Number(d), 1)).fill(1), 'float32', shape.map(Number)) })
  const { objective } = definition.loss({ outputs: built.outputs, targets, features, rows: ones, config, classes, classWeights: null })
  const chosen = net.parameters.flatMap((p, i) => (p.trainable && p.shape.length > 1 ? [{ name: p.name, value: built.parameters[i], size: p.shape.reduce((a, b) => a * b, 1) }] : []))
  const values = chosen.flatMap(({ value }) => (value ? [value] : []))
  const root = (v: (typeof values)[number], size: number): typeof v => reshape(sqrt(mul(reduceSum(mul(v, v)), 1 / size)), [1])
  graph.output('gradients', concat(gradients(objective, values).map((g, i) => root(g, chosen[i]?.size ?? 1)), 0))
  graph.output('sizes', concat(values.map((v, i) => root(v, chosen[i]?.size ?? 1)), 0))
  const buffers: Record<string, TensorData> = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, allocate(spec, batch)]))
  set.fill(rows, buffers, null)
  await using program = await Program.create(graph)
  const read = new Set(program.inputs.map((input) => input.name))
  const fed = Object.entries(specs).filter(([name]) => read.has(name)).map(([name, { dtype, shape }]) => [name, tensor(dtype, buffers[name] ?? new Float32Array(), [batch, ...shape])] as const)
  const out = await program.run({ ...Object.fromEntries(fed), weights: tensor('float32', weights, [net.size]) })
  const [slopes, sizes] = [out['gradients']?.data as Float32Array, out['sizes']?.data as Float32Array]
  return chosen.map(({ name }, i) => ({ name, gradient: slopes[i] ?? NaN, weight: sizes[i] ?? NaN }))
}
