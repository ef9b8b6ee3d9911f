// What a detector found, row by row, and how well that went.
import type { Outputs } from '../../contract/commands.ts'
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { TensorData } from '../../data/types.ts'
import { detectionScore, iou, SAID, type Box, type ScoredBox } from '../../metrics/detection.ts'
import { rowOf } from '../support/row-of.ts'
import type { Score, ScoredRow, ScoreRequest } from '../task.ts'

export interface DetectionTruth {
  /** In pixels of the source; null where not labelled. */
  readonly boxes: readonly Box[] | null
}

type Row = Readonly<Record<string, TensorData>>

/** Boxes in pixels of the source, the best first, within the picture. */
export function boxesFound(row: Row): ScoredBox[] {
  const [scores, classes, fractions, size] = [floats(row, 'scores'), row['classes'] as BigInt64Array, floats(row, 'fractions'), floats(row, 'source')]
  const [height = 1, width = 1] = size
  const within = (v: number | undefined, side: number): number => Math.max(0, Math.min(1, v ?? 0)) * side
  return Array.from(scores, (score, i) => {
    const [x, y, right, bottom] = [within(fractions[4 * i], width), within(fractions[4 * i + 1], height), within(fractions[4 * i + 2], width), within(fractions[4 * i + 3], height)]
    return { class: Number(classes[i] ?? 0n), x, y, width: right - x, height: bottom - y, score }
  }).filter(({ score, width: w, height: h }) => score > 0 && w > 0 && h > 0)
}

function floats(row: Row, name: string): Float32Array {
  const found = row[name]
  if (!(found instanceof Float32Array)) throw new LatheError('internal', `detection: no output '${name}'`)
  return found
}

const rounded = (v: number): number => Math.round(v * 10) / 10

/** Boxes that are said to be there, for people; all with `least` of 0. */
export function decodeBoxes(row: Row, _config: TrainConfig, classes: readonly string[]): Outputs {
  return { kind: 'boxes', boxes: boxesFound(row).filter((box) => box.score >= SHOWN).map(({ class: kind, x, y, width, height, score }) => ({ class: classes[kind] ?? String(kind), x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height), score })) }
}
/** Boxes that score less are not told: they serve ranking only. */
const SHOWN = 0.3

export function scoreDetection({ set, outputs, config, classes, seed }: ScoreRequest): Score {
  const { dense_scores: _scores, dense_boxes: _boxes, ...small } = outputs
  const all = Array.from({ length: set.count }, (_, row) => {
    const own = rowOf(small, row)
    return { own, found: boxesFound(own), truth: (set.truth(row) as DetectionTruth).boxes }
  })
  const images = all.flatMap(({ found, truth }) => (truth ? [{ found, truth }] : []))
  if (images.length === 0) throw new LatheError('data', `none of the ${set.count} samples is labelled: draw boxes on some of this split to measure on it`)
  const rows = all.map(({ own, found, truth }): ScoredRow => ({
    predicted: null,
    probability: found[0]?.score ?? null,
    probabilities: null,
    loss: truth && own['losses'] ? floats(own, 'losses')[0] ?? null : null,
    correct: truth && allRight(found.filter((box) => box.score >= SAID), truth),
    output: decodeBoxes(own, config, classes),
  }))
  return { samples: images.length, ...detectionScore(images, classes.length, seed), confusion: [], rows }
}

/** Every label found once at an IoU of 0.5, and nothing else. */
function allRight(found: readonly ScoredBox[], truth: readonly Box[]): boolean {
  if (found.length !== truth.length) return false
  const left = [...truth]
  return found.every((box) => {
    const at = left.findIndex((label) => label.class === box.class && iou(label, box) >= 0.5)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}
