// Monitor: the metric that decides which checkpoint is best and when to stop early.

/** Losses are better when smaller, all else when larger. */
export function lowerIsBetter(metric: string): boolean {
  return metric.endsWith('/loss') || metric.endsWith('/ece')
}

/** Whether `value` beats `best` by more than `minDelta`; anything beats null. */
export function improves(metric: string, value: number, best: number | null, minDelta = 0): boolean {
  if (best === null) return true
  return lowerIsBetter(metric) ? value < best - minDelta : value > best + minDelta
}
