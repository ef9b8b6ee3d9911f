// Command train: one run, or the runs of an ensemble one after another.
import { z } from 'zod'
import { runId } from '../contract/ids.ts'
import type { Command } from './command.ts'
import { trainEnsemble } from './train-ensemble.ts'
import { claim, trainRun } from './train-run.ts'
import { withProject } from './with-project.ts'

export const trainCommand: Command<'train'> = {
  args: z.object({ project: z.string(), run: runId, tuning: z.string().optional() }),
  run: ({ project: path, run: id, tuning }, context) =>
    withProject(path, (project) => {
      const run = claim(project, id)
      return run.config.ensemble ? trainEnsemble(project, run, context, tuning) : trainRun(project, run, context, tuning)
    }),
}
