// Specs of layers inside layers.
import { z } from 'zod'
import type { Bind, BoundLayer } from '../layer.ts'
import { chain } from './parts.ts'

/** A list of layer specs; each is checked by its own layer. */
export const specs = z.array(z.looseObject({ type: z.string() }))
export type Specs = z.output<typeof specs>

/** Activations without options that must be given. */
export const activationType = z.enum(['relu', 'leaky-relu', 'relu6', 'elu', 'selu', 'celu', 'gelu', 'silu', 'mish', 'hard-swish', 'tanh', 'sigmoid', 'softplus'])

/** The layers one after the other, named by their place and type: `1-conv2d`. */
export function chainOf(list: Specs, bind: Bind): BoundLayer {
  return chain(
    'chain',
    list.map((spec, i) => [`${i + 1}-${spec.type}`, bind(spec)] as const),
  )
}
