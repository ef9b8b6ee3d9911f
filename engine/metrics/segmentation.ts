// Metrics of segmentation: mean IoU, Dice, pixel accuracy and boundary F1, from counts of each picture, with intervals.
import { measureSums } from './bootstrap-sums.ts'
import { boundaryF1 } from './boundary-f1.ts'
import type { ClassScores } from './confusion.ts'
import type { Interval } from './metric.ts'
import { meanOf } from './average-precision.ts'

/** A class for each pixel, 0 for the background, else 1 + class. */
export interface SegmentedImage {
  readonly width: number
  readonly height: number
  readonly truth: Uint8Array
  readonly found: Uint8Array
}

export interface SegmentationScore {
  readonly metrics: Readonly<Record<string, number>>
  readonly intervals: Readonly<Record<string, Interval>>
  /** Without the background. */
  readonly classes: readonly ClassScores[]
  /** confusion[label][found] in pixels, the background first. */
  readonly confusion: readonly (readonly number[])[]
  /** Mean IoU of each picture over the classes that it has or was given. */
  readonly images: readonly number[]
}

/** Counts of one picture: labels by rows, findings by columns. */
export function pixelCounts({ truth, found }: SegmentedImage, kinds: number): Float64Array {
  const counts = new Float64Array(kinds * kinds)
  truth.forEach((label, i) => {
    const cell = label * kinds + (found[i] ?? 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  })
  return counts
}

/** IoU of each kind; NaN where it is neither labelled nor found. Everingham et al., "The Pascal visual object classes challenge", 2015, section 4.3. */
export function ious(counts: Float64Array, kinds: number): number[] {
  return Array.from({ length: kinds }, (_, k) => {
    const { hits, labelled, found } = margins(counts, kinds, k)
    return hits / (labelled + found - hits)
  })
}

function margins(counts: Float64Array, kinds: number, k: number): { hits: number; labelled: number; found: number } {
  let [labelled, found] = [0, 0]
  for (let j = 0; j < kinds; j++) {
    labelled += counts[k * kinds + j] ?? 0
    found += counts[j * kinds + k] ?? 0
  }
  return { hits: counts[k * kinds + k] ?? 0, labelled, found }
}

/** Means are over the background and all classes that are labelled or found, with pixels of all pictures counted together; boundary F1 is a mean over pictures. */
export function segmentationScore(images: readonly SegmentedImage[], classes: number, seed: number): SegmentationScore {
  const kinds = classes + 1
  const cells = kinds * kinds
  const statistics = images.map((image) => {
    const edge = boundaryF1(image, kinds)
    return Float64Array.of(...pixelCounts(image, kinds), ...(edge === null ? [0, 0] : [edge, 1]))
  })
  const dice = (sums: Float64Array): number[] =>
    Array.from({ length: kinds }, (_, k) => {
      const { hits, labelled, found } = margins(sums, kinds, k)
      return (2 * hits) / (labelled + found)
    })
  const { metrics, intervals } = measureSums(
    statistics,
    {
      miou: (sums) => meanOf(ious(sums, kinds)),
      dice: (sums) => meanOf(dice(sums)),
      'pixel-accuracy': (sums) => {
        let [hits, all] = [0, 0]
        for (let i = 0; i < cells; i++) {
          all += sums[i] ?? 0
          if (i % (kinds + 1) === 0) hits += sums[i] ?? 0
        }
        return hits / all
      },
      'boundary-f1': (sums) => (sums[cells] ?? 0) / (sums[cells + 1] ?? 0),
    },
    seed,
  )
  const total = new Float64Array(cells)
  for (const row of statistics) for (let i = 0; i < cells; i++) total[i] = (total[i] ?? 0) + (row[i] ?? 0)
  return {
    metrics,
    intervals,
    classes: Array.from({ length: classes }, (_, c): ClassScores => {
      const { hits, labelled, found } = margins(total, kinds, c + 1)
      return { precision: found > 0 ? hits / found : 0, recall: labelled > 0 ? hits / labelled : 0, f1: labelled + found > 0 ? (2 * hits) / (labelled + found) : 0, support: labelled, ...(labelled + found > 0 && { iou: hits / (labelled + found - hits) }) }
    }),
    confusion: Array.from({ length: kinds }, (_, k) => Array.from(total.subarray(k * kinds, (k + 1) * kinds))),
    images: statistics.map((counts) => meanOf(ious(counts.subarray(0, cells), kinds))),
  }
}
