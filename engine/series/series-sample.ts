// Series sample: JSON with channels side by side, checked at the door, gaps filled, brought to a rate and a length.
import { z } from 'zod'
import { DecodeError } from '../data/decode-error.ts'

const schema = z.looseObject({
  channels: z.array(z.string().min(1)).min(1).max(256),
  /** By channel; null where a value is missing. */
  values: z.array(z.array(z.number().nullable())).min(1),
  /** Steps a second. */
  rate: z.number().positive().optional(),
})

export interface SeriesSample {
  readonly channels: readonly string[]
  /** By channel, all of one length, gaps filled by straight lines. */
  readonly values: readonly Float64Array[]
  readonly length: number
  readonly rate: number | null
  /** Values that were missing. */
  readonly missing: number
}

/** Longest series that is taken. */
const MOST_STEPS = 1_000_000

/** @throws {DecodeError} naming the channel where one is at fault. */
export function parseSeries(bytes: Uint8Array): SeriesSample {
  let raw: unknown
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new DecodeError('is no JSON')
  }
  const parsed = schema.safeParse(raw)
  if (!parsed.success) throw new DecodeError('is no series: expected {"channels":["x"],"values":[[1,2,…]]} with one list of numbers for each channel')
  const { channels, values, rate } = parsed.data
  if (new Set(channels).size < channels.length) throw new DecodeError(`names the channel '${channels.find((c, i) => channels.indexOf(c) < i) ?? ''}' twice`)
  if (values.length !== channels.length) throw new DecodeError(`has ${channels.length} channel names and ${values.length} lists of values`)
  const length = values[0]?.length ?? 0
  values.forEach((v, c) => {
    if (v.length !== length) throw new DecodeError(`has ${v.length} values in channel '${channels[c] ?? ''}' and ${length} in '${channels[0] ?? ''}'`)
  })
  if (length < 2) throw new DecodeError(`has ${length === 0 ? 'no values' : 'a single step'}: a series needs at least two`)
  if (length > MOST_STEPS) throw new DecodeError(`has ${length.toLocaleString('en')} steps, at most ${MOST_STEPS.toLocaleString('en')} are taken`)
  let missing = 0
  const filled = values.map((v, c) => {
    const gaps = v.filter((x) => x === null).length
    if (gaps === length) throw new DecodeError(`has no value at all in channel '${channels[c] ?? ''}'`)
    missing += gaps
    return fillGaps(Float64Array.from(v, (x) => x ?? NaN))
  })
  return { channels, values: filled, length, rate: rate ?? null, missing }
}

/** In place: straight lines inside, the nearest value at the ends. All NaN stays as it is. */
export function fillGaps(column: Float64Array): Float64Array {
  let before = -1
  for (let i = 0; i < column.length; i++) {
    const value = column[i] ?? NaN
    if (Number.isNaN(value)) continue
    const from = before < 0 ? value : (column[before] ?? value)
    for (let j = before + 1; j < i; j++) column[j] = from + ((value - from) * (j - before)) / (i - before)
    before = i
  }
  if (before >= 0) column.fill(column[before] ?? 0, before + 1)
  return column
}

/** `count` values at even distances from the first to the last, by straight lines. */
export function resample(values: Float64Array, count: number): Float64Array {
  if (count === values.length) return values
  return Float64Array.from({ length: count }, (_, i) => {
    const place = count < 2 ? 0 : (i * (values.length - 1)) / (count - 1)
    const low = Math.min(Math.floor(place), values.length - 1)
    const [a, b] = [values[low] ?? 0, values[low + 1] ?? values[low] ?? 0]
    return a + (b - a) * (place - low)
  })
}
