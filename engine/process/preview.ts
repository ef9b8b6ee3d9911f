// Command preview: reads everything an import would read and stores nothing.
import path from 'node:path'
import { z } from 'zod'
import { importSamples } from '../data/import.ts'
import { task } from '../tasks/index.ts'
import type { Command } from './command.ts'
import { withProject } from './with-project.ts'

export const previewCommand: Command<'preview'> = {
  args: z.object({ project: z.string(), paths: z.array(z.string()).min(1), format: z.string() }),
  run: ({ project: file, paths, format }, { emit, signal }) =>
    withProject(file, async (project) => {
      const classes = new Map<string, number>()
      const report = await importSamples({
        input: task(project.info().task).input,
        task: project.info().task,
        paths: paths.map((one) => path.resolve(one)),
        format,
        ratio: null,
        as: 'copy',
        seed: 0,
        signal,
        onProgress: (progress) => { emit({ ...progress, stage: 'looking' }) },
        store: {
          known: (sha256) => project.samples.known([sha256]).size > 0,
          insert: (batch) => {
            for (const { className } of batch) if (className !== null) classes.set(className, (classes.get(className) ?? 0) + 1)
            return []
          },
          setSplits: () => undefined,
        },
      })
      return { ...report, classes: [...classes].map(([name, samples]) => ({ name, samples })) }
    }),
}
