// SeriesSet: whole series as rows of a data set: at the model's rate and length, in their own units.
import { LatheError } from '../../contract/errors.ts'
import type { SeriesInput } from '../../contract/inputs/series.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import { DecodeError } from '../../data/decode-error.ts'
import type { DataSet, TensorData, TensorSpec } from '../../data/types.ts'
import { augmentSeries, type SeriesAugment } from '../../series/augment.ts'
import { parseSeries, resample, type SeriesSample } from '../../series/series-sample.ts'
import type { LoadRequest } from '../task.ts'

export const seriesFeatures = ({ channels, steps }: SeriesInput): Record<string, TensorSpec> => ({ series: { dtype: 'float32', shape: [channels.length, steps] }, length: { dtype: 'int64', shape: [] } })

/** One series as models take it: channel by channel, `length` real steps each. */
export interface FittedSeries {
  readonly values: Float32Array
  readonly length: number
}

/** @throws {LatheError} `data` naming the sample and what is wrong with it. */
export function readSeries(bytes: Uint8Array, name: string): SeriesSample {
  try {
    return parseSeries(bytes)
  } catch (error) {
    if (error instanceof DecodeError) throw new LatheError('data', `${name} ${error.reason}`, undefined, { cause: error })
    throw error
  }
}

/** Channels in the model's order, resampled to its rate where both are known, and to its length where longer. */
export function fitSeries(series: SeriesSample, input: SeriesInput, name: string): FittedSeries {
  const order = input.channels.map((c) => series.channels.indexOf(c))
  const lost = input.channels.filter((_, i) => order[i] === -1)
  if (lost.length > 0) throw new LatheError('data', `${name} has no channel '${lost.join("', '")}': it has '${series.channels.join("', '")}', the model takes '${input.channels.join("', '")}'`)
  const atRate = input.rate !== null && series.rate !== null && series.rate !== input.rate ? Math.max(2, Math.round((series.length * input.rate) / series.rate)) : series.length
  const length = Math.min(atRate, input.steps)
  const values = new Float32Array(input.channels.length * length)
  order.forEach((from, c) => {
    values.set(resample(series.values[from] ?? new Float64Array(length), length), c * length)
  })
  return { values, length }
}

/**
 * @param labelOf class index of a row for training and loss.
 * @param truth what `DataSet.truth` gives.
 */
export async function seriesSet(request: LoadRequest, samples: LoadRequest['samples'], labelOf: (i: number) => number, augment: SeriesAugment | null, truth: (i: number) => unknown = () => null): Promise<DataSet> {
  const input = inputOf('series', request.config)
  const { length: width } = input.channels
  const all: FittedSeries[] = []
  for (const { id } of samples) {
    request.signal?.throwIfAborted()
    all.push(fitSeries(readSeries(await request.read(id), `sample ${id}`), input, `sample ${id}`))
    if (all.length % 256 === 0) request.onProgress?.({ done: all.length, total: samples.length, stage: 'reading' })
  }
  return {
    count: all.length,
    ids: Int32Array.from(samples, (s) => s.id),
    labels: Int32Array.from(samples, (_, i) => labelOf(i)),
    tensors: { ...seriesFeatures(input), labels: { dtype: 'int64', shape: [] } },
    fill: (rows, out, random) => {
      const { series, length: lengths, labels } = out as Readonly<Record<string, TensorData | undefined>>
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] ?? 0
        const { values, length } = all[row] ?? { values: new Float32Array(), length: 0 }
        let shown = values
        if (augment && random) {
          shown = Float32Array.from(values)
          augmentSeries(shown, width, length, augment, random(row))
        }
        if (series) for (let c = 0; c < width; c++) for (let t = 0; t < input.steps; t++) series[(i * width + c) * input.steps + t] = t < length ? (shown[c * length + t] ?? 0) : 0
        if (lengths) lengths[i] = BigInt(length)
        if (labels) labels[i] = BigInt(Math.max(0, labelOf(row)))
      }
    },
    truth,
  }
}
