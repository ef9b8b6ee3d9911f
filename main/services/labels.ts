// Labels: classes, assignment, undo and redo, history, CSV.
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setImmediate as breathe } from 'node:timers/promises'
import { pipeline } from 'node:stream/promises'
import type { Project } from '../../db/project.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import type { LabelRow } from '../../engine/formats/format.ts'
import { tellChanged, type Context } from './context.ts'
import type { In, Out } from './io.ts'
import { outFile } from './out-file.ts'

type I = In['labels']
type O = Out['labels']
const PAGE = 1000

export class LabelsService {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  classes({ project }: I['classes']): O['classes'] {
    return this.#project(project).classes.list()
  }

  addClass({ project, name }: I['addClass']): O['addClass'] {
    const added = this.#project(project).classes.add(name)
    tellChanged(this.#context, project, 'classes')
    return added
  }

  renameClass({ project, id, name }: I['renameClass']): O['renameClass'] {
    const renamed = this.#project(project).classes.rename(id, name)
    tellChanged(this.#context, project, 'classes')
    return renamed
  }

  removeClass({ project, id }: I['removeClass']): O['removeClass'] {
    this.#project(project).classes.remove(id)
    tellChanged(this.#context, project, 'classes')
    return { ok: true }
  }

  moveClass({ project, id, position }: I['moveClass']): O['moveClass'] {
    const order = this.#project(project).classes.move(id, position)
    tellChanged(this.#context, project, 'classes')
    return order
  }

  assign({ project, samples, class: to }: I['assign']): O['assign'] {
    const { labels } = this.#project(project)
    const changed = labels.assign(samples, to)
    if (changed > 0) tellChanged(this.#context, project, 'labels', 'classes')
    return { changed, state: labels.state() }
  }

  set({ project, sample, label }: I['set']): O['set'] {
    const { labels } = this.#project(project)
    const changed = labels.assignLabel(sample, label)
    if (changed) tellChanged(this.#context, project, 'labels', 'classes')
    return { changed, state: labels.state() }
  }

  undo({ project }: I['undo']): O['undo'] {
    const { labels } = this.#project(project)
    const samples = labels.undo()
    if (samples.length > 0) tellChanged(this.#context, project, 'labels', 'classes')
    return { samples, state: labels.state() }
  }

  redo({ project }: I['redo']): O['redo'] {
    const { labels } = this.#project(project)
    const samples = labels.redo()
    if (samples.length > 0) tellChanged(this.#context, project, 'labels', 'classes')
    return { samples, state: labels.state() }
  }

  state({ project }: I['state']): O['state'] {
    return this.#project(project).labels.state()
  }

  history({ project, sample }: I['history']): O['history'] {
    return this.#project(project).labels.history(sample)
  }

  /** Writes every sample with its label and split; the file appears whole or not at all. */
  async exportCsv({ project, out }: I['exportCsv']): Promise<O['exportCsv']> {
    const file = await outFile(this.#context.paths, out)
    const { csvLabels } = await import('../../engine/formats/csv-labels.ts')
    if (!csvLabels.write) throw new LatheError('internal', 'the CSV format cannot be written')
    const rows = await labelRows(this.#project(project))
    const draft = `${file}.${process.pid}.part`
    try {
      await pipeline(Readable.from(csvLabels.write(rows)), createWriteStream(draft))
      await rename(draft, file)
    } catch (error) {
      await rm(draft, { force: true })
      throw writeError(error, file)
    }
    return { written: rows.length, path: file }
  }

  #project(file: string): Project {
    return this.#context.open.get(file)
  }
}

async function labelRows(project: Project): Promise<LabelRow[]> {
  const names = new Map(project.classes.list().map((entry) => [entry.id, entry.name]))
  const ids = project.samples.ids({})
  const rows: LabelRow[] = []
  for (let at = 0; at < ids.length; at += PAGE) {
    for (const sample of project.samples.many(ids.slice(at, at + PAGE))) rows.push({ name: sample.name, className: sample.class === null ? null : (names.get(sample.class) ?? null), split: sample.split })
    await breathe()
  }
  return rows
}

function writeError(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC') return new LatheError('disk-full', `${file}: the disk is full; nothing was written: free some space, then try again`, { path: file }, { cause: error })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return new LatheError('read-only', `${file} cannot be written: choose another place`, { path: file }, { cause: error })
  return error
}
