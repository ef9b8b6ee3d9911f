// migrate: brings a project from its version to a later one, forward only, all in one transaction.
import { LatheError } from '../engine/contract/errors.ts'
import type { Connection } from './connection.ts'
import { migrations, VERSION, type Migration } from './migrations/index.ts'

/** @throws LatheError `corrupt` when rows break a foreign key afterwards; the file is then as it was. */
export function migrate(connection: Connection, to = VERSION): void {
  connection.pragma('foreign_keys = OFF')
  try {
    connection.transaction(() => {
      const from = Number(connection.pragma('user_version'))
      if (from >= to) return
      for (const migration of migrations.slice(from, to) as Migration[]) {
        connection.exec(migration.sql)
        migration.fill?.(connection)
      }
      if (connection.pragmaRows('foreign_key_check').length > 0)
        throw new LatheError('corrupt', `${connection.path} holds rows that belong to nothing, so it cannot be brought from version ${from} to ${to}; the file is unchanged: run "lathe check --repair" on it.`, { path: connection.path })
      connection.pragma(`user_version = ${to}`)
    })
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}
