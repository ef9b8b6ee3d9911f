// Registry of optimizers by name.
import { LatheError } from '../contract/errors.ts'
import { adadelta } from './adadelta.ts'
import { adagrad } from './adagrad.ts'
import { adam } from './adam.ts'
import { adamax } from './adamax.ts'
import { adamw } from './adamw.ts'
import { lbfgs } from './lbfgs.ts'
import { lion } from './lion.ts'
import { momentum } from './momentum.ts'
import { nadam } from './nadam.ts'
import { nesterov } from './nesterov.ts'
import type { OptimizerDef } from './optimizer.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

export const optimizers = {
  sgd,
  momentum,
  nesterov,
  adam,
  adamw,
  nadam,
  adamax,
  rmsprop,
  adagrad,
  adadelta,
  lion,
  lbfgs,
} satisfies Record<string, OptimizerDef>

/** Throws LatheError `usage` for an unknown name. */
export function optimizer(name: string): OptimizerDef {
  const found: OptimizerDef | undefined = (optimizers as Record<string, OptimizerDef>)[name]
  if (!found) throw new LatheError('usage', `there is no optimizer '${name}'; there are ${Object.keys(optimizers).join(', ')}`)
  return found
}
