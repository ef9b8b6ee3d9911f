// Command evaluate: metrics with intervals, classes, confusion and predictions of a run on one split, as its dataset version froze it.
import { z } from 'zod'
import type { PredictionRecord } from '../../db/contract/records.ts'
import type { Evaluation } from '../contract/commands.ts'
import { generation } from '../contract/generation.ts'
import { LatheError } from '../contract/errors.ts'
import { runId, type SampleId } from '../contract/ids.ts'
import { split as splitName, type Split } from '../contract/recipe.ts'
import type { DataSet } from '../data/types.ts'
import { task } from '../tasks/index.ts'
import type { Score } from '../tasks/task.ts'
import { Evaluator } from '../train/evaluate.ts'
import { generated } from '../train/generated.ts'
import type { Command } from './command.ts'
import { loadSet } from './load-set.ts'
import { trained } from './trained.ts'
import { withProject } from './with-project.ts'

/** Of the bootstrap: the same evaluation gives the same intervals. */
const SEED = 0
const prefixed = <T>(split: Split, values: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(values).map(([name, value]) => [`${split}/${name}`, value]))

export const evaluateCommand: Command<'evaluate'> = {
  args: z.object({ project: z.string(), run: runId, split: splitName, checkpoint: z.enum(['best', 'last']) }),
  run: ({ project: file, run: id, split, checkpoint: kind }, { emit, signal }) =>
    withProject(file, async (project) => {
      const { run, version, checkpoint, state } = trained(project, id, kind)
      const { config } = run
      const manifest = project.datasets.manifest(version.id)
      if (!manifest.some((entry) => entry.split === split)) throw new LatheError('data', `run ${id} (${run.name}): its data hold no labelled sample in the ${split} split; evaluate another split, or split the data and train again`, { run: id, split })
      const set = await loadSet(project, manifest, split, { config, version, purpose: 'evaluate', signal, onProgress: emit })
      await using evaluator = await Evaluator.create(config, version.classes.length, { batch: Math.min(256, Math.max(1, set.count)) })
      const direct = await evaluator.run(state.weights, set, {
        onBatch: (done, total) => {
          signal.throwIfAborted()
          emit({ done, total, stage: 'predicting' })
        },
      })
      const classes = version.classes.map((entry) => entry.name)
      const made = await generated({ config, classes, weights: state.weights, set, purpose: 'evaluate', options: generation.parse({}), signal, onProgress: emit })
      emit({ done: set.count, total: set.count, stage: 'measuring' })
      const scored = task(config.task).score({ set, outputs: { ...direct.outputs, ...made }, config, classes, seed: SEED })
      const evaluation: Evaluation = {
        run: id,
        checkpoint: checkpoint.id,
        split,
        samples: scored.samples,
        metrics: prefixed(split, scored.metrics),
        intervals: prefixed(split, scored.intervals),
        classes: scored.classes.length === 0 ? [] : version.classes.map(({ id: classId, name }, i) => ({ id: classId, name, ...(scored.classes[i] ?? { precision: 0, recall: 0, f1: 0, support: 0 }) })),
        confusion: scored.confusion,
      }
      if (!project.readOnly) project.evaluations.save(evaluation, records(set, scored, split))
      return evaluation
    }),
}

/** Of rows that share a sample the worst is kept. */
function records(set: DataSet, { rows }: Score, split: Split): PredictionRecord[] {
  const bySample = new Map<number, PredictionRecord>()
  rows.forEach(({ predicted, probability, probabilities, loss, correct, output }, i) => {
    const sample = (set.ids[i] ?? 0) as SampleId
    const label = set.labels[i] ?? -1
    const known = bySample.get(sample)
    if (known && (known.loss ?? -Infinity) >= (loss ?? -Infinity)) return
    bySample.set(sample, { sample, split, predicted, label: predicted === null || label < 0 ? null : label, probability, probabilities, loss, correct, output })
  })
  return [...bySample.values()]
}
