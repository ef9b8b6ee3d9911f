// Blocked order of convolution weights, and the conversion of flat vectors (weights, optimizer state) to it and back.

/** Source index of each number of a blocked weight [O, C, k, k]: data as [O/b, C/b, k·k, b of C, b of O], or [O/b, C, k·k, b] where C < b. */
export function blockedOrder(shape: readonly number[], block: number): Int32Array {
  const [o = 0, c = 0, ...kernel] = shape
  const taps = kernel.reduce((a, b) => a * b, 1)
  const deep = c < block ? 1 : block
  const order = new Int32Array(o * c * taps)
  let at = 0
  for (let ob = 0; ob < o; ob += block) {
    for (let cb = 0; cb < c; cb += deep) {
      for (let t = 0; t < taps; t++) {
        for (let ci = cb; ci < cb + deep; ci++) {
          for (let oi = ob; oi < ob + block; oi++) order[at++] = (oi * c + ci) * taps + t
        }
      }
    }
  }
  return order
}

/** Where a parameter stands in the flat vector, and its order there. */
export interface Stretch {
  readonly at: number
  readonly order: Int32Array
}

/** A copy of `flat` (standard order) with the stretches in blocked order. */
export function pack(flat: Float32Array, stretches: readonly Stretch[]): Float32Array {
  const out = flat.slice()
  for (const { at, order } of stretches) for (let i = 0; i < order.length; i++) out[at + i] = flat[at + (order[i] ?? 0)] ?? 0
  return out
}

/** A copy of `flat` with the stretches back in standard order. */
export function unpack(flat: Float32Array, stretches: readonly Stretch[]): Float32Array {
  const out = flat.slice()
  for (const { at, order } of stretches) for (let i = 0; i < order.length; i++) out[at + (order[i] ?? 0)] = flat[at + i] ?? 0
  return out
}
