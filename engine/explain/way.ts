// Way: the integral of a gradient from a baseline to a sample by the midpoint rule, on stretches that are cut smaller where the rule errs.

export interface Stretch {
  /** Of its middle, 0 to 1. */
  readonly position: number
  readonly width: number
  /** At the middle. */
  readonly score: number
  readonly gradient: Float32Array
  /** What the score changes by where the whole way goes on like this: the gradient times sample − baseline. */
  readonly slope: number
}

/**
 * Scores tell how wrong the rule is: from one middle to the next the score changes by what half of each stretch should have added. So each
 * stretch is known for its own error, and cutting the worst in three (the middle stays one) converges fast where the gradient jumps, as in
 * networks of ReLU, and in one place only, as near a blank. Open ends: a gradient at the very baseline, where ReLUs stand at their kink, says little.
 */
export class Way {
  readonly #start: number
  readonly #end: number
  #stretches: readonly Stretch[]

  /** Scores at both ends, and stretches in order that fill 0 to 1. */
  constructor(start: number, end: number, stretches: readonly Stretch[]) {
    this.#start = start
    this.#end = end
    this.#stretches = stretches
  }

  get stretches(): readonly Stretch[] {
    return this.#stretches
  }

  get length(): number {
    return this.#stretches.length
  }

  /** How far the attributions' sum is from the change of the score, as a share of that; where the score does not change at all there is nothing to divide by: the sum itself tells. */
  gap(): number {
    const change = this.#end - this.#start
    const sum = this.#stretches.reduce((all, { slope, width }) => all + slope * width, 0)
    return Math.abs(sum - change) / (Math.abs(change) > 1e-6 ? Math.abs(change) : 1)
  }

  /** Indices of the `count` stretches that err most, in order. */
  worst(count: number): number[] {
    const list = this.#stretches
    const half = (i: number): number => ((list[i]?.slope ?? 0) * (list[i]?.width ?? 0)) / 2
    // Between the middle of stretch i − 1 (or the start) and that of stretch i (or the end).
    const errors = Array.from({ length: list.length + 1 }, (_, i) => Math.abs((list[i]?.score ?? this.#end) - (list[i - 1]?.score ?? this.#start) - half(i - 1) - half(i)))
    const width = (i: number): number => list[i]?.width ?? 0
    // Of two stretches side by side the wider one has the larger part in the error between their middles.
    const error = (i: number): number => (errors[i] ?? 0) * (width(i) / (width(i - 1) + width(i))) + (errors[i + 1] ?? 0) * (width(i) / (width(i) + width(i + 1)))
    return [...list.keys()].sort((a, b) => error(b) - error(a) || a - b).slice(0, count).sort((a, b) => a - b)
  }

  /** Cuts the stretches of `indices` in three; `added` are the first and the last third of each. */
  split(indices: readonly number[], added: readonly Omit<Stretch, 'width'>[]): void {
    const cut = new Map(indices.map((index, i) => [index, added.slice(2 * i, 2 * i + 2)]))
    this.#stretches = this.#stretches.flatMap((stretch, i) => {
      const [before, after] = cut.get(i) ?? []
      if (!before || !after) return [stretch]
      return [before, stretch, after].map((part) => ({ ...part, width: stretch.width / 3 }))
    })
  }

  /** The mean gradient of the way, in double precision. */
  integral(length: number): Float64Array {
    const sum = new Float64Array(length)
    for (const { gradient, width } of this.#stretches) for (let i = 0; i < length; i++) sum[i] = (sum[i] ?? 0) + width * (gradient[i] ?? 0)
    return sum
  }
}
