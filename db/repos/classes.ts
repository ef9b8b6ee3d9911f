// Classes: their names, order and counts. A removed class keeps its row, since journal, dataset versions and predictions name it.
import type { ClassId, ImportId } from '../../engine/contract/ids.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import type { Connection } from '../connection.ts'
import type { ClassRecord } from '../contract/records.ts'

const MAX_NAME = 200
const SELECT = `SELECT c.id, c.name, c.position, (SELECT count(*) FROM samples s WHERE s.removed_at IS NULL AND s.class = c.id) + (SELECT count(*) FROM label_classes lc JOIN samples s ON s.label = lc.label WHERE lc.class = c.id AND s.removed_at IS NULL) AS samples FROM classes c`

/** Name as it is stored: Unicode NFC, trimmed. @throws LatheError `data` when empty, over 200 characters or with control characters. */
export function normalClassName(name: string): string {
  const text = name.normalize('NFC').trim()
  const characters = Array.from(text)
  const shown = JSON.stringify(characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text)
  if (text === '') throw new LatheError('data', 'A class needs a name of at least one character: give it one.')
  if (characters.length > MAX_NAME) throw new LatheError('data', `The class name ${shown} has ${characters.length} characters; at most ${MAX_NAME} are allowed: shorten it.`, { length: characters.length })
  if (/\p{Cc}/u.test(text)) throw new LatheError('data', `The class name ${shown} holds control characters such as a line break: remove them.`)
  return text
}

export class Classes {
  readonly #db: Connection

  constructor(connection: Connection) {
    this.#db = connection
  }

  /** In order of position. */
  list(): ClassRecord[] {
    return this.#db.all<ClassRecord>(`${SELECT} WHERE c.removed_at IS NULL ORDER BY c.position, c.id`)
  }

  count(): number {
    return this.#db.number('SELECT count(*) FROM classes WHERE removed_at IS NULL')
  }

  /** @throws LatheError `not-found`. */
  get(id: ClassId): ClassRecord {
    const found = this.#db.get<ClassRecord>(`${SELECT} WHERE c.id = ? AND c.removed_at IS NULL`, [id])
    if (!found) throw new LatheError('not-found', `There is no class ${id} in this project: it may have been removed.`, { class: id })
    return found
  }

  byName(name: string): ClassRecord | null {
    return this.#db.get<ClassRecord>(`${SELECT} WHERE c.name = ? AND c.removed_at IS NULL`, [normalClassName(name)]) ?? null
  }

  /** @throws LatheError `conflict` when the name is taken, `data` when it is no name. */
  add(name: string): ClassRecord {
    const normal = normalClassName(name)
    return this.#db.transaction(() => {
      this.#assertFree(normal, null)
      return this.get(this.#make(normal, null))
    })
  }

  /** Ids by name as given; classes that are missing are made in this order, on behalf of `source`. */
  ensure(names: Iterable<string>, source: ImportId | null = null): Map<string, ClassId> {
    return this.#db.transaction(() => {
      const ids = new Map<string, ClassId>()
      for (const name of names) {
        if (ids.has(name)) continue
        const normal = normalClassName(name)
        ids.set(name, this.#find(normal) ?? this.#make(normal, source))
      }
      return ids
    })
  }

  rename(id: ClassId, name: string): ClassRecord {
    const normal = normalClassName(name)
    return this.#db.transaction(() => {
      this.get(id)
      this.#assertFree(normal, id)
      this.#db.run('UPDATE classes SET name = ? WHERE id = ?', [normal, id])
      return this.get(id)
    })
  }

  /** @throws LatheError `conflict` while samples carry it. */
  remove(id: ClassId): void {
    this.#db.transaction(() => {
      const { name, samples } = this.get(id)
      if (samples > 0) throw new LatheError('conflict', `The class ${JSON.stringify(name)} labels ${samples} sample${samples === 1 ? '' : 's'}: give them another class first.`, { class: id, samples })
      this.#db.run('UPDATE classes SET removed_at = ? WHERE id = ?', [Date.now(), id])
      this.#renumber()
    })
  }

  /** Puts a class at `position` (0 first; past the end is last). */
  move(id: ClassId, position: number): ClassRecord[] {
    return this.#db.transaction(() => {
      this.get(id)
      const order = this.list().map((entry) => entry.id).filter((other) => other !== id)
      order.splice(Math.max(0, Math.min(position, order.length)), 0, id)
      this.#renumber(order)
      return this.list()
    })
  }

  /** The class itself, made live again if it was removed, or the live class that has taken its name. */
  revive(id: ClassId): ClassId {
    const row = this.#db.get<{ name: string; removed_at: number | null }>('SELECT name, removed_at FROM classes WHERE id = ?', [id])
    if (!row || row.removed_at === null) return id
    return this.#find(row.name) ?? this.#make(row.name, null)
  }

  #find(name: string): ClassId | null {
    return this.#db.column<ClassId>('SELECT id FROM classes WHERE name = ? AND removed_at IS NULL', [name])[0] ?? null
  }

  /** A class of that name that was removed comes back under its old id, so what names it stays true. */
  #make(name: string, source: ImportId | null): ClassId {
    const position = this.count()
    const old = this.#db.column<ClassId>('SELECT id FROM classes WHERE name = ? ORDER BY id DESC LIMIT 1', [name])[0]
    if (old === undefined) return this.#db.run('INSERT INTO classes (name, position, import) VALUES (?, ?, ?)', [name, position, source]).id as ClassId
    this.#db.run('UPDATE classes SET removed_at = NULL, position = ?, import = ? WHERE id = ?', [position, source, old])
    return old
  }

  #assertFree(name: string, except: ClassId | null): void {
    const taken = this.#find(name)
    if (taken !== null && taken !== except) throw new LatheError('conflict', `There is a class ${JSON.stringify(name)} already: choose another name.`, { class: taken })
  }

  #renumber(order: readonly ClassId[] = this.list().map((entry) => entry.id)): void {
    for (const [position, id] of order.entries()) this.#db.run('UPDATE classes SET position = ? WHERE id = ? AND position <> ?', [position, id, position])
  }
}
