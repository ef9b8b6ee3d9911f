// Model files: ONNX files that runs begin from, by the SHA-256 of their bytes.
import { createHash } from 'node:crypto'
import { LatheError } from '../../engine/contract/errors.ts'
import type { Connection } from '../connection.ts'

export class ModelFiles {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** Keeps the file, once however often it is given; returns its hash. */
  add(name: string, bytes: Uint8Array): string {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.#db.transaction(() => this.#db.run('INSERT INTO model_files (sha256, name, bytes, added_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', [sha256, name, bytes, Date.now()]))
    return sha256
  }

  /** Null where the project has no such file. @throws LatheError `corrupt` for bytes that are not those of the hash. */
  find(sha256: string): { readonly name: string; readonly bytes: Uint8Array } | null {
    const row = this.#db.get<{ name: string; bytes: Uint8Array }>('SELECT name, bytes FROM model_files WHERE sha256 = ?', [sha256])
    if (!row) return null
    const found = createHash('sha256').update(row.bytes).digest('hex')
    if (found !== sha256) throw new LatheError('corrupt', `the model file ${row.name} of this project has changed: its hash is ${found}, expected ${sha256}`)
    return row
  }
}
