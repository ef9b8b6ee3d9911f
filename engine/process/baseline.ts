// Command baseline: shallow models on the frozen split of a run, beside that run, with a verdict.
import { z } from 'zod'
import type { ManifestEntry } from '../../db/contract/records.ts'
import type { Project } from '../../db/project.ts'
import type { BaselineReport } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import { generation } from '../contract/generation.ts'
import { runId, type DatasetVersionId, type RunId, type SampleId } from '../contract/ids.ts'
import { split as splitName, type Split } from '../contract/recipe.ts'
import type { BaselineDef, BaselineModel, BaselineRequest } from '../shallow/baselines/baseline.ts'
import { baselineOf } from '../shallow/baselines/index.ts'
import { verdict, type Contender } from '../shallow/verdict.ts'
import { task } from '../tasks/index.ts'
import { Evaluator } from '../train/evaluate.ts'
import { generated } from '../train/generated.ts'
import type { Command, CommandContext } from './command.ts'
import { freezeCommand } from './freeze.ts'
import { loadSet } from './load-set.ts'
import { readSample } from './read-sample.ts'
import { recipeOf } from './recipe.ts'
import { trained } from './trained.ts'
import { withProject } from './with-project.ts'

/** Of the models and the bootstrap: the same data give the same table. */
export const BASELINE_SEED = 0
const prefixed = <T>(split: Split, values: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(values).map(([name, value]) => [`${split}/${name}`, value]))

export const baselineCommand: Command<'baseline'> = {
  args: z.object({ project: z.string(), run: runId.nullable(), split: splitName }),
  run: async ({ project: file, run, split }, context) => {
    const { def, request, version } = await baselineRequest(file, run, split, context)
    return withProject(file, async (project) => {
      const { ranking } = def
      const models: BaselineModel[] = []
      for await (const model of def.run(withReading(project, request, run))) models.push(model)
      const quality = (model: { readonly metrics: Readonly<Record<string, number>> }): number => (model.metrics[ranking.metric] ?? NaN) * (ranking.lowerIsBetter ? -1 : 1)
      const sorted = models.toSorted((a, b) => quality(b) - quality(a))
      const [best] = sorted
      if (!best) throw new LatheError('internal', 'no shallow model was fitted')
      const deep = run === null ? null : await deepContender(project, run, split, def, context)
      const found = verdict({ name: best.title, value: best.metrics[ranking.metric] ?? NaN, interval: best.intervals[ranking.metric] ?? null, values: best.values }, deep?.contender ?? null, ranking, BASELINE_SEED)
      const report: BaselineReport = {
        split,
        metric: `${split}/${ranking.metric}`,
        lowerIsBetter: ranking.lowerIsBetter,
        dataset: project.datasets.get(version).hash,
        models: sorted.map(({ name, title, note, metrics, intervals, seconds, exportable }) => ({ name, title, note, metrics: prefixed(split, metrics), intervals: prefixed(split, intervals), seconds, exportable: exportable !== null })),
        deep: deep && { run: deep.run, name: deep.name, metrics: prefixed(split, deep.metrics), intervals: prefixed(split, deep.intervals) },
        difference: found.difference,
        verdict: found.text,
      }
      if (!project.readOnly) project.baselines.save(version, run, report)
      return report
    })
  },
}

/** Without what needs the open project. */
type Unread = Omit<BaselineRequest, 'read' | 'config'>

interface Prepared {
  readonly def: BaselineDef
  readonly request: Unread
  readonly version: DatasetVersionId
}

/** The frozen data of `run`; without one the data as they are, frozen now. */
export async function baselineRequest(file: string, run: RunId | null, split: Split, { emit, signal, control }: Pick<CommandContext<'baseline'>, 'emit' | 'signal' | 'control'>): Promise<Prepared> {
  const dataset = run === null ? (await freezeCommand.run({ project: file, seed: BASELINE_SEED }, { emit: () => undefined, signal, control })).dataset : null
  return withProject(file, (project) => {
    const def = baselineOf(project.info().task)
    const version = project.datasets.get(dataset ?? project.runs.get(run ?? (0 as RunId)).dataset)
    const samples = project.datasets.manifest(version.id).map(({ sample, label, target, split: own }: ManifestEntry) => ({ id: sample, class: label, label: target, split: own }))
    return Promise.resolve({ def, version: version.id, request: { samples, classes: version.classes.map((entry) => entry.name), split, seed: BASELINE_SEED, signal, onProgress: emit } })
  })
}

export const withReading = (project: Project, request: Unread, run: RunId | null): BaselineRequest => ({
  ...request,
  read: (id) => readSample(project, id as SampleId),
  config: () => (run === null ? recipeOf(project, null) : Promise.resolve(project.runs.get(run).config)),
})

/** The run's best weights on the same split. */
async function deepContender(project: Project, id: RunId, split: Split, def: BaselineDef, { emit, signal }: Pick<CommandContext<'baseline'>, 'emit' | 'signal'>): Promise<{ run: RunId; name: string; metrics: Readonly<Record<string, number>>; intervals: BaselineModel['intervals']; contender: Contender }> {
  const { run, version, state } = trained(project, id, 'best')
  const { config } = run
  const classes = version.classes.map((entry) => entry.name)
  const set = await loadSet(project, project.datasets.manifest(version.id), split, { config, version, purpose: 'evaluate', signal, onProgress: emit })
  await using evaluator = await Evaluator.create(config, classes.length, { batch: Math.min(256, Math.max(1, set.count)) })
  const direct = await evaluator.run(state.weights, set, { onBatch: () => { signal.throwIfAborted() } })
  const made = await generated({ config, classes, weights: state.weights, set, purpose: 'evaluate', options: generation.parse({}), signal, onProgress: emit })
  const scored = { set, outputs: { ...direct.outputs, ...made }, config, classes, seed: BASELINE_SEED }
  const { metrics, intervals, rows } = task(config.task).score(scored)
  const values = def.valuesOf({ ...scored, rows })
  const { metric } = def.ranking
  return { run: id, name: run.name, metrics, intervals, contender: { name: `Run ${id} (${run.name})`, value: metrics[metric] ?? NaN, interval: intervals[metric] ?? null, values } }
}
