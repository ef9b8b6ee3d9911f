// Schema check: what sqlite_schema of a file holds must be, to the letter, what our migrations make; anything more could run on open or write.
import { LatheError } from '../engine/contract/errors.ts'
import { Connection } from './connection.ts'
import { migrate } from './migrate.ts'

/** More entries or text than this cannot be ours, and is not even read. */
const MAX_ENTRIES = 1000
const MAX_TEXT = 1_000_000

/** Tables that other SQLite tools leave behind (ANALYZE): data for the planner only, nothing in them runs. */
const HARMLESS = new Set(['table sqlite_stat1 sqlite_stat1 CREATE TABLE sqlite_stat1(tbl,idx,stat)', 'table sqlite_stat4 sqlite_stat4 CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'])

interface Entry {
  type: string
  name: string
  tbl_name: string
  sql: string | null
}

const expected = new Map<number, ReadonlySet<string>>()

function entries(connection: Connection): string[] {
  return connection.all<Entry>('SELECT type, name, tbl_name, sql FROM sqlite_schema').map(({ type, name, tbl_name, sql }) => [type, name, tbl_name, sql ?? ''].join(' '))
}

function expectedSchema(version: number): ReadonlySet<string> {
  const known = expected.get(version)
  if (known) return known
  const memory = new Connection(':memory:', { readOnly: false, mustExist: false })
  try {
    migrate(memory, version)
    const made = new Set(entries(memory))
    expected.set(version, made)
    return made
  } finally {
    memory.close()
  }
}

/** Differences from the schema of `version`, in words; empty when there are none. */
export function schemaProblems(connection: Connection, version: number): string[] {
  const size = connection.get<{ entries: number; text: number | null }>('SELECT count(*) AS entries, sum(length(sql)) AS text FROM sqlite_schema')
  if (!size || size.entries > MAX_ENTRIES || (size.text ?? 0) > MAX_TEXT) return [`its schema is too large to be a project's (${size?.entries ?? 0} entries)`]
  const wanted = expectedSchema(version)
  const found = new Set(entries(connection))
  const title = (entry: string): string => entry.split(' ', 2).join(' ').slice(0, 100)
  const missing = [...wanted].filter((entry) => !found.has(entry)).map(title)
  const foreign = [...found].filter((entry) => !wanted.has(entry) && !HARMLESS.has(entry)).map(title)
  const changed = foreign.filter((entry) => missing.includes(entry))
  return [
    ...changed.map((entry) => `${entry} is not as Lathe makes it`),
    ...foreign.filter((entry) => !changed.includes(entry)).map((entry) => `${entry} is not Lathe's`),
    ...missing.filter((entry) => !changed.includes(entry)).map((entry) => `${entry} is missing`),
  ]
}

/** @throws LatheError `not-a-project` naming the first differences. */
export function assertSchema(connection: Connection, version: number): void {
  const problems = schemaProblems(connection, version)
  if (problems.length === 0) return
  const shown = problems.slice(0, 3).join('; ') + (problems.length > 3 ? `; and ${problems.length - 3} more` : '')
  throw new LatheError('not-a-project', `${connection.path} has a schema that Lathe did not make, so it is not opened: ${shown}. Open a copy made by Lathe, or restore a backup.`, { path: connection.path, problems })
}
