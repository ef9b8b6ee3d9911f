// Labels: the annotation journal and the current labels it gives; undo and redo live in the file, so they survive a restart.
import type { ClassId, SampleId } from '../../engine/contract/ids.ts'
import type { Connection } from '../connection.ts'
import type { AnnotationEvent } from '../contract/records.ts'
import type { NumberedLabel } from '../../engine/contract/label.ts'
import type { Classes } from './classes.ts'
import type { LabelValues } from './label-values.ts'

export interface UndoTitles {
  /** What undo would take back, for people; null when there is nothing. */
  readonly undo: string | null
  readonly redo: string | null
}
export interface Assignment {
  readonly sample: SampleId
  readonly class: ClassId | null
  /** Row of label_values, for what is no class; null without. */
  readonly label?: number | null
}

export class Labels {
  readonly #db: Connection
  readonly #classes: Classes
  readonly #values: LabelValues

  constructor(connection: Connection, classes: Classes, values: LabelValues) {
    this.#db = connection
    this.#classes = classes
    this.#values = values
  }

  /** Gives all `samples` one class (null clears) as one undoable edit. Returns how many changed; removed or unknown samples are left out. */
  assign(samples: readonly SampleId[], to: ClassId | null): number {
    return this.#db.transaction(() => {
      const name = to === null ? null : this.#classes.get(to).name
      const edit = this.#edit('person', '', null)
      const { changes } = this.#db.run(
        `INSERT INTO annotations (edit, sample, before, after, before_label, after_label)
         SELECT ?, s.id, s.class, ?, s.label, s.label FROM (SELECT DISTINCT value FROM json_each(?)) j CROSS JOIN samples s ON s.id = j.value
         WHERE s.removed_at IS NULL AND s.class IS NOT ?`,
        [edit, to, JSON.stringify(samples), to],
      )
      return this.#close(edit, changes, name === null ? `clear the label of ${count(changes)}` : `label ${count(changes)} as ${name}`)
    })
  }

  /** As `assign`, each sample with its own class, as one edit: `person` edits can be undone, an import's are undone with the import. */
  assignEach(assignments: readonly Assignment[], source: 'person' | 'import', title = (changes: number): string => `label ${count(changes)}`): number {
    return this.#db.transaction(() => {
      const edit = this.#edit(source, '', null)
      const { changes } = this.#db.run(
        `INSERT INTO annotations (edit, sample, before, after, before_label, after_label)
         SELECT ?, s.id, s.class, j.value ->> 1, s.label, j.value ->> 2 FROM json_each(?) j CROSS JOIN samples s ON s.id = j.value ->> 0
         WHERE s.removed_at IS NULL AND (s.class IS NOT j.value ->> 1 OR s.label IS NOT j.value ->> 2)`,
        [edit, JSON.stringify(assignments.map((entry) => [entry.sample, entry.class, entry.label ?? null]))],
      )
      return this.#close(edit, changes, title(changes))
    })
  }

  /** Gives one sample a label that is no class (null clears), as one undoable edit. Returns whether it changed. */
  assignLabel(sample: SampleId, label: NumberedLabel | null): boolean {
    return this.#db.transaction(() => {
      const to = label === null ? null : this.#values.of(label)
      const edit = this.#edit('person', '', null)
      const { changes } = this.#db.run(
        `INSERT INTO annotations (edit, sample, before, after, before_label, after_label)
         SELECT ?, s.id, s.class, s.class, s.label, ? FROM samples s WHERE s.id = ? AND s.removed_at IS NULL AND s.label IS NOT ?`,
        [edit, to, sample, to],
      )
      return this.#close(edit, changes, to === null ? 'clear the label of 1 sample' : 'label 1 sample') > 0
    })
  }

  /** Takes the last edit back. Returns its samples; none when there is nothing to undo. */
  undo(): SampleId[] {
    return this.#revert('undo')
  }

  redo(): SampleId[] {
    return this.#revert('redo')
  }

  state(): UndoTitles {
    return { undo: this.#next('undo')?.title ?? null, redo: this.#next('redo')?.title ?? null }
  }

  /** All that happened to the label of one sample, oldest first. */
  history(sample: SampleId): AnnotationEvent[] {
    return this.#db.all<Omit<AnnotationEvent, 'label'> & { label: number }>(
      'SELECT a.seq, a.edit AS "group", a.sample, a.before, a.after, a.before_label IS NOT a.after_label AS label, e.source, e.at FROM annotations a JOIN edits e ON e.id = a.edit WHERE a.sample = ? ORDER BY a.seq',
      [sample],
    ).map((event) => ({ ...event, label: event.label === 1 }))
  }

  /** Samples whose current label is not what the journal says last. */
  inconsistent(): SampleId[] {
    return this.#db.column<SampleId>(`SELECT s.id FROM samples s WHERE s.class IS NOT ${last('after')} OR s.label IS NOT ${last('after_label')}`)
  }

  /** Makes every current label again from the journal. Returns how many were wrong. */
  rebuild(): number {
    return this.#db.transaction(() => this.#db.run(`UPDATE samples AS s SET class = ${last('after')}, label = ${last('after_label')} WHERE s.class IS NOT ${last('after')} OR s.label IS NOT ${last('after_label')}`).changes)
  }

  #revert(way: 'undo' | 'redo'): SampleId[] {
    return this.#db.transaction(() => {
      const target = this.#next(way)
      if (!target) return []
      const edit = this.#edit(way, target.title, target.id)
      const side = way === 'undo' ? 'before' : 'after'
      for (const then of this.#db.column<ClassId | null>(`SELECT DISTINCT ${side} FROM annotations WHERE edit = ?`, [target.id]))
        this.#db.run(
          `INSERT INTO annotations (edit, sample, before, after, before_label, after_label)
           SELECT ?, a.sample, s.class, ?, s.label, a.${side}_label FROM annotations a CROSS JOIN samples s ON s.id = a.sample WHERE a.edit = ? AND a.${side} IS ?`,
          [edit, then === null ? null : this.#classes.revive(then), target.id, then],
        )
      for (const label of this.#db.column<number>(`SELECT DISTINCT ${side}_label FROM annotations WHERE edit = ? AND ${side}_label IS NOT NULL`, [target.id])) this.#values.revive(label)
      this.#apply(edit)
      this.#db.run('UPDATE edits SET state = ? WHERE id = ?', [way === 'undo' ? 'undone' : 'done', target.id])
      return this.#db.column<SampleId>('SELECT sample FROM annotations WHERE edit = ? ORDER BY sample', [edit])
    })
  }

  /** Done edits are all older than undone ones, since a new edit makes the undone final. */
  #next(way: 'undo' | 'redo'): { readonly id: number; readonly title: string } | undefined {
    return this.#db.get(way === 'undo' ? `SELECT id, title FROM edits WHERE state = 'done' ORDER BY id DESC LIMIT 1` : `SELECT id, title FROM edits WHERE state = 'undone' ORDER BY id LIMIT 1`)
  }

  #edit(source: AnnotationEvent['source'], title: string, target: number | null): number {
    return this.#db.run('INSERT INTO edits (source, title, target, state, at) VALUES (?, ?, ?, ?, ?)', [source, title, target, 'final', Date.now()]).id
  }

  /** Applies a new edit; one that changes nothing leaves no trace and keeps what can be redone. */
  #close(edit: number, changes: number, title: string): number {
    if (changes === 0) {
      this.#db.run('DELETE FROM edits WHERE id = ?', [edit])
      return 0
    }
    this.#apply(edit)
    const person = this.#db.number(`SELECT source = 'person' FROM edits WHERE id = ?`, [edit]) === 1
    if (person) this.#db.run(`UPDATE edits SET state = 'final' WHERE state = 'undone'`)
    this.#db.run('UPDATE edits SET title = ?, state = ? WHERE id = ?', [title, person ? 'done' : 'final', edit])
    return changes
  }

  #apply(edit: number): void {
    this.#db.run('UPDATE samples SET class = a.after, label = a.after_label FROM annotations a WHERE a.edit = ? AND samples.id = a.sample', [edit])
  }
}

const last = (column: 'after' | 'after_label'): string => `(SELECT a.${column} FROM annotations a WHERE a.sample = s.id ORDER BY a.seq DESC LIMIT 1)`

function count(samples: number): string {
  return samples === 1 ? '1 sample' : `${samples.toLocaleString('en')} samples`
}
