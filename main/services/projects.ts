// Projects: recent, new, open, from a built-in sample, integrity.
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { checkProject } from '../../db/check.ts'
import type { ProjectInfo } from '../../db/contract/records.ts'
import { createProject, openProject, type Project } from '../../db/project.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import { tellChanged, type Context } from './context.ts'
import type { In, Out } from './io.ts'
import type { LongOptions } from './jobs.ts'
import type { Recent } from './recent.ts'

type I = In['projects']
type O = Out['projects']
const STRIP = 6

export class ProjectsService {
  readonly #context: Context
  readonly #recent: Recent
  readonly #folder: string
  readonly #previews = new Map<string, Promise<O['samplePreview']>>()
  readonly #busy: (project: string) => boolean

  /** `busy`: a run of the project is under way. */
  constructor(context: Context, recent: Recent, projectsFolder: string, busy: (project: string) => boolean) {
    this.#context = context
    this.#recent = recent
    this.#folder = projectsFolder
    this.#busy = busy
  }

  /** Those that this host may open. */
  async recent(): Promise<O['recent']> {
    return (await this.#recent.list()).filter((known) => this.#context.paths.allows(known.path))
  }

  async forget({ path: file }: I['forget']): Promise<O['forget']> {
    await this.#recent.remove(file)
    return { ok: true }
  }

  async create({ path: file, task, name }: I['create']): Promise<ProjectInfo> {
    const full = this.#context.paths.check(file)
    const { tasks } = await this.#context.catalog()
    if (!tasks.some((known) => known.id === task)) throw new LatheError('usage', `task "${task}": expected one of ${tasks.map((known) => known.id).join(', ')}`, { task })
    this.#context.open.current(full)
    return this.#opened(createProject(full, { task, ...(name !== undefined && { name }) }))
  }

  /** A project with all samples of a built-in one; nothing is left behind when that fails or is cancelled. */
  async fromSample({ id, path: given, task }: I['fromSample'], long: LongOptions = {}): Promise<ProjectInfo> {
    const { engine, jobs, open } = this.#context
    const { samples } = await this.#context.catalog()
    const sample = samples.find((known) => known.id === id)
    if (!sample) throw new LatheError('usage', `sample "${id}": expected one of ${samples.map((known) => known.id).join(', ')}`, { id })
    if (task !== null && !(sample.tasks ?? [sample.task]).includes(task)) throw new LatheError('usage', `sample "${id}" serves ${(sample.tasks ?? [sample.task]).join(', ')}, not ${task}`, { id, task })
    const file = this.#context.paths.check(given ?? (await this.#freeName(id)))
    open.current(file)
    const project = createProject(file, { task: task ?? sample.task, name: sample.title, licence: sample.licence })
    open.add(project)
    try {
      await jobs.run({ kind: 'sample', project: file, title: `Sample ${sample.title}` }, ({ signal, progress }) => engine.call('sample', { project: file, id }, { signal, onEvent: progress }), long)
    } catch (error) {
      open.close(file)
      for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true })
      throw error
    }
    return this.#opened(project)
  }

  /** Made by the engine when it is first asked for, and kept while the host lives. */
  samplePreview({ id }: I['samplePreview']): Promise<O['samplePreview']> {
    const known = this.#previews.get(id)
    if (known) return known
    const made = this.#context.engine.call('samplePreview', { id })
    this.#previews.set(id, made)
    made.catch(() => { this.#previews.delete(id) })
    return made
  }

  /** Checks every page and the schema; marks as crashed what a dead process left running, and takes back an import that it left unfinished. */
  async open({ path: file }: I['open']): Promise<ProjectInfo> {
    const full = this.#context.paths.check(file)
    const already = this.#context.open.current(full)
    if (already) return this.#opened(already)
    const project = openProject(full)
    if (!project.readOnly) {
      try {
        project.imports.undoUnfinished()
        project.runs.markCrashed()
      } catch (error) {
        // On a full disk a project can still be looked at; this is done when it is opened next.
        if (!(error instanceof LatheError && error.kind === 'disk-full')) {
          project.close()
          throw error
        }
      }
    }
    return this.#opened(project)
  }

  info({ project }: I['info']): ProjectInfo {
    return this.#context.open.get(project).info()
  }

  /** A project whose run goes on stays connected until the run ends with the host. */
  async close({ project }: I['close']): Promise<O['close']> {
    const found = this.#context.open.find(project)
    if (found) {
      await this.#remember(found)
      if (!this.#busy(found.path)) this.#context.open.close(project)
    }
    return { ok: true }
  }

  check({ path: file }: I['check']): O['check'] {
    const { ok, problems } = checkProject(this.#context.paths.check(file))
    return { ok, problems }
  }

  async #opened(project: Project): Promise<ProjectInfo> {
    this.#context.open.add(project)
    await this.#remember(project)
    tellChanged(this.#context, project.path, 'samples', 'labels', 'classes', 'runs')
    return project.info()
  }

  /** The list is a convenience: a data folder that cannot be written stops nothing. */
  async #remember(project: Project): Promise<void> {
    const { name, task, samples } = project.info()
    const { rows } = project.samples.list({}, 'id', false, 0, STRIP)
    await this.#recent.add({ path: project.path, name, task, samples, openedAt: Date.now(), thumbnails: rows.map((row) => row.id) }).catch(() => undefined)
  }

  async #freeName(id: string): Promise<string> {
    await mkdir(this.#folder, { recursive: true })
    for (let n = 1; ; n++) {
      const file = path.join(this.#folder, n === 1 ? `${id}.lathe` : `${id}-${n}.lathe`)
      if (!existsSync(file)) return file
    }
  }
}
