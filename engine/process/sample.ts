// Command sample: a built-in data set into an empty project, as one import.
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { NewSample } from '../data/new-sample.ts'
import { sampleById, sampleFor } from '../samples/index.ts'
import type { Command } from './command.ts'
import { importSession } from './import-session.ts'
import { withProject } from './with-project.ts'

const BATCH = 256

export const sampleCommand: Command<'sample'> = {
  args: z.object({ project: z.string(), id: z.string() }),
  run: ({ project: file, id: name }, { emit, signal }) =>
    withProject(file, (project) => {
      const { title } = sampleById(name)
      const sample = sampleFor(name, project.info().task)
      if (project.samples.totals().total > 0) throw new LatheError('conflict', `${file}: expected an empty project for the sample '${name}', found ${project.samples.totals().total} samples; make a new project for it`)
      return importSession(project, title, async (id) => {
        const began = performance.now()
        project.classes.ensure(sample.classes, id)
        let batch: NewSample[] = []
        let stored = 0
        let labelled = 0
        const flush = (): void => {
          project.samples.insertMany(batch, id)
          stored += batch.length
          labelled += batch.filter((one) => one.className !== null).length
          batch = []
          emit({ done: stored, total: sample.samples, stage: 'storing' })
        }
        let heard = performance.now()
        for await (const one of sample.open()) {
          // A sample that is made, not read, would never let a message in.
          if (performance.now() - heard > 50) {
            emit({ done: stored + batch.length, total: sample.samples, stage: 'storing' })
            await setImmediate()
            heard = performance.now()
          }
          signal.throwIfAborted()
          batch.push(one)
          if (batch.length === BATCH) flush()
        }
        flush()
        return { import: id, read: stored, stored, skipped: [], labelled, duplicates: 0, seconds: (performance.now() - began) / 1000 }
      })
    }),
}
