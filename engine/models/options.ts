// Options that templates share, and their parsing.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { LayerSpec } from '../layers/index.ts'

/** Activations without options of their own. */
export const activation = z.enum(['relu', 'leaky-relu', 'elu', 'selu'])

export function activationLayer(type: z.infer<typeof activation>): LayerSpec {
  return { type }
}

/** Parses a config's `modelOptions`. Throws LatheError `usage` naming the option. */
export function modelOptions<S extends z.ZodType>(model: string, schema: S, options: unknown): z.infer<S> {
  const parsed = schema.safeParse(options)
  if (!parsed.success) throw new LatheError('usage', `model ${model}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
  return parsed.data
}
