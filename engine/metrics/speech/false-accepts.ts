// False accepts per hour: how often a keyword is heard where none is said.
import type { Interval } from '../metric.ts'

/** Class names that stand for what is no keyword; the first five are those of Speech Commands (Warden, 2018, https://arxiv.org/abs/1804.03209). */
const OTHERS: ReadonlySet<string> = new Set(['_unknown_', '_silence_', 'unknown', 'silence', '_background_noise_', 'background', 'noise', 'other', 'none'])

/** True for a class that is no keyword: other speech, noise, silence. */
export const isNoKeyword = (className: string): boolean => OTHERS.has(className.toLowerCase())

/** Probability of at most `count` events where `mean` are expected. */
function poissonAtMost(count: number, mean: number): number {
  let term = Math.exp(-mean)
  let sum = term
  for (let k = 1; k <= count; k++) {
    term *= mean / k
    sum += term
  }
  return sum
}

/** The mean at which `poissonAtMost(count, mean)` is `p`, by bisection. */
function meanAt(count: number, p: number): number {
  let [low, high] = [0, 2 * count + 20]
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (poissonAtMost(count, middle) > p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** `accepts` in `hours` of sound without keywords, per hour, with the exact 95 % interval of a Poisson count (Garwood, 1936). */
export function falseAcceptsPerHour(accepts: number, hours: number): { readonly rate: number; readonly interval: Interval } {
  // Above some hundred the exponentials vanish, and the normal approximation is as good.
  const [low, high] = accepts > 300 ? [accepts - 1.96 * Math.sqrt(accepts), accepts + 1.96 * Math.sqrt(accepts)] : [accepts === 0 ? 0 : meanAt(accepts - 1, 0.975), meanAt(accepts, 0.025)]
  return { rate: accepts / hours, interval: { low: low / hours, high: high / hours } }
}
