// Runs: recipe, readiness, start, pause, resume, stop, extend; one trains at a time, others wait in a queue.
import type { Project } from '../../db/project.ts'
import type { RunRecord } from '../../db/contract/records.ts'
import type { NewRun } from '../../db/repos/runs.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import { runScore } from '../../engine/contract/run-score.ts'
import { noMean, taskKind } from '../../engine/contract/task-kinds.ts'
import type { RunId } from '../../engine/contract/ids.ts'
import { tellChanged, type Context } from './context.ts'
import type { In, Out } from './io.ts'
import { readiness } from './readiness.ts'
import { TrainQueue } from './train-queue.ts'

type I = In['runs']
type O = Out['runs']
const MAX_EPOCHS = 100_000
const RESUMABLE = new Set(['paused', 'stopped', 'crashed', 'failed'])

export class RunsService {
  readonly #context: Context
  readonly #queue: TrainQueue

  constructor(context: Context) {
    this.#context = context
    this.#queue = new TrainQueue(context)
  }

  async recipe({ project, model, tokenizer }: I['recipe']): Promise<O['recipe']> {
    return this.#context.engine.call('recipe', { project: this.#project(project).path, model, tokenizer })
  }

  /** Why a recipe is as it is, on the data as they are. */
  reasons({ project, config }: I['reasons']): Promise<O['reasons']> {
    return this.#context.engine.call('reasons', { project: this.#project(project).path, config })
  }

  /** Classes without a label do not become outputs, so they do not count. */
  async summarize({ project, config }: I['summarize']): Promise<O['summarize']> {
    const file = this.#project(project)
    const classes = file.classes.list().filter((entry) => entry.samples > 0).length
    return this.#context.engine.call('summarize', { config, classes: Math.max(classes, taskKind(file.info().task).classes), samples: file.samples.totals().labelled, project: file.path })
  }

  augment({ project, config, sample, count }: I['augment']): Promise<O['augment']> {
    return this.#context.engine.call('augment', { project: this.#project(project).path, config, sample, count })
  }

  /** Keeps an ONNX file in the project, for runs that begin from its body. */
  async openModel({ project, path }: I['openModel']): Promise<O['openModel']> {
    const checked = this.#context.paths.check(path)
    try {
      return await this.#context.engine.call('openModel', { project: this.#project(project).path, path: checked })
    } finally {
      await this.#context.uploads.discard([checked])
    }
  }

