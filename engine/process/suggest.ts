// Command suggest: classes for unlabelled samples of which a run is sure enough, kept apart from labels.
import { z } from 'zod'
import { overPool } from '../active/pool.ts'
import { LatheError } from '../contract/errors.ts'
import { runId, type SampleId } from '../contract/ids.ts'
import { argMaxOf } from '../metrics/predictions.ts'
import { task } from '../tasks/index.ts'
import type { Command } from './command.ts'
import { namesOf, unlabelledPool } from './pool.ts'
import { trained } from './trained.ts'
import { withProject } from './with-project.ts'
import type { NewSuggestion } from '../../db/repos/suggestions.ts'

export const suggestCommand: Command<'suggest'> = {
  args: z.object({ project: z.string(), run: runId, threshold: z.number().min(0).max(1) }),
  run: ({ project: file, run: id, threshold }, { emit, signal }) =>
    withProject(file, async (project) => {
      if (project.readOnly) throw new LatheError('read-only', `${file} is open read-only, so suggestions cannot be kept in it: make the file and its folder writable`, { path: file })
      const found = trained(project, id, 'best')
      const { config } = found.run
      const { label, parts } = task(config.task)
      if (label !== 'class' || !parts) throw new LatheError('usage', `${config.task}: suggestions are made for tasks with one class a sample; look at "lathe predict" instead`)
      const pool = unlabelledPool(project, found, signal, emit)
      // A class may have been removed since the run was trained.
      const there = new Set(project.classes.list().map((entry) => entry.id))
      const best = new Map<number, NewSuggestion>()
      const skipped = await overPool(pool, false, (sample, row) => {
        const { data } = parts(row, config)
        const at = argMaxOf(data, 0, data.length)
        const [to, probability] = [found.version.classes[at]?.id, data[at] ?? 0]
        if (to !== undefined && there.has(to) && probability >= threshold && probability > (best.get(sample)?.probability ?? -1)) best.set(sample, { sample: sample as SampleId, class: to, probability })
      })
      project.suggestions.replace(id, [...best.values()])
      const open = project.suggestions.list()
      const classes = found.version.classes.map((entry) => ({ class: entry.name, samples: open.filter((one) => one.class === entry.id).length })).filter((entry) => entry.samples > 0)
      const names = namesOf(project, skipped.map((one) => Number(one.path)))
      return { run: id, threshold, unlabelled: pool.samples.length, suggested: open.length, classes, skipped: skipped.map(({ path, reason }) => ({ path: names.get(Number(path)) ?? path, reason })) }
    }),
}
