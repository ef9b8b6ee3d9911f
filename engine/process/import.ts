// Command import: files, folders, zips and tables into the project, as one unit.
import path from 'node:path'
import { z } from 'zod'
import { importSamples } from '../data/import.ts'
import type { SampleId } from '../contract/ids.ts'
import { task } from '../tasks/index.ts'
import type { Command } from './command.ts'
import { importSession } from './import-session.ts'
import { withProject } from './with-project.ts'

const share = z.number().min(0)

export const importCommand: Command<'import'> = {
  args: z.object({ project: z.string(), paths: z.array(z.string()).min(1), format: z.string(), ratio: z.tuple([share, share, share]).nullable(), as: z.enum(['copy', 'ref']), seed: z.int().min(0), target: z.string().nullable().optional() }),
  run: ({ project: file, paths, format, ratio, as, seed, target = null }, { emit, signal }) =>
    withProject(file, (project) => {
      const [first = ''] = paths
      const source = paths.length === 1 ? first : `${first} and ${paths.length - 1} more`
      const absolute = paths.map((one) => path.resolve(one))
      return importSession(project, source, (id) =>
        importSamples({
          input: task(project.info().task).input,
          task: project.info().task,
          paths: absolute,
          format,
          ratio,
          target,
          as,
          seed,
          signal,
          onProgress: emit,
          store: {
            known: (sha256) => project.samples.known([sha256]).size > 0,
            insert: (batch) => project.samples.insertMany(batch, id),
            setSplits: (splits) => { project.samples.setSplits(splits.map((entry) => [entry.id as SampleId, entry.split] as const)) },
          },
        }),
      )
    }),
}
