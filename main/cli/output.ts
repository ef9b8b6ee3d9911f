// Output: lines for people, or one JSON object a line; errors go to stderr as one line.
import { stripVTControlCharacters } from 'node:util'
import { serializeError } from '../../engine/contract/errors.ts'
import type { Done } from './command.ts'
import { ProgressView } from './progress.ts'

export class Output {
  readonly json: boolean

  constructor(json: boolean) {
    this.json = json
  }

  /** For people only. */
  print(...lines: readonly string[]): void {
    if (!this.json) for (const line of lines) process.stdout.write(`${line}\n`)
  }

  /** For programs only. */
  event(event: string, fields: Done): void {
    if (this.json) process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`)
  }

  done(fields: Done): void {
    this.event('done', fields)
  }

  /** Worth knowing, without ending the work. */
  warn(message: string): void {
    if (this.json) this.event('warning', { message })
    else process.stderr.write(`warning: ${oneLine(message)}\n`)
  }

  error(error: unknown): void {
    const { kind, message, details = {} } = serializeError(error)
    process.stderr.write(this.json ? `${JSON.stringify({ event: 'error', kind, message: oneLine(message), details })}\n` : `lathe: ${oneLine(message)}\n`)
  }

  /** Progress of one piece of work. */
  progress(title: string): ProgressView {
    return new ProgressView(title, this)
  }
}

function oneLine(text: string): string {
  return stripVTControlCharacters(text).replace(/\s*\n\s*/g, ' ').trim()
}

/** Columns padded to their widest cell; numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)))
  return rows.map((row) => row.map((cell, column) => (typeof cell === 'number' ? String(cell).padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd())
}

export const bytesText = (bytes: number): string => (bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`)
export const countText = (count: number, what: string): string => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : what.endsWith('s') ? 'es' : 's'}`
export const secondsText = (seconds: number): string => (seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`)
/** A metric as people read it: shares as they are, to four digits. */
export const metricText = (value: number): string => (Number.isFinite(value) ? value.toPrecision(4).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : String(value))
