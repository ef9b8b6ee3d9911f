// Command evaluate: metrics with intervals, classes, confusion and predictions of a run on one split, as its dataset version froze it.
import { z } from 'zod'
import type { PredictionRecord } from '../../db/contract/records.ts'
import type { Evaluation } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import { runId, type SampleId } from '../contract/ids.ts'
import { split as splitName, type Split } from '../contract/recipe.ts'
import type { Predictions } from '../metrics/predictions.ts'
import { task } from '../tasks/index.ts'
import { Evaluator } from '../train/evaluate.ts'
import type { Command } from './command.ts'
import { loadSamples } from './load-samples.ts'
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
      const entries = project.datasets.manifest(version.id).filter((entry) => entry.split === split)
      if (entries.length === 0) throw new LatheError('data', `run ${id} (${run.name}): its data hold no labelled sample in the ${split} split; evaluate another split, or split the data and train again`, { run: id, split })
      const set = await loadSamples(project, entries, { input: run.config.input, signal, onProgress: emit })
      await using evaluator = await Evaluator.create(run.config, version.classes.length, { batch: Math.min(256, set.count) })
      const predictions = await evaluator.run(state.weights, set, {
        onBatch: (done, total) => {
          signal.throwIfAborted()
          emit({ done, total, stage: 'predicting' })
        },
      })
      emit({ done: set.count, total: set.count, stage: 'measuring' })
      const scored = task(run.config.task).score(predictions, SEED)
      const evaluation: Evaluation = {
        run: id,
        checkpoint: checkpoint.id,
        split,
        samples: scored.samples,
        metrics: prefixed(split, scored.metrics),
        intervals: prefixed(split, scored.intervals),
        classes: version.classes.map(({ id: classId, name }, i) => ({ id: classId, name, ...(scored.classes[i] ?? { precision: 0, recall: 0, f1: 0, support: 0 }) })),
        confusion: scored.confusion,
      }
      if (!project.readOnly) project.evaluations.save(evaluation, records(predictions, split))
      return evaluation
    }),
}

function records({ count, classes, ids, labels, predicted, probabilities, losses }: Predictions, split: Split): PredictionRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const label = labels[i] ?? -1
    const loss = losses[i] ?? NaN
    return { sample: (ids[i] ?? 0) as SampleId, split, predicted: predicted[i] ?? 0, label: label < 0 ? null : label, probabilities: probabilities.slice(i * classes, (i + 1) * classes), loss: Number.isNaN(loss) ? null : loss }
  })
}
