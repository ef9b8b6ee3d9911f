// Suggestions: what a run says of samples that nobody has labelled. They are no labels: a person accepts or rejects them, and a run is trained on them only where its recipe says so.
import { LatheError } from '../../engine/contract/errors.ts'
import type { ClassId, RunId, SampleId } from '../../engine/contract/ids.ts'
import type { Connection } from '../connection.ts'
import type { DatasetVersion, ManifestEntry, SuggestionRecord } from '../contract/records.ts'
import type { Labels } from './labels.ts'

export interface NewSuggestion {
  readonly sample: SampleId
  readonly class: ClassId
  readonly probability: number
}

/** Open: neither rejected, nor of a sample that has a label by now, nor of a class that is gone. */
const OPEN = `FROM suggestions g JOIN samples s ON s.id = g.sample JOIN classes c ON c.id = g.class WHERE g.rejected = 0 AND c.removed_at IS NULL AND s.removed_at IS NULL AND s.class IS NULL AND s.label IS NULL`

export class Suggestions {
  readonly #db: Connection
  readonly #labels: Labels

  constructor(connection: Connection, labels: Labels) {
    this.#db = connection
    this.#labels = labels
  }

  /** In the place of all earlier ones; of a sample for which this class was rejected before, nothing is suggested. */
  replace(run: RunId, suggestions: readonly NewSuggestion[]): number {
    return this.#db.transaction(() => {
      this.#db.run('DELETE FROM suggestions WHERE rejected = 0')
      return this.#db.run(
        `INSERT INTO suggestions (sample, run, class, probability, at)
         SELECT s.id, ?, j.value ->> 1, j.value ->> 2, ? FROM json_each(?) j CROSS JOIN samples s ON s.id = j.value ->> 0 WHERE s.removed_at IS NULL
         ON CONFLICT (sample) DO UPDATE SET run = excluded.run, class = excluded.class, probability = excluded.probability, rejected = 0, at = excluded.at WHERE suggestions.class <> excluded.class`,
        [run, Date.now(), JSON.stringify(suggestions.map((one) => [one.sample, one.class, one.probability]))],
      ).changes
    })
  }

  /** Open ones, the surest first. */
  list(): SuggestionRecord[] {
    return this.#db.all<SuggestionRecord>(`SELECT g.sample, g.run, g.class, g.probability, s.split ${OPEN} ORDER BY g.probability DESC, g.sample`)
  }

  count(): number {
    return this.#db.number(`SELECT count(*) ${OPEN}`)
  }

  /** Makes labels of the open ones of `samples`, as one undoable edit of a person that names the run. Returns how many. */
  accept(samples: readonly SampleId[]): number {
    return this.#db.transaction(() => {
      const open = this.#db.all<{ sample: SampleId; class: ClassId; run: RunId; name: string }>(`SELECT g.sample, g.class, g.run, r.name ${OPEN.replace('FROM suggestions g', 'FROM suggestions g JOIN runs r ON r.id = g.run')} AND g.sample IN (SELECT value FROM json_each(?)) ORDER BY g.sample`, [JSON.stringify(samples)])
      if (open.length === 0) return 0
      const runs = [...new Set(open.map(({ run, name }) => `run ${run} (${name})`))].join(', ')
      return this.#labels.assignEach(open, 'person', (changes) => `accept ${changes === 1 ? '1 suggestion' : `${changes.toLocaleString('en')} suggestions`} of ${runs}`)
    })
  }

  /** Says no to those of `samples`; false takes that back. Returns how many changed. */
  reject(samples: readonly SampleId[], rejected = true): number {
    return this.#db.transaction(() => this.#db.run('UPDATE suggestions SET rejected = ? WHERE rejected <> ? AND sample IN (SELECT value FROM json_each(?))', [Number(rejected), Number(rejected), JSON.stringify(samples)]).changes)
  }

  /** Takes back all suggestions, rejections too. */
  clear(): number {
    return this.#db.transaction(() => this.#db.run('DELETE FROM suggestions').changes)
  }

  /**
   * Freezes for run `id` the open ones of at least `threshold`, of run `of` alone where one is given. Those of samples in the validation or
   * test split, and of classes that the version does not have, are left out.
   * @throws LatheError `data` where there are none.
   */
  adopt(id: RunId, { classes }: DatasetVersion, threshold: number, of: RunId | null): number {
    return this.#db.transaction(() => {
      const index = new Map(classes.map((entry, i) => [entry.id, i]))
      const chosen = this.#db.all<SuggestionRecord>(`SELECT g.sample, g.run, g.class, g.probability, s.split ${OPEN} AND g.probability >= ? AND (? IS NULL OR g.run = ?) AND coalesce(s.split, 'train') = 'train' ORDER BY g.sample`, [threshold, of, of]).filter((one) => index.has(one.class))
      if (chosen.length === 0) throw new LatheError('data', `pseudo=${threshold}: there is no suggestion${of === null ? '' : ` of run ${of}`} that sure: make some (Suggest in the window under Label, or "lathe suggest"), or lower the threshold`, { threshold })
      for (const { sample, class: to, probability } of chosen) this.#db.run('INSERT INTO pseudo_labels (run, sample, class, probability) VALUES (?, ?, ?, ?)', [id, sample, index.get(to) ?? 0, probability])
      this.#db.run('UPDATE samples SET frozen = 1 WHERE id IN (SELECT sample FROM pseudo_labels WHERE run = ?)', [id])
      return chosen.length
    })
  }

  /** Gives a member of an ensemble the suggestions that its ensemble froze. */
  share(ensemble: RunId, member: RunId): void {
    this.#db.transaction(() => this.#db.run('INSERT INTO pseudo_labels (run, sample, class, probability) SELECT ?, sample, class, probability FROM pseudo_labels WHERE run = ?', [member, ensemble]))
  }

  /** What run `id` is trained on besides its dataset version, in order of sample. */
  adopted(id: RunId): ManifestEntry[] {
    return this.#db.all<{ sample: SampleId; sha256: string; class: number }>('SELECT p.sample, s.sha256, p.class FROM pseudo_labels p JOIN samples s ON s.id = p.sample WHERE p.run = ? ORDER BY p.sample', [id]).map(({ sample, sha256, class: label }) => ({ sample, sha256, split: 'train', label, target: null }))
  }
}
