// Detection by a score: the threshold that a validation split suggests, and how its alarms hit.

export interface Threshold {
  readonly value: number
  /** How it was chosen, for people. */
  readonly rule: string
}

/** Share of normal samples that may alarm where no anomalies are known to choose by. */
const FALSE_ALARMS = 0.01

/**
 * Where anomalies are known: the middle between two neighbouring scores that gives the best F1 (of equals the widest gap). Where all are
 * normal: the score that 99 % of them stay below.
 * @param positive true for anomalies.
 */
export function chooseThreshold(scores: ArrayLike<number>, positive: ArrayLike<number | boolean>): Threshold {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const at = (i: number): number => scores[order[i] ?? 0] ?? 0
  const total = order.filter((i) => positive[i]).length
  if (total === 0) {
    const value = at(Math.floor(FALSE_ALARMS * order.length))
    return { value, rule: `the score that 99 % of ${order.length} normal validation samples stay below` }
  }
  let best = { f1: -1, gap: 0, value: at(0) }
  let hits = 0
  order.forEach((index, i) => {
    if (positive[index]) hits++
    const [here, next] = [at(i), i + 1 < order.length ? at(i + 1) : at(i) * 0.9]
    if (here === next) return
    const f1 = (2 * hits) / (i + 1 + total)
    if (f1 > best.f1 + 1e-12 || (f1 > best.f1 - 1e-12 && here - next > best.gap)) best = { f1, gap: here - next, value: (here + next) / 2 }
  })
  return { value: best.value, rule: `best F1 on ${order.length} validation samples, ${total} of them anomalies` }
}

export interface Alarms {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Of the rule "score above threshold". 0 where nothing is found. */
export function alarmsAt(threshold: number, scores: ArrayLike<number>, positive: ArrayLike<number | boolean>): Alarms {
  let [hits, alarms, total] = [0, 0, 0]
  for (let i = 0; i < scores.length; i++) {
    const alarm = (scores[i] ?? 0) > threshold
    if (alarm) alarms++
    if (positive[i]) total++
    if (alarm && positive[i]) hits++
  }
  const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b)
  return { precision: ratio(hits, alarms), recall: ratio(hits, total), f1: ratio(2 * hits, alarms + total) }
}
