// Changing the input of a model and keeping its normalisation whole.
import type { ImageInput } from '../../../engine/contract/recipe.ts'

/** Grey → colour repeats mean and std; colour → grey averages them. */
export function withChannels(input: ImageInput, channels: 1 | 3): ImageInput {
  if (input.channels === channels) return input
  const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
  const spread = (values: readonly number[]): number[] => (channels === 1 ? [average(values)] : Array.from({ length: 3 }, () => average(values)))
  return { ...input, channels, mean: spread(input.mean), std: spread(input.std) }
}
