// Metrics of object detection: mean average precision as COCO counts it, for each class and over all, with intervals.
import { interpolatedPrecision, meanOf } from './average-precision.ts'
import type { ClassScores } from './confusion.ts'
import type { Interval } from './metric.ts'
import { scoresOf } from './multilabel.ts'
import { resample } from './resample.ts'

export interface Box {
  readonly class: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface ScoredBox extends Box {
  readonly score: number
}
export interface DetectedImage {
  readonly truth: readonly Box[]
  readonly found: readonly ScoredBox[]
}

/** IoU from which a box is the one that was labelled: 0.5, 0.55 … 0.95. */
const THRESHOLDS = Array.from({ length: 10 }, (_, i) => 0.5 + 0.05 * i)
/** Boxes that count for each picture, as COCO has it. */
const MOST = 100
/** Score from which a box is said to be there, for precision, recall and F1. */
export const SAID = 0.5

export interface DetectionScore {
  readonly metrics: Readonly<Record<string, number>>
  readonly intervals: Readonly<Record<string, Interval>>
  readonly classes: readonly ClassScores[]
}

export function iou(a: Box, b: Box): number {
  const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (w <= 0 || h <= 0) return 0
  return (w * h) / (a.width * a.height + b.width * b.height - w * h)
}

/** One box found: in which picture, how sure, and at which thresholds it is a labelled one (a bit each). */
interface Ranking {
  readonly image: number
  readonly score: number
  readonly hits: number
}

/** Lin et al., "Microsoft COCO", ECCV 2014: at each threshold the surest box takes the unmatched label of its class that it covers best. */
export function detectionScore(images: readonly DetectedImage[], classes: number, seed: number): DetectionScore {
  const rankings = Array.from({ length: classes }, (): Ranking[] => [])
  const labelled = Array.from({ length: classes }, () => new Float64Array(images.length))
  images.forEach(({ truth, found }, image) => {
    for (const box of truth) {
      const counts = labelled[box.class]
      if (counts) counts[image] = (counts[image] ?? 0) + 1
    }
    const kept = [...found].sort((a, b) => b.score - a.score).slice(0, MOST)
    rankings.forEach((ranking, c) => {
      ranking.push(...matches(kept.filter((box) => box.class === c), truth.filter((box) => box.class === c)).map((match) => ({ ...match, image })))
    })
  })
  for (const ranking of rankings) ranking.sort((a, b) => b.score - a.score)
  const weights = new Float64Array(images.length)
  const measure = (rows: Int32Array): Measured => {
    weights.fill(0)
    for (const row of rows) weights[row] = (weights[row] ?? 0) + 1
    return measureWeighted(rankings, labelled, weights)
  }
  const all = measure(Int32Array.from({ length: images.length }, (_, i) => i))
  return { metrics: all.metrics, classes: all.classes, intervals: resample(images.length, (rows) => measure(rows).metrics, seed) }
}

/** Of one class in one picture; `found` by falling score. */
function matches(found: readonly ScoredBox[], truth: readonly Box[]): { score: number; hits: number }[] {
  const overlaps = found.map((box) => truth.map((label) => iou(box, label)))
  const bits = found.map(() => 0)
  THRESHOLDS.forEach((threshold, t) => {
    const taken = new Set<number>()
    overlaps.forEach((row, i) => {
      let [best, at] = [threshold, -1]
      row.forEach((overlap, j) => {
        if (overlap >= best && !taken.has(j)) [best, at] = [overlap, j]
      })
      if (at < 0) return
      taken.add(at)
      bits[i] = (bits[i] ?? 0) | (1 << t)
    })
  })
  return found.map(({ score }, i) => ({ score, hits: bits[i] ?? 0 }))
}

/** What one picture adds to mAP at an IoU of 0.5, as plain numbers: how many classes, how many labels of each, then class, score and hit (1 or 0) of each box found. */
export function imageValues({ truth, found }: DetectedImage, classes: number): number[] {
  const kept = [...found].sort((a, b) => b.score - a.score).slice(0, MOST)
  const counts = Array.from({ length: classes }, (_, c) => truth.filter((box) => box.class === c).length)
  const boxes = counts.flatMap((_, c) => matches(kept.filter((box) => box.class === c), truth.filter((box) => box.class === c)).flatMap(({ score, hits }) => [c, score, hits & 1]))
  return [classes, ...counts, ...boxes]
}

/** mAP at an IoU of 0.5 of pictures by their `imageValues`. */
export function map50OfValues(images: readonly ArrayLike<number>[]): number {
  const classes = images[0]?.[0] ?? 0
  const positives = new Float64Array(classes)
  const rankings = Array.from({ length: classes }, (): { score: number; hit: boolean }[] => [])
  for (const image of images) {
    for (let c = 0; c < classes; c++) positives[c] = (positives[c] ?? 0) + (image[1 + c] ?? 0)
    for (let i = 1 + classes; i < image.length; i += 3) rankings[image[i] ?? 0]?.push({ score: image[i + 1] ?? 0, hit: image[i + 2] === 1 })
  }
  return meanOf(rankings.map((ranking, c) => {
    ranking.sort((a, b) => b.score - a.score)
    return interpolatedPrecision({ count: ranking.length, score: (i) => ranking[i]?.score ?? 0, weight: () => 1, hit: (i) => ranking[i]?.hit ?? false }, positives[c] ?? 0)
  }))
}

interface Measured {
  readonly metrics: Record<string, number>
  readonly classes: ClassScores[]
}

function measureWeighted(rankings: readonly (readonly Ranking[])[], labelled: readonly Float64Array[], weights: Float64Array): Measured {
  let [hits, said, there] = [0, 0, 0]
  const each = rankings.map((ranking, c) => {
    const positives = (labelled[c] ?? new Float64Array()).reduce((sum, n, image) => sum + n * (weights[image] ?? 0), 0)
    const at = THRESHOLDS.map((_, t) => interpolatedPrecision({ count: ranking.length, score: (i) => ranking[i]?.score ?? 0, weight: (i) => weights[ranking[i]?.image ?? 0] ?? 0, hit: (i) => (((ranking[i]?.hits ?? 0) >> t) & 1) === 1 }, positives))
    let [mine, own] = [0, 0]
    for (const { image, score, hits: bits } of ranking) {
      if (score < SAID) break
      own += weights[image] ?? 0
      if (bits & 1) mine += weights[image] ?? 0
    }
    hits += mine
    said += own
    there += positives
    return { at, scores: { ...scoresOf(mine, own, positives, meanOf(at)), ...(positives > 0 && { ap50: at[0] ?? 0 }) } }
  })
  const mean = (t: number): number => meanOf(each.map(({ at }) => at[t] ?? NaN))
  return {
    metrics: { map50: mean(0), map: meanOf(THRESHOLDS.map((_, t) => mean(t))), map75: mean(5), precision: said > 0 ? hits / said : NaN, recall: there > 0 ? hits / there : NaN, f1: said + there > 0 ? (2 * hits) / (said + there) : NaN },
    classes: each.map(({ scores }) => scores),
  }
}
