// Settings: small JSON values of a project by key, such as the grid's last filter.
import { fromJson, toJson } from '../codec.ts'
import type { Connection } from '../connection.ts'

export class Settings {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** Undefined when it was never set. What comes back is untrusted: parse it. */
  get(key: string): unknown {
    const [text] = this.#db.column<string>('SELECT value FROM settings WHERE key = ?', [key])
    return text === undefined ? undefined : fromJson(text, `the setting ${key}`)
  }

  set(key: string, value: unknown): void {
    this.#db.transaction(() => this.#db.run('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', [key, toJson(value)]))
  }
}
