// flowPaths(): the gradient at each layer of each run as lines over the layers, on a logarithmic scale.
import type { ExperimentRun } from '../../../engine/contract/experiments.ts'

export interface FlowLine {
  readonly id: string
  readonly title: string
  /** Attribute `d`. */
  readonly path: string
}
export interface FlowChart {
  readonly lines: readonly FlowLine[]
  /** Powers of ten on the y axis, with their place. */
  readonly ticks: readonly { readonly power: number; readonly y: number }[]
}

/** Smaller gradients are drawn as this: nothing can be learned from either. */
const LEAST = 1e-20

export function flowPaths(runs: readonly Pick<ExperimentRun, 'id' | 'title' | 'gradients'>[], width: number, height: number): FlowChart {
  const logs = runs.map(({ gradients }) => gradients.map(({ start }) => Math.log10(Math.max(LEAST, start))))
  const all = logs.flat()
  const low = Math.floor(Math.min(0, ...all))
  const high = Math.ceil(Math.max(low + 1, ...all))
  const y = (log: number): number => height - 2 - ((log - low) / (high - low)) * (height - 4)
  const step = Math.max(1, Math.ceil((high - low) / 6))
  return {
    lines: runs.map(({ id, title }, run) => {
      const own = logs[run] ?? []
      return { id, title, path: own.map((log, i) => `${i === 0 ? 'M' : 'L'}${(2 + (i / Math.max(1, own.length - 1)) * (width - 4)).toFixed(1)} ${y(log).toFixed(1)}`).join('') }
    }),
    ticks: Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => ({ power: high - i * step, y: y(high - i * step) })),
  }
}
