// Time axis: reads times as people write them, and finds the regular step that a series advances by.
import { LatheError } from '../contract/errors.ts'

/** What one step of the axis is: a plain number (years, indices), milliseconds of UTC, or calendar months. */
export type TimeUnit = 'number' | 'millisecond' | 'month'

/** Position i on the axis lies at `start + i · step`, in `unit`. */
export interface TimeAxis {
  readonly unit: TimeUnit
  readonly start: number
  readonly step: number
}

/** A date with at least a day, or a plain number. Dates are milliseconds of UTC since 1970. */
export interface Time {
  readonly kind: 'date' | 'number'
  readonly value: number
}

export type DayOrder = 'day-month' | 'month-day'

const ISO = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/
const COMPACT = /^(1[5-9]|20|21)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/
const PARTS = /^(\d{1,2})[./](\d{1,2})[./](\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

/**
 * ISO dates and times, `19580329`, `29.03.1958`, `03/29/1958` (as `order` says), and plain numbers; null for anything else.
 * A year alone is a number: its step is 1.
 */
export function parseTime(cell: string | number, order: DayOrder = 'month-day'): Time | null {
  const text = String(cell).trim()
  if (typeof cell !== 'number') {
    const iso = ISO.exec(text)
    if (iso) return date(Number(iso[1]), Number(iso[2]), Number(iso[3] ?? 1), seconds(iso[4], iso[5], iso[6]) - zone(iso[7]))
    if (COMPACT.test(text)) return date(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)), 0)
    const parts = PARTS.exec(text)
    if (parts) {
      const dayFirst = text.includes('.') || order === 'day-month'
      const [a, b] = [Number(parts[1]), Number(parts[2])]
      return date(Number(parts[3]), dayFirst ? b : a, dayFirst ? a : b, seconds(parts[4], parts[5], parts[6]))
    }
  }
  const value = text === '' ? NaN : Number(text)
  return Number.isFinite(value) ? { kind: 'number', value } : null
}

/** Whether dates with slashes put the day first: true as soon as one first part is over 12. */
export function dayOrder(cells: Iterable<string | number>): DayOrder {
  for (const cell of cells) {
    const parts = PARTS.exec(String(cell).trim())
    if (parts && Number(parts[1]) > 12) return 'day-month'
  }
  return 'month-day'
}

function seconds(hours = '0', minutes = '0', rest = '0'): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)
}

function zone(text: string | undefined): number {
  if (text === undefined || text === 'Z') return 0
  const sign = text.startsWith('-') ? -1 : 1
  return sign * (Number(text.slice(1, 3)) * 3600 + Number(text.slice(-2)) * 60)
}

function date(year: number, month: number, day: number, secondsOfDay: number): Time | null {
  const midnight = Date.UTC(year, month - 1, day)
  const back = new Date(midnight)
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return null
  return { kind: 'date', value: midnight + secondsOfDay * 1000 }
}

/** Days that have no time of day are written without one. */
export function formatTime(time: Time): string | number {
  if (time.kind === 'number') return time.value
  const text = new Date(time.value).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('.000Z', 'Z')
}

const monthsOf = (ms: number): number => {
  const d = new Date(ms)
  return d.getUTCFullYear() * 12 + d.getUTCMonth()
}

/** Times in order and without repeats to the axis that they lie on. Throws LatheError `data` where there is no regular step. */
export function axisOf(times: readonly Time[]): TimeAxis {
  const [first, second] = times
  if (!first || !second) throw new LatheError('data', `a series needs at least two times, it has ${times.length}`)
  if (times.some((t) => t.kind !== first.kind)) throw new LatheError('data', 'the time column mixes dates and plain numbers; write all times in one way')
  const gaps = times.slice(1).map((t, i) => t.value - (times[i]?.value ?? 0))
  const step = mostFrequent(gaps)
  if (first.kind === 'date' && isMonthly(times, step)) {
    const months = mostFrequent(times.slice(1).map((t, i) => monthsOf(t.value) - monthsOf(times[i]?.value ?? 0)))
    return { unit: 'month', start: monthsOf(first.value), step: months }
  }
  const off = gaps.filter((g) => Math.abs(g / step - Math.round(g / step)) > 0.25 || g < step * 0.75).length
  if (off > gaps.length * 0.1) throw new LatheError('data', `the times have no regular step: ${off} of ${gaps.length} gaps are no multiple of the most frequent one, ${describeStep({ unit: first.kind === 'date' ? 'millisecond' : 'number', start: 0, step })}; resample the series to a fixed step`)
  return { unit: first.kind === 'date' ? 'millisecond' : 'number', start: first.value, step }
}

/** All on one day of the month (or on its last days), and too uneven for a step in days. */
function isMonthly(times: readonly Time[], step: number): boolean {
  if (step < 27 * 86_400_000) return false
  const days = times.map((t) => new Date(t.value).getUTCDate())
  return Math.max(...days) - Math.min(...days) <= 3
}

/** The smallest of the most frequent. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const v of values) {
    const key = Number(v.toPrecision(9))
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].reduce((best, c) => (c[1] > best[1] || (c[1] === best[1] && c[0] < best[0]) ? c : best))[0]
}

/** Position on the axis, not rounded. */
export function positionOf(axis: TimeAxis, time: Time): number {
  return ((axis.unit === 'month' ? monthsOf(time.value) : time.value) - axis.start) / axis.step
}

/** The time at a position of the axis. */
export function timeAt(axis: TimeAxis, position: number): Time {
  const value = axis.start + position * axis.step
  if (axis.unit === 'number') return { kind: 'number', value: Number(value.toPrecision(12)) }
  return { kind: 'date', value: axis.unit === 'month' ? Date.UTC(Math.floor(value / 12), value % 12, 1) : value }
}

const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1000], ['millisecond', 1]] as const

/** `7 days`, `1 month`, `1`. */
export function describeStep({ unit, step }: TimeAxis): string {
  const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`
  if (unit === 'number') return String(step)
  if (unit === 'month') return step % 12 === 0 ? count(step / 12, 'year') : count(step, 'month')
  const [word, size] = UNITS.find(([, ms]) => step % ms === 0) ?? UNITS[4]
  return count(step / size, word)
}
