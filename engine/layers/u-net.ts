// UNet: halves the picture several times and enlarges it again, each size joined with what it was on the way down.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Value } from '../graph/graph.ts'
import { concat } from '../ops/build.ts'
import { conv2d } from './conv2d.ts'
import { convTranspose2d } from './conv-transpose2d.ts'
import type { Bind, BoundLayer, LayerContext, LayerDef, LayerParameter } from './layer.ts'
import { maxPool2d } from './max-pool2d.ts'
import { imageShape } from './shapes.ts'
import { part } from './support/bind.ts'
import { activationType } from './support/composite.ts'
import { buildPart, chain, partParameters, type Part } from './support/parts.ts'

const schema = z.strictObject({
  type: z.literal('u-net'),
  /** Filters at each size, the full one first. */
  filters: z.array(z.int().min(1)).min(2).max(6),
  kernel: z.int().min(1).default(3),
  activation: activationType.default('relu'),
  norm: z.enum(['none', 'batch-norm', 'group-norm', 'instance-norm']).default('none'),
})
type Spec = z.output<typeof schema>

/** Two convolutions with their activations. */
function block(spec: Spec, filters: number, bind: Bind): BoundLayer {
  const one = (k: 1 | 2): Part[] => [
    [`conv${k}`, part(conv2d, { type: 'conv2d', filters, kernel: spec.kernel, bias: spec.norm === 'none' })],
    ...(spec.norm === 'none' ? [] : [[`norm${k}`, bind({ type: spec.norm })] as const]),
    [`activation${k}`, bind({ type: spec.activation })],
  ]
  return chain('u-net block', [...one(1), ...one(2)])
}

/** A way through all parts: called with each part and what it gets, returns what comes out. */
interface Walk<T> {
  readonly apply: (part: Part, x: T) => T
  readonly join: (skip: T, up: T) => T
}

function walk<T>(spec: Spec, bind: Bind, x: T, { apply, join }: Walk<T>): T {
  const skips: T[] = []
  const last = spec.filters.length - 1
  let value = x
  spec.filters.forEach((filters, i) => {
    value = apply([`down${i + 1}`, block(spec, filters, bind)], value)
    if (i < last) {
      skips.push(value)
      value = apply([`pool${i + 1}`, part(maxPool2d, { type: 'max-pool2d' })], value)
    }
  })
  for (let i = last - 1; i >= 0; i--) {
    const [filters = 1, skip = value] = [spec.filters[i], skips[i]]
    const up = apply([`grow${i + 1}`, part(convTranspose2d, { type: 'conv-transpose2d', filters, kernel: 2, stride: 2 })], value)
    value = apply([`up${i + 1}`, block(spec, filters, bind)], join(skip, up))
  }
  return value
}

const joinShapes = (skip: readonly number[], up: readonly number[]): readonly number[] => [(skip[0] ?? 0) + (up[0] ?? 0), ...skip.slice(1)]

function visit(spec: Spec, input: readonly number[], bind: Bind, see: (part: Part, shape: readonly number[]) => void = () => undefined): readonly number[] {
  const [, h, w] = imageShape('u-net', input)
  const step = 2 ** (spec.filters.length - 1)
  if (h % step !== 0 || w % step !== 0) throw new LatheError('usage', `layer u-net: ${spec.filters.length} sizes need a height and a width that ${step} divides, it got ${h}×${w}`)
  const apply = (p: Part, shape: readonly number[]): readonly number[] => {
    see(p, shape)
    return p[1].outputShape(shape)
  }
  return walk(spec, bind, input, { apply, join: joinShapes })
}

/** Ronneberger, Fischer and Brox, "U-Net", 2015, https://arxiv.org/abs/1505.04597, with zero padding so that sizes stay. */
export const uNet: LayerDef<typeof schema> = {
  title: 'UNet',
  description: 'Sees the picture at several sizes and answers for every pixel',
  schema,
  outputShape: visit,
  parameters: (spec, input, bind) => {
    const all: LayerParameter[] = []
    visit(spec, input, bind, (p, shape) => all.push(...partParameters(p, shape)))
    return all
  },
  multiplyAdds: (spec, input, bind) => {
    let sum = 0
    visit(spec, input, bind, ([, layer], shape) => (sum += layer.multiplyAdds(shape)))
    return sum
  },
  build: (spec, x, context: LayerContext, bind) => walk<Value>(spec, bind, x, { apply: (p, value) => buildPart(p, value, context), join: (skip, up) => concat([skip, up], 1) }),
}
