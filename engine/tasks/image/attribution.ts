// Attributions over normalised pixels: one cell a pixel, its channels together, against a black image.
import type { ImageInput } from '../../contract/recipe.ts'
import type { AttributionMap } from '../task.ts'

export function imageAttribution(input: ImageInput): AttributionMap {
  const { height, width } = input
  return { kind: 'image', height, width, cell: (i) => i % (height * width), baseline: black(input) }
}

/** A black image, normalised: [C, H, W]. */
function black({ channels, height, width, mean, std }: ImageInput): Float32Array {
  const out = new Float32Array(channels * height * width)
  for (let c = 0; c < channels; c++) out.fill(-(mean[c] ?? mean[0] ?? 0) / (std[c] ?? std[0] ?? 1), c * height * width, (c + 1) * height * width)
  return out
}
