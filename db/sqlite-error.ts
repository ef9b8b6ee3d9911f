// sqliteError: SQLite's result codes as LatheErrors that name the file and say what to do.
import { LatheError, type ErrorKind } from '../engine/contract/errors.ts'

const TEXTS: readonly (readonly [prefix: string, kind: ErrorKind, text: (path: string) => string])[] = [
  ['SQLITE_BUSY', 'locked', (path) => `${path} is locked by another program: close the other program that has it open, then try again.`],
  ['SQLITE_LOCKED', 'locked', (path) => `${path} is locked by another program: close the other program that has it open, then try again.`],
  ['SQLITE_FULL', 'disk-full', (path) => `The disk that holds ${path} is full; nothing was changed: free some space, then try again.`],
  ['SQLITE_READONLY', 'read-only', (path) => `${path} cannot be written: make the file and its folder writable, or work on a copy.`],
  ['SQLITE_PERM', 'read-only', (path) => `${path} may not be opened by this user: change its permissions, or work on a copy.`],
  ['SQLITE_CANTOPEN', 'read-only', (path) => `${path} or a file beside it cannot be opened: check that this user may read the file and write its folder.`],
  ['SQLITE_NOTADB', 'not-a-project', (path) => `${path} is not a Lathe project (it is no SQLite database, or an encrypted one): choose a .lathe file.`],
  ['SQLITE_CORRUPT', 'corrupt', (path) => `${path} is damaged: run "lathe check ${path}", and restore a backup if it cannot be repaired.`],
  ['SQLITE_CONSTRAINT_FOREIGNKEY', 'conflict', (path) => `What this belongs to has been removed from ${path} meanwhile; nothing was written.`],
  ['SQLITE_TOOBIG', 'data', (path) => `A value is too large for ${path} (the limit is 1 GB): split it or make it smaller.`],
  ['SQLITE_IOERR', 'internal', (path) => `Reading or writing ${path} failed: check the disk and its connection.`],
]

/** Anything that is no SQLite error is returned as it is. */
export function sqliteError(error: unknown, path: string): Error {
  if (error instanceof LatheError) return error
  if (!(error instanceof Error)) return new LatheError('internal', String(error), { path })
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const entry = TEXTS.find(([prefix]) => code.startsWith(prefix))
  if (!entry) return error
  const [, kind, text] = entry
  return new LatheError(kind, text(path), { path, code, reason: error.message }, { cause: error })
}
