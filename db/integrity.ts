// Integrity: SQLite's own page checks, on open (quick) and in check (full).
import { LatheError } from '../engine/contract/errors.ts'
import type { Connection } from './connection.ts'

/** Above this size the pages that hold only blobs are left to "lathe check": opening must stay quick. */
const QUICK_BYTES = 256 * 1024 * 1024
const BLOB_TABLES = new Set(['blobs', 'checkpoint_tensors'])

/** Problems that SQLite finds; `quick` leaves out the comparison of indexes with their tables. Only for files whose schema is checked: CHECKs are evaluated. */
export function integrityProblems(connection: Connection, mode: 'quick' | 'full'): string[] {
  const bytes = Number(connection.pragma('page_count')) * Number(connection.pragma('page_size'))
  const tables = mode === 'quick' && bytes > QUICK_BYTES ? connection.column<string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).filter((name) => !BLOB_TABLES.has(name)) : null
  const check = (argument: string): string[] => connection.pragmaRows(`${mode === 'quick' ? 'quick_check' : 'integrity_check'}(${argument})`).map((row) => Object.values(row as Record<string, string>)[0] ?? '')
  const found = tables ? tables.flatMap((name) => check(`'${name}'`)) : check('100')
  return found.filter((line) => line !== 'ok')
}

/** @throws LatheError `corrupt`. */
export function assertIntegrity(connection: Connection): void {
  const problems = integrityProblems(connection, 'quick')
  if (problems.length === 0) return
  throw new LatheError('corrupt', `${connection.path} is damaged (${problems[0] ?? ''}): run "lathe check ${connection.path} --repair", or restore a backup.`, { path: connection.path, problems })
}
