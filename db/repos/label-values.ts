// Label values: labels that are more than one class, each stored once by its content, with the classes that it names.
import { createHash } from 'node:crypto'
import { classesOf, mapClasses, storedLabel, type NamedLabel, type NumberedLabel } from '../../engine/contract/label.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import type { ClassId, ImportId } from '../../engine/contract/ids.ts'
import { fromJson } from '../codec.ts'
import type { Connection } from '../connection.ts'
import type { Classes } from './classes.ts'

export class LabelValues {
  readonly #db: Connection
  readonly #classes: Classes

  constructor(connection: Connection, classes: Classes) {
    this.#db = connection
    this.#classes = classes
  }

  /** Id of a label with class names; classes that are missing are made on behalf of `source`. */
  ofNames(label: NamedLabel, source: ImportId | null): number {
    const ids = this.#classes.ensure(classesOf<string>(label), source)
    return this.of(mapClasses(label, (name: string) => ids.get(name) ?? 0))
  }

  /** Id of a label with class ids; stored if it is new. @throws LatheError `data` for what is no label, `not-found` for an unknown class. */
  of(label: NumberedLabel): number {
    const parsed = storedLabel.safeParse(label)
    if (!parsed.success) throw new LatheError('data', `This label cannot be stored: ${parsed.error.issues[0]?.message ?? 'it is malformed'}.`)
    const classes = classesOf<number>(parsed.data)
    for (const id of classes) this.#classes.get(id as ClassId)
    const value = JSON.stringify(parsed.data)
    const sha256 = createHash('sha256').update(value).digest('hex')
    const known = this.#db.column<number>('SELECT id FROM label_values WHERE sha256 = ?', [sha256])[0]
    if (known !== undefined) return known
    const { id } = this.#db.run('INSERT INTO label_values (sha256, kind, value) VALUES (?, ?, ?)', [sha256, parsed.data.kind, value])
    for (const one of classes) this.#db.run('INSERT INTO label_classes (class, label) VALUES (?, ?)', [one, id])
    return id
  }

  /** Brings the classes of `label` back to life where they were removed. */
  revive(label: number): void {
    for (const id of this.#db.column<ClassId>('SELECT lc.class FROM label_classes lc JOIN classes c ON c.id = lc.class WHERE lc.label = ? AND c.removed_at IS NOT NULL', [label])) this.#classes.revive(id)
  }
}

/** With class ids. @throws LatheError `corrupt`. */
export function readLabel(value: string, sample: number): NumberedLabel {
  const parsed = storedLabel.safeParse(fromJson(value, `the label of sample ${sample}`))
  if (!parsed.success) throw new LatheError('corrupt', `The label of sample ${sample} is damaged. Run "lathe check" on the project.`, { sample })
  return parsed.data
}
