// Samples: the grid, import and its undo, splits, bytes.
import type { Project } from '../../db/project.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import type { SampleId } from '../../engine/contract/ids.ts'
import { readReferenced } from '../../engine/data/read-referenced.ts'
import { normaliseRatio } from '../../engine/data/split.ts'
import { tellChanged, type Context } from './context.ts'
import type { In, Out } from './io.ts'
import type { LongOptions } from './jobs.ts'

type I = In['samples']
type O = Out['samples']
/** Seed of splits made on import, where none is asked for. */
const IMPORT_SEED = 1

export class SamplesService {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  list({ project, filter, order, descending, offset, limit }: I['list']): O['list'] {
    return this.#project(project).samples.list(filter, order, descending, offset, limit)
  }

  ids({ project, filter, order, descending }: I['ids']): O['ids'] {
    return this.#project(project).samples.ids(filter, order, descending)
  }

  get({ project, id, run }: I['get']): O['get'] {
    return this.#project(project).samples.get(id, run)
  }

  counts({ project }: I['counts']): O['counts'] {
    const { samples, suggestions } = this.#project(project)
    return { ...samples.counts(), suggested: suggestions.count() }
  }

  imports({ project }: I['imports']): O['imports'] {
    return this.#project(project).imports.list()
  }

  /** Reads files, folders, zips and tables into the project as one unit: cancelled or failed, it leaves nothing. */
  async import({ project, paths, format, ratio, as, target }: I['import'], long: LongOptions = {}): Promise<O['import']> {
    const { path: file } = this.#project(project)
    const { engine, jobs, uploads } = this.#context
    const checked = paths.map((path) => this.#context.paths.check(path))
    const uploaded = await Promise.all(checked.map((path) => uploads.holds(path)))
    const title = checked.length === 1 ? `Import of ${paths[0] ?? ''}` : `Import of ${checked.length} files and folders`
    const args = { project: file, paths: checked, format, ratio: ratio && normaliseRatio(ratio), as: uploaded.includes(true) ? 'copy' : as, seed: IMPORT_SEED, target: target ?? null } as const
    try {
      const report = await jobs.run({ kind: 'import', project: file, title }, ({ signal, progress }) => engine.call('import', args, { signal, onEvent: progress }), long)
      await uploads.discard(checked)
      return report
    } catch (error) {
      if (error instanceof LatheError && error.kind === 'engine') this.#takeBack(file)
      throw error
    } finally {
      tellChanged(this.#context, project, 'samples', 'labels', 'classes')
    }
  }

  /** Reads as an import would, and says what would become of it. Uploaded files stay for the import that follows. */
  preview({ project, paths, format }: I['preview'], long: LongOptions = {}): Promise<O['preview']> {
    const { path: file } = this.#project(project)
    const { engine, jobs } = this.#context
    const args = { project: file, paths: paths.map((path) => this.#context.paths.check(path)), format }
    return jobs.run({ kind: 'import', project: file, title: 'Preview of the import' }, ({ signal, progress }) => engine.call('preview', args, { signal, onEvent: progress }), long)
  }

  /** Takes back all that an import brought; what a run was trained on stays readable for that run. */
  async undoImport({ project, id }: I['undoImport']): Promise<O['undoImport']> {
    const undone = await this.#context.engine.call('undoImport', { project: this.#project(project).path, import: id })
    tellChanged(this.#context, project, 'samples', 'labels', 'classes')
    return undone
  }

  /** Gives every sample a split by seed; runs keep the split they were frozen with. */
  async split({ project, by, ratio, seed }: I['split']): Promise<O['split']> {
    const report = await this.#context.engine.call('split', { project: this.#project(project).path, by, ratio, seed })
    tellChanged(this.#context, project, 'samples')
    return report
  }

  remove({ project, ids }: I['remove']): O['remove'] {
    const removed = this.#project(project).samples.remove(ids)
    tellChanged(this.#context, project, 'samples')
    return { removed }
  }

  restore({ project, ids }: I['restore']): O['restore'] {
    const restored = this.#project(project).samples.restore(ids)
    tellChanged(this.#context, project, 'samples')
    return { restored }
  }

  /** Hash and type of a sample's bytes, without reading them. The project need not be open. */
  key(project: string, id: SampleId): { readonly sha256: string; readonly mime: string } {
    const { sha256, mime } = this.#context.open.read(project, (file) => file.samples.get(id))
    return { sha256, mime }
  }

  /** The source bytes as they came. A referenced file must still be the one that was imported. */
  async bytes(project: string, id: SampleId): Promise<{ readonly bytes: Uint8Array; readonly mime: string }> {
    const { sample, data } = this.#context.open.read(project, (file) => ({ sample: file.samples.get(id), data: file.samples.data(id) }))
    if (data.data) return { bytes: data.data, mime: data.mime }
    return { bytes: await readReferenced({ id, ref: this.#context.paths.check(data.ref), bytes: sample.bytes, sha256: sample.sha256 }), mime: data.mime }
  }

  /** What a dead engine left of its import; where that cannot be written now, the next import or opening does it. */
  #takeBack(file: string): void {
    try {
      this.#project(file).imports.undoUnfinished()
    } catch {
      return
    }
  }

  #project(file: string): Project {
    return this.#context.open.get(file)
  }
}
