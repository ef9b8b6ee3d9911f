// lathe labels FILE OUT: annotations out.
import { z } from 'zod'
import { defineCommand, oneOf } from '../command.ts'

export const labelsCommand = defineCommand({
  summary: 'write the labels of all samples to a file',
  arguments: '<file> <out>',
  options: [['--format <name>', 'csv (default)']],
  schema: z.object({ file: z.string(), out: z.string(), format: oneOf('csv').default('csv') }),
  async run({ file, out }, cli) {
    const { services, project } = await cli.open(file)
    const { written, path } = await services.labels.exportCsv({ project, out })
    cli.print(`wrote ${written} labels to ${path}`)
    return { written, path }
  },
})
