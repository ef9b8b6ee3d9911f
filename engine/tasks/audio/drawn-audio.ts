// drawnAudio: what the masks of SpecAugment cover of one recording, as shares of its time and its frequencies.
import type { Covered } from '../../contract/drawn.ts'
import { featureCount, frameCount } from '../../contract/inputs/audio.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { TensorData } from '../../data/types.ts'
import { audioAugmentOf, frontOf } from './audio-set.ts'

export function drawnAudio({ covered }: Readonly<Record<string, TensorData>>, config: TrainConfig): { readonly covered: readonly Covered[] } {
  const [augment, front] = [audioAugmentOf(config), frontOf(config)]
  if (!augment || !(covered instanceof Float32Array)) return { covered: [] }
  const parts = Array.from({ length: covered.length / 2 }, (_, i): Covered => {
    const over = i < augment.bandMasks ? 'bands' : 'time'
    const size = over === 'bands' ? featureCount(front) : frameCount(front)
    return { over, from: (covered[2 * i] ?? 0) / size, to: (covered[2 * i + 1] ?? 0) / size }
  })
  return { covered: parts.filter(({ from, to }) => to > from) }
}
