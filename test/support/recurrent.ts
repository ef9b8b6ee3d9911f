// Recurrent layers by the definition, one number at a time, for the tests of RNN, GRU and LSTM.
import type { InputCase } from './check-op.ts'

export const at = (v: readonly number[], i: number): number => v[i] ?? NaN

export interface Sizes {
  readonly batch: number
  readonly time: number
  readonly features: number
  readonly hidden: number
  readonly directions: 1 | 2
  readonly gates: number
}

/** Inputs with the batch first (the tests transpose): x, W, R, B, lengths, initial states. */
export function recurrentCases({ batch, time, features, hidden, directions, gates }: Sizes, lengths: readonly number[], states: number): InputCase[] {
  return [
    { shape: [batch, time, features], range: [-1, 1] },
    { shape: [directions, gates * hidden, features], range: [-1, 1] },
    { shape: [directions, gates * hidden, hidden], range: [-1, 1] },
    { shape: [directions, 2 * gates * hidden], range: [-1, 1] },
    { shape: [batch], dtype: 'int32', values: lengths },
    ...Array.from({ length: states }, (): InputCase => ({ shape: [batch, directions, hidden], range: [-1, 1] })),
  ]
}

export interface Cell {
  /** Row `row` of W times the input of this step, and of R times a state. */
  readonly input: (row: number) => number
  readonly recurrent: (row: number, state: readonly number[]) => number
  readonly inputBias: (row: number) => number
  readonly recurrentBias: (row: number) => number
}

/** Runs `step` over each sequence; gives Y [T, D, B, H] and the last states [D, B, H]. */
export function recurrentReference(sizes: Sizes, data: readonly (readonly number[])[], reverse: readonly boolean[], step: (cell: Cell, states: readonly number[][]) => number[][]): number[][] {
  const { batch, time, features, hidden, directions, gates } = sizes
  const [x = [], w = [], r = [], b = [], lengths = [], ...initial] = data
  const y = new Array<number>(time * directions * batch * hidden).fill(0)
  const last = initial.map(() => new Array<number>(directions * batch * hidden).fill(0))
  for (let d = 0; d < directions; d++)
    for (let n = 0; n < batch; n++) {
      let states = initial.map((s) => s.slice((n * directions + d) * hidden, (n * directions + d + 1) * hidden))
      const length = at(lengths, n)
      for (let s = 0; s < length; s++) {
        const t = reverse[d] ? length - 1 - s : s
        const rows = gates * hidden
        const dot = (m: readonly number[], row: number, v: (i: number) => number, size: number): number => Array.from({ length: size }, (_, i) => at(m, (d * rows + row) * size + i) * v(i)).reduce((p, q) => p + q, 0)
        states = step(
          {
            input: (row) => dot(w, row, (i) => at(x, (n * time + t) * features + i), features),
            recurrent: (row, state) => dot(r, row, (i) => at(state, i), hidden),
            inputBias: (row) => at(b, 2 * d * rows + row),
            recurrentBias: (row) => at(b, (2 * d + 1) * rows + row),
          },
          states,
        )
        states[0]?.forEach((v, i) => (y[((t * directions + d) * batch + n) * hidden + i] = v))
      }
      states.forEach((s, k) => {
        s.forEach((v, i) => {
          const target = last[k]
          if (target) target[(d * batch + n) * hidden + i] = v
        })
      })
    }
  return [y, ...last]
}

export const sigmoidOf = (v: number): number => 1 / (1 + Math.exp(-v))
