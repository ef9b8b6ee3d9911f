// Results: evaluation, prediction, explanation and export of a run; what is in any ONNX file.
import type { Project } from '../../db/project.ts'
import type { BaselineReport, Commands, ExplainArgs, Explanation } from '../../engine/contract/commands.ts'
import type { ExportId } from '../../engine/contract/ids.ts'
import { tellChanged, type Context } from './context.ts'
import type { In, Out } from './io.ts'
import type { LongOptions } from './jobs.ts'
import { outFile } from './out-file.ts'

export class ResultsService {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  async evaluate({ project, run, checkpoint, split }: In['evaluate']['run'], long: LongOptions = {}): Promise<Out['evaluate']['run']> {
    const file = this.#project(project)
    const { jobs, engine } = this.#context
    const title = `Evaluation of ${file.runs.get(run).name} on ${split}`
    const result = await jobs.run({ kind: 'evaluate', project: file.path, title, run }, ({ signal, progress }) => engine.call('evaluate', { project: file.path, run, checkpoint, split }, { signal, onEvent: progress }), long)
    tellChanged(this.#context, project, 'evaluations', 'runs', 'samples')
    return result
  }

  latest({ project, run, split }: In['evaluate']['latest']): Out['evaluate']['latest'] {
    return this.#project(project).evaluations.latest(run, split)
  }

  async predict({ project, run, checkpoint, paths, texts, generation }: Commands['predict']['args'], long: LongOptions = {}): Promise<Commands['predict']['result']> {
    const file = this.#project(project)
    const checked = paths.map((one) => this.#context.paths.check(one))
    const { jobs, engine } = this.#context
    const title = `Prediction by ${file.runs.get(run).name}`
    return jobs.run({ kind: 'predict', project: file.path, title, run }, ({ signal, progress }) => engine.call('predict', { project: file.path, run, checkpoint, paths: checked, texts, generation }, { signal, onEvent: progress }), long)
  }

  explain({ project, run, sample, method, target, options }: In['explain']['run'], long: LongOptions = {}): Promise<Explanation> {
    return this.#explain({ project, run, sample, path: null, method, target, options }, long)
  }

  /** Of a file that is no sample of the project; nothing is stored. */
  explainPath(args: Omit<ExplainArgs, 'sample' | 'path'> & { readonly path: string }, long: LongOptions = {}): Promise<Explanation> {
    return this.#explain({ ...args, sample: null, path: this.#context.paths.check(args.path) }, long)
  }

  /** Writes the model as one ONNX file and checks it against the app. */
  async export({ project, run, checkpoint, out, opset, precision }: In['exports']['run'], long: LongOptions = {}): Promise<Out['exports']['run']> {
    const file = this.#project(project)
    const target = await outFile(this.#context.paths, out)
    const { jobs, engine } = this.#context
    const title = `Export of ${file.runs.get(run).name}`
    const result = await jobs.run({ kind: 'export', project: file.path, title, run }, ({ signal, progress }) => engine.call('export', { project: file.path, run, checkpoint, out: target, opset, precision }, { signal, onEvent: progress }), long)
    tellChanged(this.#context, project, 'exports')
    return result
  }

  exports({ project }: In['exports']['list']): Out['exports']['list'] {
    return this.#project(project).exports.list()
  }

  /** Where an export was written; it may have been moved since. */
  exported(project: string, id: ExportId): string {
    return this.#context.paths.check(this.#project(project).exports.get(id).path)
  }

  /** Shallow models beside a run, on its split; without a run on the data as they are. */
  async baseline({ project, run, split }: Commands['baseline']['args'], long: LongOptions = {}): Promise<BaselineReport> {
    const file = this.#project(project)
    const { jobs, engine } = this.#context
    const result = await jobs.run({ kind: 'baseline', project: file.path, title: 'Shallow models', ...(run !== null && { run }) }, ({ signal, progress }) => engine.call('baseline', { project: file.path, run, split }, { signal, onEvent: progress }), long)
    tellChanged(this.#context, project, 'samples', 'baselines')
    return result
  }

  /** The last table of shallow models beside the run, or on the same data. */
  latestBaseline({ project, run, split }: In['baseline']['latest']): Out['baseline']['latest'] {
    return this.#project(project).baselines.latest(run, split)
  }

  /** Writes a shallow model as one ONNX file and checks it against the app. */
  async exportBaseline({ project, run, name, out }: Commands['exportBaseline']['args'], long: LongOptions = {}): Promise<Commands['exportBaseline']['result']> {
    const file = this.#project(project)
    const target = await outFile(this.#context.paths, out)
    const { jobs, engine } = this.#context
    return jobs.run({ kind: 'export', project: file.path, title: `Export of ${name}` }, ({ signal, progress }) => engine.call('exportBaseline', { project: file.path, run, name, out: target }, { signal, onEvent: progress }), long)
  }

  async inspect({ path: file }: In['exports']['inspect']): Promise<Out['exports']['inspect']> {
    return this.#context.engine.call('inspect', { path: this.#context.paths.check(file) })
  }

  async #explain(args: ExplainArgs, long: LongOptions): Promise<Explanation> {
    const file = this.#project(args.project)
    const { jobs, engine } = this.#context
    const title = `Explanation of ${args.path ?? `sample ${args.sample ?? ''}`} by ${args.method}`
    const result = await jobs.run({ kind: 'explain', project: file.path, title, run: args.run }, ({ signal, progress }) => engine.call('explain', { ...args, project: file.path }, { signal, onEvent: progress }), long)
    if (args.sample !== null) tellChanged(this.#context, args.project, 'explanations')
    return result
  }

  #project(file: string): Project {
    return this.#context.open.get(file)
  }
}
