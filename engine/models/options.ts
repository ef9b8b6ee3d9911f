// Options that templates share, and their parsing.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { LayerSpec } from '../layers/index.ts'

/** Activations without options of their own. */
export const activation = z.enum(['relu', 'leaky-relu', 'elu', 'selu', 'relu6', 'celu', 'gelu', 'silu', 'mish', 'hard-swish', 'softplus', 'tanh'])

export function activationLayer(type: z.infer<typeof activation>): LayerSpec {
  return { type }
}

export const norm = z.enum(['none', 'batch-norm', 'group-norm', 'instance-norm'])

/** A convolution and its norm; the norm's shift makes the convolution's bias needless. */
export function normedConvolution<C extends { readonly type: 'conv2d' | 'depthwise-conv2d' }>(conv: C, type: z.infer<typeof norm>, channels: number): [C & { readonly bias: boolean }, ...LayerSpec[]] {
  return [{ ...conv, bias: type === 'none' }, ...normLayers(type, channels)]
}

/** Groups are as near to eight as divides the channels. */
function normLayers(type: z.infer<typeof norm>, channels: number): LayerSpec[] {
  if (type === 'none') return []
  if (type !== 'group-norm') return [{ type }]
  return [{ type, groups: [8, 4, 2].find((g) => channels % g === 0) ?? 1 }]
}

/** Parses a config's `modelOptions`. Throws LatheError `usage` naming the option. */
export function modelOptions<S extends z.ZodType>(model: string, schema: S, options: unknown): z.infer<S> {
  const parsed = schema.safeParse(options)
  if (!parsed.success) throw new LatheError('usage', `model ${model}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
  return parsed.data
}
