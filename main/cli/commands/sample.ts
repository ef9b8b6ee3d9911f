// lathe sample [NAME FILE]: the built-in samples, or a project made from one.
import { z } from 'zod'
import { LatheError } from '../../../engine/contract/errors.ts'
import { defineCommand } from '../command.ts'
import { bytesText, table } from '../output.ts'

export const sampleCommand = defineCommand({
  summary: 'list built-in samples, or make a project from one',
  arguments: '[name] [file]',
  options: [['--task <task>', 'for another task than its own, where it serves several']],
  schema: z.object({ name: z.string().optional(), file: z.string().optional(), task: z.string().optional() }),
  async run({ name, file, task }, cli) {
    const services = await cli.services()
    if (name === undefined) {
      const { samples } = await services.catalog()
      cli.print(...table(samples.map((sample) => [sample.id, sample.title, (sample.tasks ?? [sample.task]).join(', '), `${sample.samples.toLocaleString('en')} samples`, bytesText(sample.bytes), sample.licence])))
      return { items: samples }
    }
    if (file === undefined) throw new LatheError('usage', `FILE: expected the project file to make from the sample ${JSON.stringify(name)}, such as ${name}.lathe`)
    const info = await cli.long(`sample ${name}`, (long) => services.projects.fromSample({ id: name, path: file, task: task ?? null }, long))
    cli.print(`made ${info.path}: ${info.samples.toLocaleString('en')} samples of ${info.classes} classes (${info.licence ?? 'no licence given'})`)
    return { project: info.path, task: info.task, samples: info.samples, classes: info.classes }
  },
})
