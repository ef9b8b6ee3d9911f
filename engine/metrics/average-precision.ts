// Average precision: area under the curve of precision over recall as one goes down a ranking.

/** A ranking, best first. */
export interface Ranked {
  readonly count: number
  score(i: number): number
  /** How often item `i` counts: 0 where a resample left it out. */
  weight(i: number): number
  hit(i: number): boolean
}

/** Σ (rₙ − rₙ₋₁)·pₙ over distinct scores, as scikit-learn's `average_precision_score`. `positives`: weight of all that should be found. NaN for none. */
export function averagePrecision(ranked: Ranked, positives: number): number {
  let [sum, hits, seen, before] = [0, 0, 0, 0]
  for (let i = 0; i < ranked.count; i++) {
    const weight = ranked.weight(i)
    seen += weight
    if (ranked.hit(i)) hits += weight
    // Equal scores come in together.
    if (i + 1 < ranked.count && ranked.score(i + 1) === ranked.score(i)) continue
    if (hits > before) sum += ((hits - before) / positives) * (hits / seen)
    before = hits
  }
  return positives > 0 ? sum : NaN
}

const POINTS = 101

/**
 * Mean over the recalls 0, 0.01 … 1 of the best precision at that recall or a higher one, as COCO's evaluation.
 * Lin et al., "Microsoft COCO", ECCV 2014; https://github.com/cocodataset/cocoapi. NaN without positives.
 */
export function interpolatedPrecision(ranked: Ranked, positives: number): number {
  if (positives <= 0) return NaN
  const best = new Float64Array(POINTS)
  let [hits, seen] = [0, 0]
  for (let i = 0; i < ranked.count; i++) {
    const weight = ranked.weight(i)
    if (weight === 0) continue
    seen += weight
    if (!ranked.hit(i)) continue
    hits += weight
    // The last point that this recall reaches; what it is worth to the points before is told by the sweep below.
    const point = Math.floor((hits / positives) * (POINTS - 1) + 1e-9)
    best[point] = Math.max(best[point] ?? 0, hits / seen)
  }
  let [sum, highest] = [0, 0]
  for (let point = POINTS - 1; point >= 0; point--) {
    highest = Math.max(highest, best[point] ?? 0)
    sum += highest
  }
  return sum / POINTS
}

/** Mean of the numbers that are finite; NaN where none is. */
export function meanOf(values: readonly number[]): number {
  const finite = values.filter((v) => Number.isFinite(v))
  return finite.length === 0 ? NaN : finite.reduce((a, b) => a + b, 0) / finite.length
}
