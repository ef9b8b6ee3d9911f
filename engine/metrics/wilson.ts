// Wilson score interval of a proportion.
import type { Interval } from './metric.ts'

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054

/** 95 % interval. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927. */
export function wilson(successes: number, n: number): Interval {
  const p = successes / n
  const z2 = Z * Z
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
