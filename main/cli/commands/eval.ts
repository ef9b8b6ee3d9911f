// lathe eval FILE: metrics of a run on a split, with 95 % intervals.
import { z } from 'zod'
import { defineCommand, oneOf } from '../command.ts'
import { metricText, table } from '../output.ts'

export const evalCommand = defineCommand({
  summary: 'measure a run on a split, with 95 % intervals',
  arguments: '<file>',
  options: [
    ['--run <run>', 'number or name of a run, or best (default)'],
    ['--split <split>', 'train, val or test (default)'],
    ['--checkpoint <kind>', 'best (default) or last'],
  ],
  schema: z.object({ file: z.string(), run: z.string().default('best'), split: oneOf('train', 'val', 'test').default('test'), checkpoint: oneOf('best', 'last').default('best') }),
  async run({ file, run: reference, split, checkpoint }, cli) {
    const { services, project } = await cli.open(file)
    const { id } = await cli.run(project, reference)
    const { run, samples, metrics, intervals, classes, confusion } = await cli.long(`evaluate run ${id} on ${split}`, (long) => services.results.evaluate({ project, run: id, checkpoint, split }, long))
    cli.print(`run ${run} on ${samples} samples of ${split}:`)
    cli.print(...table(Object.entries(metrics).map(([name, value]) => {
      const interval = intervals[name]
      return [`  ${name}`, metricText(value), interval ? `95 %: ${metricText(interval.low)} to ${metricText(interval.high)}` : '']
    })))
    return { run, split, metrics, intervals, samples, classes, confusion }
  },
})
