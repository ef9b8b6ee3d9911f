// What a segmenting network found, row by row, and how well that went.
import type { Outputs } from '../../contract/commands.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { TensorData } from '../../data/types.ts'
import { segmentationScore } from '../../metrics/segmentation.ts'
import { rowOf } from '../support/row-of.ts'
import type { Score, ScoredRow, ScoreRequest } from '../task.ts'
import { maskSize, resizeMask, runsOf, type Raster } from './masks.ts'

/** In pixels of the source, or of `maskSize`; null where not labelled. */
export type MaskTruth = Raster | null

type Row = Readonly<Record<string, TensorData>>

/** At the size of the source, or of `maskSize`. */
export function maskFound(row: Row, config: TrainConfig): Raster {
  const { width, height } = inputOf('image', config)
  const [data, size] = [row['mask'], row['source']]
  if (!(data instanceof Uint8Array) || !(size instanceof Float32Array)) throw new LatheError('internal', 'segmentation: no output mask or source')
  return resizeMask({ width, height, data }, maskSize({ height: size[0] ?? height, width: size[1] ?? width }))
}

/** The mask as runs, and what part of the picture each class takes. */
export function decodeMask(row: Row, config: TrainConfig, classes: readonly string[]): Outputs {
  const mask = maskFound(row, config)
  const counts = new Float64Array(classes.length + 1)
  for (const kind of mask.data) counts[kind] = (counts[kind] ?? 0) + 1
  const shares = Object.fromEntries(classes.flatMap((name, i) => ((counts[i + 1] ?? 0) > 0 ? [[name, (counts[i + 1] ?? 0) / mask.data.length] as const] : [])))
  return { ...runsOf(mask, (kind) => classes[kind] ?? String(kind)), shares }
}

export function scoreSegmentation({ set, outputs, config, classes, seed }: ScoreRequest): Score {
  const all = Array.from({ length: set.count }, (_, row) => ({ own: rowOf(outputs, row), truth: set.truth(row) as MaskTruth }))
  const images = all.flatMap(({ own, truth }) => (truth ? [{ width: truth.width, height: truth.height, truth: truth.data, found: resizeMask(maskFound(own, config), truth).data }] : []))
  if (images.length === 0) throw new LatheError('data', `none of the ${set.count} samples is labelled: give some of this split a mask to measure on it`)
  const { images: each, ...scored } = segmentationScore(images, classes.length, seed)
  let at = 0
  const rows = all.map(({ own, truth }): ScoredRow => {
    const iou = truth ? (each[at++] ?? null) : null
    const [losses, certainty] = [own['losses'], own['certainty']]
    return {
      predicted: null,
      probability: certainty instanceof Float32Array ? certainty.reduce((a, b) => a + b, 0) / Math.max(1, certainty.length) : null,
      probabilities: null,
      loss: truth && losses instanceof Float32Array ? (losses[0] ?? null) : null,
      correct: iou === null ? null : iou >= GOOD,
      output: decodeMask(own, config, classes),
    }
  })
  // Pixels by class have no confusion of samples: it stays empty, the classes' table says what there is to say.
  return { samples: images.length, metrics: scored.metrics, intervals: scored.intervals, classes: scored.classes, confusion: [], rows }
}
/** Mean IoU of a picture from which it counts as right. */
const GOOD = 0.9
