// Cli: what every command works with: output, Ctrl+C, the services that the window uses too.
import { LatheError } from '../../engine/contract/errors.ts'
import type { RunRecord } from '../../db/contract/records.ts'
import type { RunId } from '../../engine/contract/ids.ts'
import type { EngineChild } from '../services/engine-child.ts'
import type { LongOptions } from '../services/jobs.ts'
import type { Services } from '../services/index.ts'
import type { Output } from './output.ts'

export class Cli {
  readonly out: Output
  /** Aborts on the first Ctrl+C; the second ends the process at once. */
  readonly signal: AbortSignal
  readonly #interrupt: () => void
  readonly #startEngine: (() => EngineChild) | null
  #services: Services | null = null

  /** `startEngine`: null forks a process of its own. */
  constructor(out: Output, startEngine: (() => EngineChild) | null = null) {
    this.out = out
    this.#startEngine = startEngine
    const controller = new AbortController()
    this.signal = controller.signal
    this.#interrupt = () => {
      if (controller.signal.aborted) process.exit(1)
      controller.abort(new LatheError('cancelled', 'cancelled by the user: nothing of this command was kept but what it says it wrote'))
    }
    process.on('SIGINT', this.#interrupt)
    process.on('SIGTERM', this.#interrupt)
  }

  print(...lines: readonly string[]): void {
    this.out.print(...lines)
  }

  /** The engine starts with the first command that needs it. */
  async services(): Promise<Services> {
    if (this.#services) return this.#services
    const [{ createServices }, { appFolders }, { forkEngine }, { engineEntry }] = await Promise.all([import('../services/index.ts'), import('../services/folders.ts'), import('../services/engine-child.ts'), import('../paths.ts')])
    return (this.#services ??= createServices({ ...appFolders(), startEngine: this.#startEngine ?? (() => forkEngine(engineEntry)), roots: null }))
  }

  /** Opens a project and gives the name under which the services know it. */
  async open(file: string): Promise<{ readonly services: Services; readonly project: string }> {
    const services = await this.services()
    const { path } = await services.projects.open({ path: file })
    return { services, project: path }
  }

  /** Shows the progress of a long use-case and lets Ctrl+C cancel it. */
  async long<T>(title: string, work: (options: LongOptions) => Promise<T>): Promise<T> {
    this.signal.throwIfAborted()
    const view = this.out.progress(title)
    try {
      return await work({ onProgress: (progress) => { view.update(progress) }, signal: this.signal })
    } finally {
      view.end()
    }
  }

  /** A run by its number, its name, or `best` (by validation). @throws LatheError not-found. */
  async run(project: string, reference: string): Promise<RunRecord> {
    const { runs } = await this.services()
    if (/^\d+$/.test(reference)) return runs.get({ project, run: Number(reference) as RunId })
    if (reference === 'best') {
      const best = runs.best(project)
      if (!best) throw new LatheError('not-found', `${project}: there is no trained run yet; train one with "lathe train ${project}"`, { project })
      return best
    }
    const named = runs.list({ project }).find((run) => run.name === reference)
    if (!named) throw new LatheError('not-found', `${project}: there is no run named ${JSON.stringify(reference)}; list them with "lathe runs ${project}"`, { project, run: reference })
    return named
  }

  async close(): Promise<void> {
    await this.#services?.close()
    process.removeListener('SIGINT', this.#interrupt)
    process.removeListener('SIGTERM', this.#interrupt)
  }
}
