// Zooming and panning of a range by keys.
import type { Zoom } from './line-option.ts'

/** Scaled about its middle, kept inside `full`; null when it would show all. */
export function scaled([low, high]: Zoom, factor: number, full: Zoom): Zoom | null {
  const half = ((high - low) * factor) / 2
  const middle = (low + high) / 2
  const next: Zoom = [Math.max(full[0], middle - half), Math.min(full[1], middle + half)]
  return next[0] <= full[0] && next[1] >= full[1] ? null : next
}

/** Moved by `share` of its length, kept inside `full`; null when it shows all. */
export function panned([low, high]: Zoom, share: number, full: Zoom): Zoom | null {
  if (low <= full[0] && high >= full[1]) return null
  const by = Math.min(full[1] - high, Math.max(full[0] - low, (high - low) * share))
  return [low + by, high + by]
}
