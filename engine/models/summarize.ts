// Summary of a model before training: parameters, bytes and multiply-adds, counted from its layers.
import type { ModelSummary } from '../contract/commands.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { product } from '../layers/shapes.ts'
import { network, type NetworkParameter } from './network.ts'

/** @param frozen names of parameters that stand still. */
export function summarize(config: TrainConfig, classes: number, frozen: ReadonlySet<string> = new Set()): ModelSummary {
  const sizeOf = (parameters: readonly NetworkParameter[]): number => parameters.reduce((sum, p) => sum + product(p.shape), 0)
  const { layers, size, trainable, multiplyAdds } = network(config, classes)
  return {
    parameters: trainable,
    bytes: size * Float32Array.BYTES_PER_ELEMENT,
    multiplyAdds,
    layers: layers.map(({ name, type, output, parameters }) => {
      const trainable = parameters.filter((p) => p.trainable)
      const still = sizeOf(trainable.filter((p) => frozen.has(p.name)))
      return { name, type, output: ['N', ...output], parameters: sizeOf(trainable), ...(still > 0 && { frozen: still }) }
    }),
  }
}
