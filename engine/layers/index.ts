// Registry of layers by the `type` of their spec.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { conv2d } from './conv2d.ts'
import { dense } from './dense.ts'
import { dropout } from './dropout.ts'
import { elu } from './elu.ts'
import { flatten } from './flatten.ts'
import type { LayerDef } from './layer.ts'
import { leakyRelu } from './leaky-relu.ts'
import { maxPool2d } from './max-pool2d.ts'
import { relu } from './relu.ts'
import { selu } from './selu.ts'

export const layers = {
  dense,
  conv2d,
  'max-pool2d': maxPool2d,
  relu,
  'leaky-relu': leakyRelu,
  elu,
  selu,
  dropout,
  flatten,
} satisfies Record<string, LayerDef>

export type LayerType = keyof typeof layers
/** A spec as it may be written: defaults left out. */
export type LayerSpec = { [T in LayerType]: z.input<(typeof layers)[T]['schema']> }[LayerType]

/** A layer with its spec checked and defaults filled in, so that callers need not know its type. */
export interface BoundLayer {
  readonly type: string
  outputShape(input: readonly number[]): readonly number[]
  parameters(input: readonly number[]): ReturnType<LayerDef['parameters']>
  multiplyAdds(input: readonly number[]): number
  build(x: Parameters<LayerDef['build']>[1], context: Parameters<LayerDef['build']>[2]): ReturnType<LayerDef['build']>
}

/** Parses an untrusted spec. Throws LatheError `usage` naming the field. */
export function layer(spec: { readonly type: string }): BoundLayer {
  const def = (layers as Record<string, LayerDef | undefined>)[spec.type]
  if (!def) throw new LatheError('usage', `there is no layer '${spec.type}'; there are ${Object.keys(layers).join(', ')}`)
  const parsed = def.schema.safeParse(spec)
  if (!parsed.success) throw new LatheError('usage', `layer ${spec.type}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
  const checked = parsed.data
  return {
    type: spec.type,
    outputShape: (input) => def.outputShape(checked, input),
    parameters: (input) => def.parameters(checked, input),
    multiplyAdds: (input) => def.multiplyAdds(checked, input),
    build: (x, context) => def.build(checked, x, context),
  }
}
