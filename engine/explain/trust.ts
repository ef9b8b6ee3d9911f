// Trust in a map, in words: completeness, and whether the map depends on what the model has learned.
import type { Explanation } from '../contract/commands.ts'

type Verdict = Explanation['trust']['verdict']
interface Finding {
  readonly verdict: Verdict
  readonly reason: string
}

/** Ranks from 0, ties sharing their mean. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const out = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to++
    for (let i = from; i <= to; i++) out[order[i] ?? 0] = (from + to) / 2
    from = to + 1
  }
  return out
}

/** Spearman's rank correlation; 0 where one of the two is constant. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const x = ranks(a)
  const y = ranks(b)
  const mean = (x.length - 1) / 2
  let xy = 0
  let xx = 0
  let yy = 0
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] ?? 0) - mean
    const dy = (y[i] ?? 0) - mean
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy)
}

const percent = (v: number): string => `${(v * 100).toPrecision(2)} %`

/** The convergence gap in words: within 1 % passes, within 5 % warns. */
export function completeness(gap: number): Finding {
  if (gap <= 0.01) return { verdict: 'pass', reason: `The attributions add up to the change of the score within ${percent(Math.max(gap, 1e-6))}.` }
  return { verdict: gap <= 0.05 ? 'warn' : 'fail', reason: `The attributions miss the change of the score by ${percent(gap)}: more steps would make the map more exact.` }
}

/**
 * Parameter randomisation check: Adebayo et al., "Sanity checks for saliency maps", NeurIPS 2018.
 * @param correlations rank correlation of the map with its likes under randomised last layers; the mean size counts:
 * up to 0.5 passes, up to 0.8 warns.
 */
export function randomisation(correlations: readonly number[]): Finding {
  const mean = correlations.reduce((sum, r) => sum + Math.abs(r), 0) / Math.max(1, correlations.length)
  const measured = `mean rank correlation ${mean.toFixed(2)} over ${correlations.length} draws`
  if (mean <= 0.5) return { verdict: 'pass', reason: `With the last layer randomised the map becomes another one (${measured}): it shows what the model has learned.` }
  if (mean <= 0.8) return { verdict: 'warn', reason: `With the last layer randomised the map stays partly alike (${measured}): some of it shows the picture, not the model.` }
  return { verdict: 'fail', reason: `With the last layer randomised the map stays alike (${measured}): it shows the picture, not what the model has learned.` }
}

/** A map without any entry says nothing. */
export function emptiness(map: Float32Array): Finding | null {
  return map.every((v) => v === 0) ? { verdict: 'fail', reason: 'The map is empty: by this method nothing in the picture speaks for the class.' } : null
}

const ORDER: readonly Verdict[] = ['pass', 'warn', 'fail']

/** The worst finding decides. */
export function verdict(findings: readonly Finding[]): Explanation['trust'] {
  const worst = Math.max(0, ...findings.map((f) => ORDER.indexOf(f.verdict)))
  return { verdict: ORDER[worst] ?? 'fail', reasons: findings.map((f) => f.reason) }
}
