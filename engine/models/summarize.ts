// Summary of a model before training: parameters, bytes and multiply-adds, counted from its layers.
import type { ModelSummary } from '../contract/commands.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { product } from '../layers/shapes.ts'
import { network } from './network.ts'

export function summarize(config: TrainConfig, classes: number): ModelSummary {
  const { layers, size, trainable, multiplyAdds } = network(config, classes)
  return {
    parameters: trainable,
    bytes: size * Float32Array.BYTES_PER_ELEMENT,
    multiplyAdds,
    layers: layers.map((l) => ({ name: l.name, type: l.type, output: ['N', ...l.output], parameters: l.parameters.filter((p) => p.trainable).reduce((sum, p) => sum + product(p.shape), 0) })),
  }
}
