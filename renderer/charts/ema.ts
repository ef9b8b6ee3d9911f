// Debiased exponential moving average, the smoothing of every curve.

/**
 * `factor` 0 returns the values, 0.99 smooths the most. The start is not pulled towards zero:
 * y[i] = (Σ factor^(i−j) · x[j]) ÷ (Σ factor^(i−j)), as Adam's bias correction (Kingma & Ba, 2015).
 * Values that are not finite are passed through and do not enter the average.
 */
export function ema(values: readonly number[], factor: number): number[] {
  if (factor <= 0) return [...values]
  let sum = 0
  let weight = 0
  return values.map((value) => {
    if (!Number.isFinite(value)) return value
    sum = factor * sum + (1 - factor) * value
    weight = factor * weight + (1 - factor)
    return sum / weight
  })
}
