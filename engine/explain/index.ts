// Registry of explanation methods.
import { LatheError } from '../contract/errors.ts'
import type { ExplainMethod } from './method.ts'
import { gradCam } from './methods/grad-cam.ts'
import { integratedGradients } from './methods/integrated-gradients.ts'
import { saliency } from './methods/saliency.ts'

export const methods = {
  'integrated-gradients': integratedGradients,
  'grad-cam': gradCam,
  saliency,
} satisfies Record<string, ExplainMethod>
export type MethodName = keyof typeof methods

/** Throws LatheError `usage` for an unknown name. */
export function method(name: string): ExplainMethod {
  if (!Object.hasOwn(methods, name)) throw new LatheError('usage', `there is no explanation method '${name}'; there are: ${Object.keys(methods).join(', ')}`)
  return methods[name as MethodName]
}
