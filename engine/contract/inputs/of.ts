// inputOf: the input of a recipe, of the kind that the caller works with.
import { LatheError } from '../errors.ts'
import type { ModelInput, ModelInputKind } from './index.ts'

/** Throws LatheError `usage` where the recipe is for another kind of data. */
export function inputOf<K extends ModelInputKind>(kind: K, { task, input }: { readonly task: string; readonly input: ModelInput }): Extract<ModelInput, { readonly kind: K }> {
  if (input.kind !== kind) throw new LatheError('usage', `the recipe of task ${task} says input.kind '${input.kind}', expected '${kind}'; use a recipe made for this task`)
  return input as Extract<ModelInput, { readonly kind: K }>
}
