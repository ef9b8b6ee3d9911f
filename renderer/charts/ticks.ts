// Round tick values of a linear scale, for legends.

/** About `count` multiples of 1, 2 or 5 · 10ⁿ inside [low, high]. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return Number.isFinite(low) ? [low] : []
  const raw = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const factor = raw / power
  const step = power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  const digits = Math.max(0, -Math.floor(Math.log10(step)))
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toFixed(Math.min(100, digits))))
}
