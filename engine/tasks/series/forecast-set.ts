// ForecastSet: windows of a series as rows of a data set: the past as a feature, the horizon as the target.
import { LatheError } from '../../contract/errors.ts'
import type { ForecastInput } from '../../contract/inputs/forecast.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { DataSet, TensorData, TensorSpec } from '../../data/types.ts'
import { seasonalNaive } from '../../series/baselines.ts'
import { describeStep, formatTime, timeAt } from '../../series/time.ts'
import { timeline, type Timeline, type TimelineRow } from '../../series/timeline.ts'
import { origins, type Marks } from '../../series/windows.ts'
import type { LoadRequest } from '../task.ts'
import { timelineRow } from './forecast-rows.ts'

/** What one window is scored against. */
export interface ForecastTruth {
  /** Of the horizon. */
  readonly times: readonly (string | number)[]
  /** NaN beyond the end of the data. */
  readonly values: Float64Array
  /** 1 where the value was measured. */
  readonly observed: Uint8Array
  /** What the seasonal naive forecast says. */
  readonly reference: Float64Array
  /** The steps before, of the value alone. */
  readonly past: { readonly times: readonly (string | number)[]; readonly values: Float64Array }
}

export const forecastFeatures = ({ context, columns }: ForecastInput): Record<string, TensorSpec> => ({ past: { dtype: 'float32', shape: [context, columns.length] } })
export const forecastTargets = ({ horizon }: ForecastInput): Record<string, TensorSpec> => ({ future: { dtype: 'float32', shape: [horizon] }, observed: { dtype: 'float32', shape: [horizon] } })

/** Throws LatheError `data` for rows that make no series, or one too short for a window. */
export async function forecastSet(request: LoadRequest): Promise<DataSet> {
  const input = inputOf('forecast', request.config)
  const rows: TimelineRow[] = []
  for (const sample of [...request.samples, ...request.others]) {
    request.signal?.throwIfAborted()
    rows.push(timelineRow(sample, await request.read(sample.id), input.columns.slice(1)))
  }
  const line = timeline(rows, input.axis)
  const own = new Set(request.samples.map((s) => s.id))
  const marks: Marks<'own' | 'other'> = Array.from(line.ids, (id) => (id < 0 ? null : own.has(id) ? 'own' : 'other'))
  const starts = request.purpose === 'predict' ? [marks.lastIndexOf('own') + 1].filter((o) => o >= input.context) : [...origins(marks, 'own', input.context, input.horizon)]
  const used = starts.filter((o) => request.purpose === 'predict' || measured(line, o, input.horizon))
  if (used.length === 0) throw new LatheError('data', tooShort(request, line, input, marks.lastIndexOf('own') + 1))
  return setOf(line, Int32Array.from(used), input, request.purpose === 'predict')
}

function tooShort({ purpose, samples }: LoadRequest, line: Timeline, { context, horizon, axis }: ForecastInput, before: number): string {
  const step = describeStep({ ...axis, start: 0 })
  if (purpose === 'predict') return `a forecast reads the ${context} steps of ${step} before it, there are ${before}: bring earlier rows, or choose a later place`
  return `${samples.length} rows of this split in ${line.length} steps of ${step} hold no window of ${context} steps followed by ${horizon} steps of the split; split the series by time, or use a shorter input.context or input.horizon`
}

function measured(line: Timeline, origin: number, horizon: number): boolean {
  return line.observed.subarray(origin, origin + horizon).includes(1)
}

function setOf(line: Timeline, starts: Int32Array, input: ForecastInput, ahead: boolean): DataSet {
  const { context, horizon, season } = input
  const width = input.columns.length
  const [values = new Float64Array()] = line.columns
  const idAt = (origin: number): number => {
    // The first step that has a row; ahead of the data the last one known.
    const from = ahead ? line.ids.subarray(0, origin).findLastIndex((id) => id >= 0) : origin + line.ids.subarray(origin).findIndex((id) => id >= 0)
    return line.ids[from] ?? -1
  }
  const timesOf = (from: number, count: number): (string | number)[] => Array.from({ length: count }, (_, i) => formatTime(timeAt(line.axis, from + i)))
  return {
    count: starts.length,
    ids: starts.map(idAt),
    labels: new Int32Array(starts.length).fill(ahead ? -1 : 0),
    tensors: { ...forecastFeatures(input), ...forecastTargets(input) },
    fill: (rows, out) => {
      for (let i = 0; i < rows.length; i++) {
        const origin = starts[rows[i] ?? 0] ?? 0
        const { past, future, observed } = out as Readonly<Record<string, TensorData | undefined>>
        if (past) for (let t = 0; t < context; t++) for (let c = 0; c < width; c++) past[(i * context + t) * width + c] = line.columns[c]?.[origin - context + t] ?? 0
        for (let h = 0; h < horizon; h++) {
          if (future) future[i * horizon + h] = values[origin + h] ?? 0
          if (observed) observed[i * horizon + h] = line.observed[origin + h] ?? 0
        }
      }
    },
    truth: (row): ForecastTruth => {
      const origin = starts[row] ?? 0
      return {
        times: timesOf(origin, horizon),
        values: Float64Array.from({ length: horizon }, (_, h) => values[origin + h] ?? NaN),
        observed: Uint8Array.from({ length: horizon }, (_, h) => line.observed[origin + h] ?? 0),
        reference: seasonalNaive(values.subarray(0, origin), horizon, season),
        past: { times: timesOf(origin - context, context), values: values.slice(origin - context, origin) },
      }
    },
  }
}
