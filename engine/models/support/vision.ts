// What networks for detection and segmentation are put together from.
import { LatheError } from '../../contract/errors.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { Value } from '../../graph/graph.ts'
import { expand, reshape } from '../../ops/build.ts'
import type { Wiring } from '../model.ts'

/** Convolution, batch norm, ReLU. */
export function block(net: Wiring, name: string, filters: number, x: Value, kernel: 1 | 3 = 3): Value {
  const convolved = net.layer(name, { type: 'conv2d', filters, kernel, bias: false }, x)
  return net.layer(`${name}-relu`, { type: 'relu' }, net.layer(`${name}-norm`, { type: 'batch-norm' }, convolved))
}

export function halved(net: Wiring, name: string, x: Value): Value {
  return net.layer(name, { type: 'max-pool2d' }, x)
}

/** Each pixel as a square of four. */
export function doubled(x: Value): Value {
  const [channels = 1, height = 1, width = 1] = x.shape.slice(1).map(Number)
  return reshape(expand(reshape(x, [-1, channels, height, 1, width, 1]), [1, 1, 1, 2, 1, 2]), [-1, channels, 2 * height, 2 * width])
}

/** Throws LatheError `usage` unless `step` divides both sides of the input. */
export function needMultiple(model: string, config: TrainConfig, step: number): void {
  const { height, width } = inputOf('image', config)
  if (height % step !== 0 || width % step !== 0) throw new LatheError('usage', `model ${model}: height and width of the input must be multiples of ${step}, they are ${height}×${width}; use ${Math.max(step, Math.round(height / step) * step)}×${Math.max(step, Math.round(width / step) * step)}`)
}
