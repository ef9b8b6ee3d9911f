// lathe labels FILE OUT: annotations out.
import { z } from 'zod'
import { defineCommand } from '../command.ts'

export const labelsCommand = defineCommand({
  summary: 'write the labels of all samples to a file',
  arguments: '<file> <out>',
  options: [['--format <name>', 'csv (default), csv-classes, conll, jsonl-spans, coco, yolo or mask-png; the last two write a folder']],
  schema: z.object({ file: z.string(), out: z.string(), format: z.string().default('csv') }),
  async run({ file, out, format }, cli) {
    const { services, project } = await cli.open(file)
    const { written, path } = await services.labels.exportCsv({ project, out, format: format === 'csv' ? 'csv-labels' : format })
    cli.print(`wrote the labels of ${written} samples to ${path}`)
    return { written, path }
  },
})
