// flowPaths(): the gradient at each layer of each run as lines over the layers, on a logarithmic scale.
import type { ExperimentRun } from '../../../engine/contract/experiments.ts'

export interface FlowLine {
  readonly id: string
  readonly title: string
  /** Attribute `d`. */
  readonly path: string
  /** Height of the last layer's value, and of the name beside it, which keeps clear of the others. */
  readonly end: number
  readonly label: number
}
export interface FlowChart {
  readonly lines: readonly FlowLine[]
  /** Powers of ten on the y axis, with their place. */
  readonly ticks: readonly { readonly power: number; readonly y: number }[]
}

/** Height of a line of names. */
const LINE = 13

/** Smaller gradients are drawn as this: nothing can be learned from either. */
const LEAST = 1e-20

export function flowPaths(runs: readonly Pick<ExperimentRun, 'id' | 'title' | 'gradients'>[], when: 'start' | 'end', width: number, height: number): FlowChart {
  const logs = runs.map(({ gradients }) => gradients.map((layer) => Math.log10(layer[when] > LEAST ? layer[when] : LEAST)))
  const all = logs.flat()
  const low = Math.floor(Math.min(0, ...all))
  const high = Math.ceil(Math.max(low + 1, ...all))
  const y = (log: number): number => height - 2 - ((log - low) / (high - low)) * (height - 4)
  const step = Math.max(1, Math.ceil((high - low) / 6))
  const ends = logs.map((own) => y(own.at(-1) ?? low))
  const labels = spread(ends, height)
  return {
    lines: runs.map(({ id, title }, run) => {
      const own = logs[run] ?? []
      return { id, title, end: ends[run] ?? 0, label: labels[run] ?? 0, path: own.map((log, i) => `${i === 0 ? 'M' : 'L'}${(2 + (i / Math.max(1, own.length - 1)) * (width - 4)).toFixed(1)} ${y(log).toFixed(1)}`).join('') }
    }),
    ticks: Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => ({ power: high - i * step, y: y(high - i * step) })),
  }
}

/** Heights near the given ones, in their order, at least a line apart and within `height`. */
function spread(heights: readonly number[], height: number): number[] {
  const order = [...heights.keys()].sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0))
  const out = [...heights]
  order.forEach((own, i) => { if (i > 0) out[own] = Math.max(out[own] ?? 0, (out[order[i - 1] ?? own] ?? 0) + LINE) })
  // What was pushed over the lower edge goes up again.
  order.toReversed().forEach((own, i, down) => { out[own] = Math.min(out[own] ?? 0, i === 0 ? height : (out[down[i - 1] ?? own] ?? 0) - LINE) })
  return out
}
