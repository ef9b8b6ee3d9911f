// After a step went bad: runs the layers again on the same batch to name the first that gave NaN or infinity.
import { Program, tensor } from '../compile/program.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Graph } from '../graph/graph.ts'
import { task } from '../tasks/index.ts'
import { isFinite } from './callbacks/divergence.ts'
import { buildFlat } from './flat-network.ts'
import type { BatchBuffers } from './batches.ts'
import type { TrainStep } from './step.ts'
import { inferenceInputs } from './task-inputs.ts'

/** `output of conv1`, or null where all layers are finite (dropout is left out, so it can be). */
export async function firstBadLayer(config: TrainConfig, step: Pick<TrainStep, 'built' | 'batch'>, { buffers }: Pick<BatchBuffers, 'buffers'>, weights: Float32Array): Promise<string | null> {
  const { network, tensors } = step.built
  const graph = new Graph('layers')
  const { features } = inferenceInputs(graph, config, network.classes, step.batch)
  const flat = graph.input('weights', 'float32', [network.size])
  const { layers } = buildFlat(graph, network, flat, task(config.task).preprocess(features, config), { training: false })
  const names = [...layers.keys()].filter((name) => network.layers.some((l) => l.name === name && l.parameters.length > 0))
  for (const name of names) {
    const value = layers.get(name)
    if (value) graph.output(name, value)
  }
  await using program = await Program.create(graph)
  const batch = Object.entries(tensors).flatMap(([name, { dtype, shape }]) => (buffers[name] ? [[name, tensor(dtype, buffers[name], [step.batch, ...shape])] as const] : []))
  const out = await program.run({ ...Object.fromEntries(batch), weights: tensor('float32', weights, [network.size]) })
  const bad = names.find((name) => !isFinite((out[name]?.data ?? new Float32Array()) as Float32Array))
  return bad === undefined ? null : `output of ${bad}`
}
