// A recording as graph nodes: the map of its bands over time, masked where the recipe masks it.
import { frontEnd } from '../../audio/front-end.ts'
import { applyMasks } from '../../audio/masks.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import { need } from '../support/one-class.ts'
import type { Values } from '../task.ts'
import { audioAugmentOf, frontOf } from './audio-set.ts'

/** `wave` [N, samples], and perhaps `covered`, to `x` [N, 1, bands, frames]. The exported file has no masks. */
export function preprocessAudio(features: Values, config: TrainConfig): Values {
  const map = frontEnd(need(features, 'wave'), frontOf(config))
  const [covered, augment] = [features['covered'], audioAugmentOf(config)]
  return { x: covered && augment ? applyMasks(map, covered, augment) : map }
}
