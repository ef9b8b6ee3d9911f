// The weight of each class in the loss, as the recipe says or so that all classes count the same.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'

/** `counts`: labelled samples of each class. Balanced: samples / (classes · samples of the class), King and Zeng, "Logistic regression in rare events data", 2001; classes without samples get 0. Throws LatheError `usage` for a list of another length. */
export function classWeights(config: Pick<TrainConfig, 'classWeights'>, counts: readonly number[]): readonly number[] | null {
  const wanted = config.classWeights
  if (wanted === null) return null
  if (wanted === 'balanced') {
    const present = counts.filter((n) => n > 0).length
    const total = counts.reduce((a, b) => a + b, 0)
    return counts.map((n) => (n > 0 ? total / (present * n) : 0))
  }
  if (wanted.length !== counts.length) throw new LatheError('usage', `classWeights: ${wanted.length} weights for ${counts.length} classes; give one for each class, or 'balanced'`)
  if (wanted.every((w) => w === 0)) throw new LatheError('usage', 'classWeights: all are 0, so there is nothing to learn; at least one must be more')
  return wanted
}
