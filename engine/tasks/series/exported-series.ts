// The file's side of tasks on whole series: values in their own units and the number of real steps.
import { tensor } from '../../compile/program.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { AttributionMap, ExportDef } from '../task.ts'
import { fitSeries, readSeries } from './series-set.ts'

export const exportedSeries: Pick<ExportDef, 'inputs' | 'describe' | 'feeds'> = {
  inputs: (graph, config) => {
    const { channels, steps } = inputOf('series', config)
    return { series: graph.input('series', 'float32', ['N', channels.length, steps]), length: graph.input('length', 'int64', ['N']) }
  },
  describe: (config) => {
    const { channels, steps, rate, mean, std } = inputOf('series', config)
    return {
      name: 'series',
      dtype: 'float32',
      layout: 'N, channels, steps',
      channels,
      steps,
      rate,
      mean,
      std,
      length: 'int64 [N]: real steps of each series; what stands behind them does not count',
      preprocessing: 'inside the model: (value - mean) / std by channel; bring series to the rate first, and longer ones to the number of steps',
    }
  },
  feeds: (bytes, config) => {
    const input = inputOf('series', config)
    const { values, length } = fitSeries(readSeries(bytes, 'the series'), input, 'the series')
    const series = new Float32Array(input.channels.length * input.steps)
    input.channels.forEach((_, c) => {
      series.set(values.subarray(c * length, (c + 1) * length), c * input.steps)
    })
    return Promise.resolve({ series: tensor('float32', series, [1, input.channels.length, input.steps]), length: tensor('int64', BigInt64Array.of(BigInt(length)), [1]) })
  },
}

/** Channels over time. */
export function seriesAttribution(config: TrainConfig): AttributionMap {
  const { channels, steps } = inputOf('series', config)
  return { kind: 'series', height: channels.length, width: steps, cell: (i) => i, baseline: null }
}

export function seriesLabels(config: TrainConfig): { readonly rows: readonly string[]; readonly columns: readonly string[] } {
  const { channels, steps, rate } = inputOf('series', config)
  return { rows: channels, columns: Array.from({ length: steps }, (_, t) => (rate === null ? String(t) : `${(t / rate).toFixed(2)} s`)) }
}
