// Open projects: one connection a file, by its real path.
import { statSync } from 'node:fs'
import { openProject, type Project } from '../../db/project.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import type { PathGuard } from './paths.ts'

/** Tells a file from another one of its name; null where there is none. */
function fileOf(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat ? `${stat.dev}/${stat.ino}` : null
}

export class OpenProjects {
  readonly #guard: PathGuard
  readonly #open = new Map<string, Project>()
  readonly #files = new WeakMap<Project, string | null>()

  constructor(guard: PathGuard) {
    this.#guard = guard
  }

  /** @throws LatheError not-found when this host has not opened it. */
  get(file: string): Project {
    const project = this.#open.get(this.#guard.check(file))
    if (!project) throw new LatheError('not-found', `${file}: the project is not open here; open it first`, { path: file })
    return project
  }

  find(file: string): Project | null {
    return this.#open.get(this.#guard.check(file)) ?? null
  }

  /** As `find`, but a project whose file has been deleted or replaced since is closed, and is not open any more. */
  current(file: string): Project | null {
    const project = this.find(file)
    if (!project || this.#sameFile(project)) return project
    this.close(file)
    return null
  }

  add(project: Project): void {
    this.#files.set(project, fileOf(project.path))
    this.#open.set(this.#guard.check(project.path), project)
  }

  #sameFile(project: Project): boolean {
    return this.#files.get(project) === fileOf(project.path)
  }

  close(file: string): void {
    const key = this.#guard.check(file)
    this.#open.get(key)?.close()
    this.#open.delete(key)
  }

  closeAll(): void {
    for (const project of this.#open.values()) project.close()
    this.#open.clear()
  }

  /** Reads from the open project, or for a moment from one that is not open. */
  read<T>(file: string, body: (project: Project) => T): T {
    const open = this.find(file)
    if (open) return body(open)
    using project = openProject(this.#guard.check(file), { readOnly: true, verify: false })
    return body(project)
  }
}