  readiness({ project }: I['readiness']): O['readiness'] {
    return readiness(this.#project(project))
  }

  list({ project }: I['list']): O['list'] {
    const file = this.#project(project)
    return file.runs.list().map((run) => this.#queue.told(file.path, run))
  }

  get({ project, run }: I['get']): O['get'] {
    return this.#run(this.#project(project), run)
  }

  /**
   * Freezes the data as they are (splitting them first when nothing is split) and queues a run.
   * @throws LatheError data when the data do not allow a run, with every reason; not-found when the checkpoint to start `from` is gone.
   */
  async start({ project: file, config, name, from }: I['start']): Promise<O['start']> {
    const project = this.#project(file)
    const { task } = project.info()
    if (config.task !== task) throw new LatheError('usage', `run of ${file}: the project's task is ${task}, the recipe's is ${config.task}; ask for a recipe of this project`)
    const { ready, problems } = readiness(project)
    if (!ready) throw new LatheError('data', problems.join(' '), { problems })
    if (config.ensemble) checkEnsemble(config, from !== undefined)
    if (from !== undefined) project.checkpoints.get(from)
    const { dataset } = await this.#context.engine.call('freeze', { project: project.path, seed: config.seed })
    const run = this.#create(this.#project(file), { config, name, dataset, parent: from })
    tellChanged(this.#context, file, 'runs', 'samples')
    return this.#enqueue(project, run)
  }

  /**
   * One run that answers with the mean of these. @throws LatheError usage where their answers have no mean; conflict where one has no
   * weights, is an ensemble itself, was trained on other data, or reads its input in another way.
   */
  combine({ project: file, runs: ids, name }: I['combine']): O['combine'] {
    const project = this.#project(file)
    const { task } = project.info()
    if (!taskKind(task).averages) throw new LatheError('usage', noMean(task))
    const members = [...new Set(ids)].map((id) => project.runs.get(id))
    const [first] = members
    if (!first || members.length < 2) throw new LatheError('usage', 'an ensemble needs at least two different runs')
    for (const run of members) {
      const why = project.checkpoints.list(run.id).length === 0 ? `is ${run.status} and has no weights yet` : run.config.ensemble ? 'is an ensemble itself: name its members instead' : run.dataset !== first.dataset ? `was trained on other data than run ${first.id} (${first.name}), so no split is unseen by both` : JSON.stringify(run.config.input) !== JSON.stringify(first.config.input) ? `reads its input in another way than run ${first.id} (${first.name}): give both the same "input"` : null
      if (why) throw new LatheError('conflict', `run ${run.id} (${run.name}) ${why}`, { run: run.id })
    }
    const own = members.map(({ id, name: of, config: { model, modelOptions, initializer, seed } }) => ({ run: id, name: of, snapshot: null, model, modelOptions, initializer, seed, weightsHash: null }))
    const run = project.runs.create({ config: { ...first.config, snapshots: 0, ensemble: { by: 'runs', count: own.length, members: own } }, name, dataset: first.dataset })
    tellChanged(this.#context, file, 'runs')
    return this.#enqueue(project, run)
  }

  /** Goes on from the last checkpoint, with the same numbers as if it had never ended. */
  resume({ project: file, run: id }: I['resume']): O['resume'] {
    const project = this.#project(file)
    const run = this.#run(project, id)
    if (!RESUMABLE.has(run.status)) throw new LatheError('conflict', `run ${id} (${run.name}) is ${run.status}: expected paused, stopped, crashed or failed${run.status === 'finished' ? '; give a finished run more epochs with "extend"' : ''}`, { run: id, status: run.status })
    return this.#enqueue(project, run)
  }

  /** `epochs` more than were planned; more than were done for a run that finished early. */
  extend({ project: file, run: id, epochs }: I['extend']): O['extend'] {
    const project = this.#project(file)
    const run = this.#run(project, id)
    if (run.status !== 'finished' && !RESUMABLE.has(run.status)) throw new LatheError('conflict', `run ${id} (${run.name}) is ${run.status}: expected a run that has ended; pause it first`, { run: id, status: run.status })
    if (run.config.ensemble) throw new LatheError('conflict', `run ${id} (${run.name}) is an ensemble: give its members more epochs and combine them anew`, { run: id })
    const base = run.status === 'finished' ? Math.floor(run.epoch) : run.config.epochs
    if (base + epochs > MAX_EPOCHS) throw new LatheError('usage', `run ${id} (${run.name}): ${base.toLocaleString('en')} epochs and ${epochs.toLocaleString('en')} more: a run has at most ${MAX_EPOCHS.toLocaleString('en')}`, { run: id })
    const extended = project.transaction(() => {
      project.checkpoints.forgetEarlyStop(id)
      return project.runs.update(id, { config: { ...run.config, epochs: base + epochs } })
    })
    return this.#enqueue(project, extended)
  }

  /** Resolves when the run has paused with a checkpoint. */
  pause({ project, run }: I['pause']): Promise<O['pause']> {
    return this.#end(project, run, 'pause')
  }

  /** Ends the run in good order; what it has learnt stays. */
  stop({ project, run }: I['stop']): Promise<O['stop']> {
    return this.#end(project, run, 'stop')
  }

  rename({ project, run, name }: I['rename']): O['rename'] {
    const renamed = this.#project(project).runs.rename(run, name)
    tellChanged(this.#context, project, 'runs')
    return renamed
  }

  remove({ project, run }: I['remove']): O['remove'] {
    this.#project(project).runs.remove(run)
    tellChanged(this.#context, project, 'runs', 'evaluations', 'explanations', 'exports', 'samples')
    return { ok: true }
  }

  metrics({ project, run, after }: I['metrics']): O['metrics'] {
    return this.#project(project).metrics.list(run, after)
  }

  checkpoints({ project, run }: I['checkpoints']): O['checkpoints'] {
    return this.#project(project).checkpoints.list(run)
  }

  /** Names of the run's outputs, in order. */
  classes({ project: file, run }: I['get']): readonly string[] {
    const project = this.#project(file)
    return project.datasets.get(project.runs.get(run).dataset).classes.map((entry) => entry.name)
  }

  /** The run with the best score on validation (`runScore`), then the lowest validation loss, then the newest, that has weights; null without one. */
  best(file: string): RunRecord | null {
    const project = this.#project(file)
    const rank = (run: RunRecord): number => runScore(run)?.rank ?? -Infinity
    const ranked = (a: RunRecord, b: RunRecord): number => (rank(a) === rank(b) ? 0 : rank(b) - rank(a))
    const loss = (run: RunRecord): number => run.metrics['best/val/loss'] ?? run.metrics['val/loss'] ?? Infinity
    const candidates = project.runs.list().filter((run) => project.checkpoints.list(run.id).length > 0)
    return candidates.toSorted((a, b) => ranked(a, b) || loss(a) - loss(b) || b.id - a.id)[0] ?? null
  }

  /** Resolves when the run is neither queued nor running here, whatever its status is then. */
  async finished(project: string, run: RunId): Promise<RunRecord> {
    await this.#queue.ended(this.#project(project).path, run)
    return this.#run(this.#project(project), run)
  }

  /** True while a run of this project trains or waits here. */
  busy(project: string): boolean {
    return this.#queue.busy(project)
  }

  /** Pauses what trains and what waits. */
  async close(): Promise<void> {
    await this.#queue.close()
  }

  /** With the suggestions that the recipe asks for: those of the run that it starts from, or of any where it starts at random. */
  #create(project: Project, run: NewRun): RunRecord {
    const { config: { pseudo }, dataset, parent } = run
    if (pseudo === null) return project.runs.create(run)
    return project.transaction(() => {
      const { id } = project.runs.create(run)
      project.suggestions.adopt(id, project.datasets.get(dataset), pseudo, parent ? project.checkpoints.get(parent).run : null)
      return project.runs.get(id)
    })
  }

  #enqueue(project: Project, run: RunRecord): RunRecord {
    const queued = project.runs.update(run.id, { status: 'queued', error: null })
    this.#queue.add(project, run.id)
    return queued
  }

  async #end(file: string, id: RunId, action: 'pause' | 'stop'): Promise<RunRecord> {
    const project = this.#project(file)
    const after = action === 'pause' ? 'paused' : 'stopped'
    const where = await this.#queue.end(project, id, action)
    const run = this.#run(project, id)
    if (where === 'elsewhere') {
      if (run.status === 'running' || run.status === 'queued') throw new LatheError('conflict', `run ${id} (${run.name}) is ${run.status} in another Lathe: ${action} it there`, { run: id, status: run.status })
      if (action === 'stop' && RESUMABLE.has(run.status)) {
        const stopped = project.runs.update(id, { status: after })
        tellChanged(this.#context, file, 'runs')
        return stopped
      }
      if (run.status !== after) throw new LatheError('conflict', `run ${id} (${run.name}) is ${run.status}: there is nothing to ${action}`, { run: id, status: run.status })
    }
    return run
  }

  #run(project: Project, id: RunId): RunRecord {
    return this.#queue.told(project.path, project.runs.get(id))
  }

  #project(file: string): Project {
    this.#queue.settle()
    return this.#context.open.get(file)
  }
}

/** @throws LatheError usage */
function checkEnsemble({ task, ensemble }: I['start']['config'], continues: boolean): void {
  if (!taskKind(task).averages) throw new LatheError('usage', noMean(task))
  if (ensemble?.by === 'runs' || (ensemble?.members.length ?? 0) > 0) throw new LatheError('usage', 'runs that are trained already are combined with "lathe ensemble", not trained')
  if (continues) throw new LatheError('usage', 'the members of an ensemble begin from weights of their own: leave out the run to start from')
}
