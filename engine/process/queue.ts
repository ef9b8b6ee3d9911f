// Command queue: which samples to label next, by what a run says of those without a label, kept in the project for the grid; or which labels are likely wrong.
import { z } from 'zod'
import type { Project } from '../../db/project.ts'
import { outOfFold } from '../active/cross-validate.ts'
import { labelErrors } from '../active/label-errors.ts'
import { queue } from '../active/pool.ts'
import type { QueueResult } from '../contract/commands.ts'
import { runId, type SampleId } from '../contract/ids.ts'
import type { Command, CommandContext } from './command.ts'
import { knownTo, namesOf, unlabelledPool } from './pool.ts'
import { readSample } from './read-sample.ts'
import { trained, type Trained } from './trained.ts'
import { withProject } from './with-project.ts'

/** Of the cross-validation. */
const FOLDS = 3
const LABEL_ERROR = 'label-error'

export const queueCommand: Command<'queue'> = {
  args: z.object({ project: z.string(), run: runId, by: z.string(), count: z.int().min(1).max(100_000) }),
  run: ({ project: file, run: id, by, count }, { emit, signal }) =>
    withProject(file, async (project) => {
      const found = trained(project, id, 'best')
      if (by === LABEL_ERROR) return await suspects(project, found, count, { emit, signal })
      const pool = unlabelledPool(project, found, signal, emit)
      const { items, skipped } = await queue(pool, by, knownTo(project, found), count)
      const queued = items.map((item) => ({ ...item, sample: item.sample as SampleId }))
      if (!project.readOnly) project.queue.replace(id, by, queued)
      const names = namesOf(project, [...items.map((item) => item.sample), ...skipped.map((one) => Number(one.path))])
      return { run: id, by, unlabelled: pool.samples.length, items: queued.map((item) => ({ ...item, name: names.get(item.sample) ?? '' })), skipped: skipped.map(({ path, reason }) => ({ path: names.get(Number(path)) ?? path, reason })) }
    }),
}

/** Labels of the run's data that networks trained without them contradict. */
async function suspects(project: Project, { run, version }: Trained, count: number, { emit, signal }: Pick<CommandContext<'queue'>, 'emit' | 'signal'>): Promise<QueueResult> {
  const samples = project.datasets.manifest(version.id).filter((entry) => entry.label >= 0).map(({ sample, label }) => ({ id: sample as number, class: label, label: null }))
  const classes = version.classes.map((entry) => entry.name)
  // From random weights: what the run began from may have seen these labels.
  const config = { ...run.config, freeze: null, unfreeze: null, pseudo: null }
  const { ids, labels, probabilities } = await outOfFold({ config, classes, samples, read: (id) => readSample(project, id as SampleId), folds: FOLDS, signal, onProgress: emit })
  const found = labelErrors(probabilities, labels, classes.length).slice(0, count)
  const idOf = (row: number): SampleId => (ids[row] ?? 0) as SampleId
  const names = namesOf(project, found.map(({ row }) => idOf(row)))
  const percent = (row: number, k: number): string => `${((probabilities[row * classes.length + k] ?? 0) * 100).toFixed(0)} %`
  const items = found.map(({ row, said, score }) => ({ sample: idOf(row), name: names.get(idOf(row)) ?? '', score, reason: `labelled ${classes[labels[row] ?? 0] ?? ''} (${percent(row, labels[row] ?? 0)}), rather ${classes[said] ?? ''} (${percent(row, said)})` }))
  return { run: run.id, by: LABEL_ERROR, unlabelled: project.samples.ids({ labelled: false }).length, items, skipped: [] }
}
