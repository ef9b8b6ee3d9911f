// Connection: the one user of better-sqlite3: statements kept prepared, short immediate transactions, SQLite's errors as LatheErrors.
import Database from 'better-sqlite3'
import { LatheError } from '../engine/contract/errors.ts'
import { sqliteError } from './sqlite-error.ts'

export type SqlValue = string | number | bigint | Uint8Array | null
type Values<Value extends SqlValue> = Value[]
export type SqlParams = readonly SqlValue[] | Readonly<Record<string, SqlValue>>

export interface ConnectionOptions {
  readonly readOnly: boolean
  /** File to open in place of the one that errors name: a private copy. */
  readonly file?: string
  readonly mustExist?: boolean
  /** Milliseconds to wait for another process's lock. */
  readonly timeout?: number
}

/** Statements kept prepared; the least recently used goes first. */
const STATEMENTS = 256

export class Connection {
  /** Absolute path of the file, or `:memory:`. */
  readonly path: string
  readonly readOnly: boolean
  readonly #db: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  constructor(path: string, options: ConnectionOptions) {
    this.path = path
    this.readOnly = options.readOnly
    const file = options.file ?? path
    if (file !== file.trim()) throw new LatheError('usage', `${JSON.stringify(file)} ends in a space, which SQLite cannot open: rename the file.`, { path })
    this.#db = this.#guard(() => new Database(file, { readonly: options.readOnly, fileMustExist: options.mustExist ?? true, timeout: options.timeout ?? 5000 }))
  }

  get open(): boolean {
    return this.#db.open
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  /** Runs a statement that returns no rows. */
  run(sql: string, params: SqlParams = []): { readonly changes: number; readonly id: number } {
    return this.#guard(() => {
      const { changes, lastInsertRowid } = this.#prepare(sql).run(...bound(params))
      return { changes, id: Number(lastInsertRowid) }
    })
  }

  /** First row, or undefined. `Row` is what the SQL selects from STRICT tables. */
  get<Row extends object>(sql: string, params: SqlParams = []): Readonly<Row> | undefined {
    return this.#guard(() => this.#prepare(sql).get(...bound(params)) as Readonly<Row> | undefined)
  }

  all<Row extends object>(sql: string, params: SqlParams = []): Readonly<Row>[] {
    return this.#guard(() => this.#prepare(sql).all(...bound(params)) as Readonly<Row>[])
  }

  /** First column of every row. */
  column<Value extends SqlValue>(sql: string, params: SqlParams = []): Values<Value> {
    return this.#guard(() => this.#prepare(sql).raw().all(...bound(params)).map((row) => (row as [Value])[0]))
  }

  /** First column of the first row as a number; 0 when there is no row. */
  number(sql: string, params: SqlParams = []): number {
    return Number(this.column(sql, params)[0] ?? 0)
  }

  /** Rows one at a time; nothing else may run on this connection until the last. */
  *each<Row extends object>(sql: string, params: SqlParams = []): Generator<Readonly<Row>> {
    const statement = this.#guard(() => this.#db.prepare(sql))
    try {
      for (const row of statement.iterate(...bound(params))) yield row as Row
    } catch (error) {
      throw sqliteError(error, this.path)
    }
  }

  exec(sql: string): void {
    this.#guard(() => this.#db.exec(sql))
  }

  pragma(text: string): unknown {
    return this.#guard(() => this.#db.pragma(text, { simple: true }))
  }

  pragmaRows(text: string): unknown[] {
    return this.#guard(() => this.#db.pragma(text) as unknown[])
  }

  /** Runs `body` in one BEGIN IMMEDIATE transaction, or in a savepoint when one is open; all of it or nothing is written. */
  transaction<T>(body: () => T): T {
    if (this.readOnly) throw readOnlyError(this.path)
    return this.#guard(() => this.#db.transaction(body).immediate())
  }

  /** Reads in `body` see one state of the file. */
  snapshot<T>(body: () => T): T {
    return this.#guard(() => this.#db.transaction(body).deferred())
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql)
    if (known) return known.reader ? known.raw(false) : known
    const statement = this.#db.prepare(sql)
    if (this.readOnly && !statement.readonly) throw readOnlyError(this.path)
    this.#statements.set(sql, statement)
    if (this.#statements.size > STATEMENTS) for (const oldest of this.#statements.keys()) { this.#statements.delete(oldest); break }
    return statement
  }

  #guard<T>(body: () => T): T {
    try {
      return body()
    } catch (error) {
      throw sqliteError(error, this.path)
    }
  }
}

function readOnlyError(path: string): LatheError {
  return new LatheError('read-only', `${path} is open read-only, so it cannot be changed: make the file and its folder writable, or work on a copy.`, { path })
}

function bound(params: SqlParams): unknown[] {
  return Array.isArray(params) ? (params as unknown[]) : [params]
}
