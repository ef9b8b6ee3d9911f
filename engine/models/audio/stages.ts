// What networks over spectrograms share: blocks of convolutions and pooling that never pool a side away.
import { z } from 'zod'
import { LatheError } from '../../contract/errors.ts'
import type { Value } from '../../graph/graph.ts'
import { reshape, transpose } from '../../ops/build.ts'
import type { Wiring } from '../model.ts'
import { activationLayer, norm, normedConvolution } from '../options.ts'

export const filters = (widths: readonly number[]): z.ZodDefault<z.ZodArray<z.ZodInt>> => z.array(z.int().min(1).max(1024)).min(1).max(8).default([...widths])
export const normOption = norm.default('batch-norm').describe('Brings what each convolution makes to one scale. batch-norm looks at the whole batch, group-norm and instance-norm at each recording.')

/** The map that the task gives, [N, 1, bands, frames]; explanations attribute to it. @throws LatheError `internal` where there is none. */
export function mapOf(net: Wiring, inputs: Readonly<Record<string, Value>>): Value {
  const { x } = inputs
  if (!x) throw new LatheError('internal', `a model of audio needs 'x', it was given ${Object.keys(inputs).join(', ')}`)
  return net.tap(x)
}

/** Convolution 3×3, norm and ReLU: [N, C, bands, frames] to [N, width, bands, frames]. */
export function block(net: Wiring, name: string, x: Value, width: number, how: z.infer<typeof norm>): Value {
  const [conv, ...norms] = normedConvolution({ type: 'conv2d', filters: width, kernel: 3 }, how, width)
  const normed = norms.reduce((value, spec, i) => net.layer(i === 0 ? `${name}-norm` : `${name}-norm${i + 1}`, spec, value), net.layer(name, conv, x))
  return net.layer(`${name}-relu`, activationLayer('relu'), normed)
}

/** Maximum over `bands` × `frames`; a side that has become shorter than that is left as it is. */
export function pool(net: Wiring, name: string, x: Value, bands: number, frames: number): Value {
  const [, , height = 1, width = 1] = x.shape.map(Number)
  const kernel = [height >= bands ? bands : 1, width >= frames ? frames : 1]
  return kernel.every((k) => k === 1) ? x : net.layer(name, { type: 'max-pool2d', kernel, stride: kernel }, x)
}

/** [N, C, bands, frames] to a sequence [N, frames, C · bands]. */
export function overTime(x: Value): Value {
  const [, channels = 1, bands = 1, frames = 1] = x.shape.map(Number)
  return reshape(transpose(x, [0, 3, 1, 2]), [0, frames, channels * bands])
}

/** Dropout of the recipe's rate, if it has one. */
export const drop = (net: Wiring, name: string, x: Value, rate: number): Value => (rate > 0 ? net.layer(name, { type: 'dropout', rate }, x) : x)
