// Registry of model templates by name.
import { LatheError } from '../contract/errors.ts'
import { cnn } from './cnn.ts'
import { depthwiseCnn } from './depthwise-cnn.ts'
import { mlp } from './mlp.ts'
import type { ModelDef } from './model.ts'
import { residualCnn } from './residual-cnn.ts'

export const models = {
  cnn,
  mlp,
  'residual-cnn': residualCnn,
  'depthwise-cnn': depthwiseCnn,
} satisfies Record<string, ModelDef>

/** Throws LatheError `usage` for an unknown name. */
export function model(name: string): ModelDef {
  const found: ModelDef | undefined = (models as Record<string, ModelDef>)[name]
  if (!found) throw new LatheError('usage', `there is no model '${name}'; there are ${Object.keys(models).join(', ')}`)
  return found
}
