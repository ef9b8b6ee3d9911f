// SpecAugment in the graph: what masks cover becomes the mean. Which they are is fed; nothing is drawn in the graph.
import type { AudioAugmentation } from '../contract/augment/audio.ts'
import type { Value } from '../graph/graph.ts'
import { cast, less, mul, slice, sub, unsqueeze } from '../ops/build.ts'

/** `map` [N, 1, bands, frames], `masks` float [N, 2 · masks] as `drawMasks` writes them. A mask that ends where it begins covers nothing. */
export function applyMasks(map: Value, masks: Value, { bandMasks, timeMasks }: Pick<AudioAugmentation, 'bandMasks' | 'timeMasks'>): Value {
  const [, , bands = 0, frames = 0] = map.shape
  let kept = map
  for (let i = 0; i < bandMasks + timeMasks; i++) {
    const overBands = i < bandMasks
    const size = Number(overBands ? bands : frames)
    const places = map.graph.constant(Float32Array.from({ length: size }, (_, k) => k), 'float32', [1, size])
    const edge = (k: number): Value => slice(masks, { starts: [2 * i + k], ends: [2 * i + k + 1], axes: [1] })
    // Of [first, end): 1 from first on, less 1 from end on.
    const before = (k: number): Value => cast(less(places, edge(k)), 'float32')
    const inside = sub(before(1), before(0))
    kept = mul(kept, unsqueeze(sub(1, inside), overBands ? [1, 3] : [1, 2]))
  }
  return kept
}
