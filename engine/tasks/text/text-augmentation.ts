// textAugmentation: that of texts out of a recipe.
import type { TextAugmentation } from '../../contract/augment/text.ts'
import type { TrainConfig } from '../../contract/recipe.ts'

/** Null where it is off, or of another kind of sample. */
export function textAugmentation({ augment }: TrainConfig): TextAugmentation | null {
  return augment && 'kind' in augment && augment.kind === 'text' ? augment : null
}
