// Where a recording stands in the stretch that a model hears: even silence around a short one, the loudest part of a long one.

/** First sample of the `length` with the most energy, in steps of a fiftieth; 0 where the recording is no longer. */
export function loudest(samples: Float32Array, length: number): number {
  if (samples.length <= length) return 0
  const step = Math.max(1, Math.floor(length / 50))
  const energy = (from: number, to: number): number => {
    let sum = 0
    for (let i = from; i < to; i++) sum += (samples[i] ?? 0) ** 2
    return sum
  }
  let sum = energy(0, length)
  let best = { at: 0, sum }
  for (let at = step; at + length <= samples.length; at += step) {
    sum += energy(at - step + length, at + length) - energy(at - step, at)
    // Rounding must not move the choice where all is equally loud.
    if (sum > best.sum * (1 + 1e-9)) best = { at, sum }
  }
  return best.at
}

/** How `place` lays a recording: `middle` for sounds as a whole, `start` for speech that is read from its beginning. */
export type Anchor = 'middle' | 'start'

/** Writes `samples` into the `length` values of `out` from `at` on, silence around them; a long recording loses what is outside its loudest part, or its end. */
export function place(samples: Float32Array, out: Float32Array, at: number, length: number, anchor: Anchor): void {
  out.fill(0, at, at + length)
  if (samples.length > length) {
    const from = anchor === 'middle' ? loudest(samples, length) : 0
    out.set(samples.subarray(from, from + length), at)
    return
  }
  out.set(samples, at + (anchor === 'middle' ? Math.floor((length - samples.length) / 2) : 0))
}
