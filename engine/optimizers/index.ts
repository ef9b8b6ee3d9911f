// Registry of optimizers by name.
import { LatheError } from '../contract/errors.ts'
import { adam } from './adam.ts'
import { adamw } from './adamw.ts'
import { momentum } from './momentum.ts'
import type { OptimizerDef } from './optimizer.ts'
import { sgd } from './sgd.ts'

export const optimizers = {
  sgd,
  momentum,
  adam,
  adamw,
} satisfies Record<string, OptimizerDef>

/** Throws LatheError `usage` for an unknown name. */
export function optimizer(name: string): OptimizerDef {
  const found: OptimizerDef | undefined = (optimizers as Record<string, OptimizerDef>)[name]
  if (!found) throw new LatheError('usage', `there is no optimizer '${name}'; there are ${Object.keys(optimizers).join(', ')}`)
  return found
}
