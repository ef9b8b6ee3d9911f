// Boundary F1: how well the outlines of found regions follow those of labelled ones.
import type { SegmentedImage } from './segmentation.ts'

/** Share of the picture's diagonal that an outline may be off, as in the paper; at least a pixel. */
const TOLERANCE = 0.0075

/**
 * Mean over the classes (without the background) that are labelled or found of the harmonic mean of precision and recall of
 * outline pixels; null where the picture has none. Csurka et al., "What is a good evaluation measure for semantic segmentation?", BMVC 2013.
 */
export function boundaryF1({ width, height, truth, found }: SegmentedImage, kinds: number): number | null {
  const reach = Math.max(1, Math.round(TOLERANCE * Math.hypot(width, height)))
  const [labelled, given] = [outlines(truth, width, height, kinds), outlines(found, width, height, kinds)]
  let [sum, count] = [0, 0]
  for (let k = 1; k < kinds; k++) {
    const [a, b] = [labelled[k] ?? [], given[k] ?? []]
    if (a.length === 0 && b.length === 0) continue
    count++
    if (a.length === 0 || b.length === 0) continue
    const precision = near(b, a, width, height, reach)
    const recall = near(a, b, width, height, reach)
    if (precision + recall > 0) sum += (2 * precision * recall) / (precision + recall)
  }
  return count === 0 ? null : sum / count
}

/** Pixels of each kind beside one of another kind or the picture's edge. */
function outlines(mask: Uint8Array, width: number, height: number, kinds: number): number[][] {
  const out = Array.from({ length: kinds }, (): number[] => [])
  mask.forEach((kind, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    const inside = x > 0 && x < width - 1 && y > 0 && y < height - 1 && mask[at - 1] === kind && mask[at + 1] === kind && mask[at - width] === kind && mask[at + width] === kind
    if (!inside) out[kind]?.push(at)
  })
  return out
}

/** Share of `pixels` with one of `others` within `reach`. */
function near(pixels: readonly number[], others: readonly number[], width: number, height: number, reach: number): number {
  const covered = new Uint8Array(width * height)
  for (const at of others) {
    const [x, y] = [at % width, Math.floor(at / width)]
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        if (dx * dx + dy * dy <= reach * reach && x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height) covered[at + dy * width + dx] = 1
      }
    }
  }
  return pixels.filter((at) => covered[at] === 1).length / pixels.length
}
