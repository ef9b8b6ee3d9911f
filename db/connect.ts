// connect: a connection with the pragmas of section 5 of ARCHITECTURE.md, read-only where the file cannot be written.
import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LatheError } from '../engine/contract/errors.ts'
import { canWrite, canWriteFolder } from './access.ts'
import { Connection } from './connection.ts'

export interface ConnectOptions {
  /** Open without the right to write; also what happens where the file or its folder cannot be written. */
  readonly readOnly?: boolean
  /** Milliseconds to wait for another process's lock while opening. */
  readonly timeout?: number
}

/** Safe before the schema is checked: nothing in the file's schema runs. */
export function connect(file: string, options: ConnectOptions): Connection {
  const readOnly = (options.readOnly ?? false) || !canWrite(file)
  const timeout = options.timeout ?? 2000
  const connection = readOnly ? connectReadOnly(file, timeout) : new Connection(file, { readOnly, timeout })
  try {
    connection.pragma('trusted_schema = OFF')
    connection.pragma('cell_size_check = ON')
    connection.pragma('foreign_keys = ON')
    connection.pragma('synchronous = FULL')
    connection.number('SELECT count(*) FROM sqlite_schema')
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Where the folder cannot be written SQLite cannot make the index of its log, and reads a private copy instead. */
function connectReadOnly(file: string, timeout: number): Connection {
  const connection = new Connection(file, { readOnly: true, timeout })
  try {
    connection.number('SELECT count(*) FROM sqlite_schema')
    return connection
  } catch (error) {
    connection.close()
    if (canWriteFolder(file) || !(error instanceof LatheError) || error.kind !== 'read-only') throw error
    return new CopiedConnection(file, timeout)
  }
}

/** Reads a copy in the temporary folder, which goes with the connection. */
class CopiedConnection extends Connection {
  readonly #folder: string

  constructor(file: string, timeout: number) {
    const folder = mkdtempSync(join(tmpdir(), 'lathe-'))
    try {
      const copy = join(folder, 'copy.lathe')
      for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix, constants.COPYFILE_FICLONE)
      super(file, { readOnly: true, timeout, file: copy })
      this.#folder = folder
    } catch (error) {
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }

  override close(): void {
    super.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
