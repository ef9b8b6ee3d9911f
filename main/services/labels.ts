// Labels: classes, assignment, undo and redo, history, files of labels.
import type { Project } from '../../db/project.ts'
import { tellChanged, type Context } from './context.ts'
import type { In, Out } from './io.ts'
import { outFile } from './out-file.ts'

type I = In['labels']
type O = Out['labels']

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

  /** Writes every sample with its label and split; what is written appears whole or not at all. */
  async exportCsv({ project, out, format = 'csv-labels' }: I['exportCsv']): Promise<O['exportCsv']> {
    const file = await outFile(this.#context.paths, out)
    const { writeLabels } = await import('./write-labels.ts')
    return { written: await writeLabels(this.#project(project), format, file), path: file }
  }

  #project(file: string): Project {
    return this.#context.open.get(file)
  }
}
