// Timeline: the rows of a series on a regular time axis: in order, duplicates averaged, gaps filled and marked.
import { LatheError } from '../contract/errors.ts'
import { fillGaps } from './series-sample.ts'
import { axisOf, formatTime, positionOf, timeAt, type Time, type TimeAxis } from './time.ts'

export interface TimelineRow {
  /** Sample id. */
  readonly id: number
  readonly time: Time
  /** One number a column, the value to forecast first; NaN where it is missing. */
  readonly values: readonly number[]
}

export interface Timeline {
  readonly axis: TimeAxis
  readonly length: number
  /** Column by column, gaps filled. */
  readonly columns: readonly Float64Array[]
  /** 1 where the first column was measured, 0 where a gap was filled. */
  readonly observed: Uint8Array
  /** Sample id at each step; -1 in gaps. */
  readonly ids: Int32Array
  /** What was done to the rows, in words. */
  readonly notes: readonly string[]
}

/** Beyond this share of steps without a value, filling them would make up the series. */
const MOST_MISSING = 0.5

/**
 * @param axis step of the training data, where there is one already; found from the rows otherwise.
 * @throws LatheError `data` for a series that is too short, irregular, mostly missing or of no known time.
 */
export function timeline(rows: readonly TimelineRow[], axis: Pick<TimeAxis, 'unit' | 'step'> | null = null): Timeline {
  const notes: string[] = []
  const sorted = [...rows].sort((a, b) => a.time.value - b.time.value)
  const merged = mergeRepeats(sorted, notes)
  const [first] = merged
  if (!first) throw new LatheError('data', 'the series has no rows')
  const own = axis ? { unit: axis.unit, step: axis.step, start: positionOf({ unit: axis.unit, step: 1, start: 0 }, first.time) } : axisOf(merged.map((r) => r.time))
  const places = merged.map((r) => Math.round(positionOf(own, r.time)))
  const length = (places.at(-1) ?? 0) + 1
  const width = first.values.length
  if (length > 4 * merged.length + 1000) throw new LatheError('data', `the times run from ${formatTime(first.time)} to ${formatTime(merged.at(-1)?.time ?? first.time)}, ${length} steps, but only ${merged.length} have rows; split the series where it has long gaps`)
  const columns = Array.from({ length: width }, () => new Float64Array(length).fill(NaN))
  const ids = new Int32Array(length).fill(-1)
  merged.forEach((row, i) => {
    const at = places[i] ?? 0
    if (ids[at] === -1) ids[at] = row.id
    columns.forEach((column, c) => {
      const value = row.values[c] ?? NaN
      if (Number.isFinite(value)) column[at] = value
    })
  })
  const observed = Uint8Array.from(columns[0] ?? [], (v) => (Number.isFinite(v) ? 1 : 0))
  const missing = length - observed.reduce((a, b) => a + b, 0)
  if (missing > length * MOST_MISSING) throw new LatheError('data', `${missing} of ${length} steps of the series have no value; at most half may be missing`)
  if (missing > 0) notes.push(`${missing} of ${length} steps have no value (longest gap: ${longestGap(observed)}, first at ${formatTime(timeAt(own, observed.indexOf(0)))}): filled by a straight line for input, left out of loss and metrics`)
  columns.forEach((column, c) => {
    if (fillGaps(column).every(Number.isNaN)) throw new LatheError('data', c === 0 ? 'the series has no value at all' : `covariate ${c} of the series has no value at all`)
  })
  return { axis: own, length, columns, observed, ids, notes }
}

/** Rows of one time become their mean. */
function mergeRepeats(sorted: readonly TimelineRow[], notes: string[]): TimelineRow[] {
  const out: { id: number; time: Time; values: number[]; counts: number[] }[] = []
  let repeats = 0
  let example: Time | null = null
  for (const row of sorted) {
    const last = out.at(-1)
    if (last?.time.value === row.time.value) {
      repeats++
      example ??= row.time
      row.values.forEach((v, c) => {
        if (!Number.isFinite(v)) return
        const n = last.counts[c] ?? 0
        last.values[c] = n === 0 ? v : ((last.values[c] ?? 0) * n + v) / (n + 1)
        last.counts[c] = n + 1
      })
    } else out.push({ id: row.id, time: row.time, values: [...row.values], counts: row.values.map((v) => (Number.isFinite(v) ? 1 : 0)) })
  }
  if (example) notes.push(`${repeats} ${repeats === 1 ? 'row has' : 'rows have'} the time of another (first: ${formatTime(example)}): rows of one time were averaged`)
  return out
}

function longestGap(observed: Uint8Array): number {
  let [run, longest] = [0, 0]
  for (const o of observed) {
    run = o === 1 ? 0 : run + 1
    longest = Math.max(longest, run)
  }
  return longest
}
