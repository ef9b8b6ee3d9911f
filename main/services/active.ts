// Active: what to label next, and suggestions: made by a run, accepted or rejected by a person.
import type { Project } from '../../db/project.ts'
import { tellChanged, type Context } from './context.ts'
import type { In, Out } from './io.ts'
import type { LongOptions } from './jobs.ts'

type I = In['active']
type O = Out['active']

export class ActiveService {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /** Puts the unlabelled samples in order; the grid's order `queue` follows it. */
  async queue({ project, run, by, count }: I['queue'], long: LongOptions = {}): Promise<O['queue']> {
    const file = this.#project(project)
    const { jobs, engine } = this.#context
    const result = await jobs.run({ kind: 'predict', project: file.path, title: `What to label next, by ${file.runs.get(run).name}`, run }, ({ signal, progress }) => engine.call('queue', { project: file.path, run, by, count }, { signal, onEvent: progress }), long)
    tellChanged(this.#context, project, 'samples')
    return result
  }

  /** Suggests classes of which the run is at least so sure, in the place of earlier suggestions. */
  async suggest({ project, run, threshold }: I['suggest'], long: LongOptions = {}): Promise<O['suggest']> {
    const file = this.#project(project)
    const { jobs, engine } = this.#context
    const result = await jobs.run({ kind: 'predict', project: file.path, title: `Suggestions by ${file.runs.get(run).name}`, run }, ({ signal, progress }) => engine.call('suggest', { project: file.path, run, threshold }, { signal, onEvent: progress }), long)
    tellChanged(this.#context, project, 'samples')
    return result
  }

  suggestions({ project }: I['suggestions']): O['suggestions'] {
    return this.#project(project).suggestions.list()
  }

  /** Makes them labels, as one step of undo. */
  accept({ project, samples }: I['accept']): O['accept'] {
    const { suggestions, labels } = this.#project(project)
    const changed = suggestions.accept(samples)
    if (changed > 0) tellChanged(this.#context, project, 'labels', 'classes')
    return { changed, state: labels.state() }
  }

  /** `rejected: false` takes a rejection back. */
  reject({ project, samples, rejected }: I['reject']): O['reject'] {
    const changed = this.#project(project).suggestions.reject(samples, rejected)
    if (changed > 0) tellChanged(this.#context, project, 'samples')
    return { changed }
  }

  clear({ project }: I['clear']): O['clear'] {
    const changed = this.#project(project).suggestions.clear()
    if (changed > 0) tellChanged(this.#context, project, 'samples')
    return { changed }
  }

  #project(file: string): Project {
    return this.#context.open.get(file)
  }
}
