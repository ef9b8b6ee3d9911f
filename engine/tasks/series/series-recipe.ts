// What recipes on whole series measure on the training split: channels, length, rate, mean and deviation.
import { LatheError } from '../../contract/errors.ts'
import type { SeriesInput } from '../../contract/inputs/series.ts'
import type { TrainingData } from '../task.ts'
import { readSeries } from './series-set.ts'

/** Series that are looked at. */
const LOOKED_AT = 400
/** Longer series are resampled to this: a small network on a CPU trains on it in minutes. */
const MOST_STEPS = 512

/** Throws LatheError `data` where no series can be read, or all are constant. */
export async function measureSeries(data: TrainingData): Promise<SeriesInput> {
  const samples = await data.read(LOOKED_AT)
  const all = samples.map((s) => readSeries(s.bytes, `sample ${s.id}`))
  const [first] = all
  if (!first) throw new LatheError('data', 'no series of the training split can be read')
  // The channels that every series has, in the order of the first.
  const channels = first.channels.filter((c) => all.every((s) => s.channels.includes(c)))
  if (channels.length === 0) throw new LatheError('data', `the series have no channel in common: sample ${samples[0]?.id ?? 0} has '${first.channels.join("', '")}'`)
  const rates = [...new Set(all.map((s) => s.rate))].filter((r) => r !== null)
  const rate = rates.length > 0 && all.every((s) => s.rate !== null) ? Math.max(...rates) : null
  const longest = Math.max(...all.map((s) => (rate !== null && s.rate !== null ? Math.round((s.length * rate) / s.rate) : s.length)))
  const moments = channels.map((c) => {
    let [n, sum, squares] = [0, 0, 0]
    for (const s of all) {
      const values = s.values[s.channels.indexOf(c)] ?? []
      for (const v of values) {
        n++
        sum += v
        squares += v * v
      }
    }
    const mean = sum / n
    const deviation = Math.sqrt(Math.max(0, squares / n - mean * mean))
    return { mean, deviation: deviation > 1e-6 * Math.max(1e-6, Math.abs(mean)) ? deviation : 0 }
  })
  if (moments.every((m) => m.deviation === 0)) throw new LatheError('data', `all channels ('${channels.join("', '")}') are constant in the training split: there is nothing to learn from`)
  return {
    kind: 'series',
    channels,
    // A little room for longer ones; a multiple of 8 so that pooling divides it.
    steps: Math.min(MOST_STEPS, Math.max(8, Math.ceil(longest / 8) * 8)),
    rate,
    mean: moments.map((m) => m.mean),
    // A constant channel tells nothing and must not divide by zero.
    std: moments.map((m) => (m.deviation > 0 ? m.deviation : 1)),
  }
}
