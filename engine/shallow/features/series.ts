// Features of series: for each channel its moments, range, quartiles and turns, and its mean and spread in eight parts of time.
import { parseSeries } from '../../series/series-sample.ts'
import type { FeatureDef } from './features.ts'

const PARTS = 8
const OF_ALL = ['mean', 'deviation', 'least', 'most', 'lower quartile', 'median', 'upper quartile', 'mean step', 'turns'] as const

function summary(values: Float64Array): number[] {
  const n = Math.max(1, values.length)
  const sorted = values.slice().sort()
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
  const steps = values.subarray(1).map((v, i) => v - (values[i] ?? 0))
  const turns = steps.subarray(1).filter((s, i) => s * (steps[i] ?? 0) < 0).length
  const all = moments(values)
  const parts = Array.from({ length: PARTS }, (_, p) => moments(values.subarray(Math.floor((p * n) / PARTS), Math.max(Math.floor((p * n) / PARTS) + 1, Math.floor(((p + 1) * n) / PARTS)))))
  return [all.mean, all.deviation, at(0), at(1), at(0.25), at(0.5), at(0.75), steps.reduce((sum, s) => sum + Math.abs(s), 0) / n, turns / n, ...parts.flatMap((p) => [p.mean, p.deviation])]
}

function moments(values: Float64Array): { mean: number; deviation: number } {
  const n = Math.max(1, values.length)
  const mean = values.reduce((sum, v) => sum + v, 0) / n
  return { mean, deviation: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n) }
}

export const series: FeatureDef = {
  title: 'moments, range, quartiles and turns of each channel, and its course in eight parts',
  fit: (samples) => {
    const { channels } = samples[0] ? parseSeries(samples[0]) : { channels: [] }
    const names = channels.flatMap((channel) => [...OF_ALL, ...Array.from({ length: PARTS }, (_, p) => [`mean of part ${p + 1}`, `deviation of part ${p + 1}`]).flat()].map((what) => `${channel}: ${what}`))
    return {
      names,
      counts: false,
      of: (bytes) => {
        const found = Float32Array.from(parseSeries(bytes).values.flatMap(summary))
        const out = new Float32Array(names.length)
        out.set(found.subarray(0, names.length))
        return out
      },
      describe: () => ({ summary: OF_ALL, parts: PARTS, channels }),
    }
  },
}
