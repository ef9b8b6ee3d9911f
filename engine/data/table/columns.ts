// Columns: what each column of training rows is, and what preprocessing learns of it; every column left out has its reason.
import { LatheError } from '../../contract/errors.ts'
import type { RowColumn, RowInput } from '../../contract/inputs/row.ts'
import { daysOf } from './dates.ts'
import type { Cell, Row } from './row.ts'

export const MISSING = '(missing)'
const MOST_VALUES = 1000
/** Mean cell length from which different cells are texts rather than values. */
const LONG = 40

type Found = { readonly column: RowColumn } | { readonly why: string }

/**
 * Types and statistics of all columns of the training rows.
 * @param target mean and spread of the number to predict, or null.
 * @throws LatheError `data` where no column can be learned from.
 */
export function fitRows(rows: readonly Row[], target: RowInput['target']): RowInput {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns: RowColumn[] = []
  const dropped: { name: string; why: string }[] = []
  for (const name of names) {
    const found = columnOf(name, rows.map((row) => row[name] ?? null))
    if ('column' in found) columns.push(found.column)
    else dropped.push({ name, why: found.why })
  }
  if (columns.length === 0) throw new LatheError('data', `none of the ${names.length} columns can be learned from: ${dropped.slice(0, 5).map(({ name, why }) => `${name}: ${why}`).join('; ')}`)
  return { kind: 'row', columns, dropped, target }
}

function columnOf(name: string, cells: readonly Cell[]): Found {
  const present = cells.filter((cell) => cell !== null)
  const missing = cells.length - present.length
  if (present.length === 0) return { why: 'is empty in all training rows' }
  if (present.every((cell) => typeof cell === 'number')) return numberColumn(name, present, missing)
  const texts = present.map(String)
  const days = texts.map(daysOf)
  if (days.every((d) => d !== null)) return dateColumn(name, days)
  return categoryColumn(name, texts, missing)
}

export function meanAndStd(values: readonly number[]): { mean: number; std: number } {
  const mean = values.reduce((sum, v) => sum + v / values.length, 0)
  const std = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2 / values.length, 0))
  return { mean, std }
}

function numberColumn(name: string, values: readonly number[], missing: number): Found {
  const { mean, std } = meanAndStd(values)
  if (!(std > 1e-9 * Math.abs(mean))) return missing > 0 ? { why: `is always ${values[0] ?? 0} or missing` } : { why: `is always ${values[0] ?? 0}: a constant says nothing` }
  return { column: { type: 'number', name, mean, std, fill: mean, missing: missing > 0 } }
}

function dateColumn(name: string, days: readonly number[]): Found {
  const { mean, std } = meanAndStd(days)
  if (!(std > 0)) return { why: 'is always the same date: a constant says nothing' }
  const first = days[0] ?? 0
  const span = days.reduce((a, b) => Math.max(a, b), -Infinity) - days.reduce((a, b) => Math.min(a, b), Infinity)
  const cycles: ('year' | 'week' | 'day')[] = []
  if (span > 183) cycles.push('year')
  if (days.some((d) => Math.floor(d - first) % 7 !== 0)) cycles.push('week')
  if (days.some((d) => d % 1 !== first % 1)) cycles.push('day')
  return { column: { type: 'date', name, mean, std, fill: mean, cycles } }
}

function categoryColumn(name: string, texts: readonly string[], missing: number): Found {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  if (counts.size === 1 && missing === 0) return { why: `is always '${short(texts[0] ?? '')}': a constant says nothing` }
  if (counts.size > 20 && counts.size > 0.9 * texts.length) {
    const mean = texts.reduce((sum, text) => sum + text.length, 0) / texts.length
    return { why: mean > LONG ? 'holds free text: text tasks learn from that' : 'has another value in almost every row, as names and numbers of things do' }
  }
  // A value that occurs once teaches nothing of itself, and shows the model what an unknown one is.
  const kept = [...counts].filter(([, n]) => n > 1 || counts.size <= 10)
  const values = kept.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_VALUES).map(([value]) => value)
  if (missing > 0) values.push(MISSING)
  return { column: { type: 'category', name, values } }
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
