// lathe baseline FILE: shallow models on the same split, beside the best network, with a verdict.
import { z } from 'zod'
import { defineCommand, oneOf } from '../command.ts'
import { metricText, secondsText, table } from '../output.ts'

export const baselineCommand = defineCommand({
  summary: 'fit shallow models on the same split, and compare them with a run',
  arguments: '<file>',
  options: [
    ['--run <run>', 'number or name of the run to compare with; the best where there is one'],
    ['--split <split>', 'val or test (default)'],
  ],
  schema: z.object({ file: z.string(), run: z.string().optional(), split: oneOf('val', 'test').default('test') }),
  async run({ file, run: reference, split }, cli) {
    const { services, project } = await cli.open(file)
    const chosen = reference === undefined ? services.runs.best(project) : await cli.run(project, reference)
    const run = chosen?.id ?? null
    const report = await cli.long('shallow models', (long) => services.results.baseline({ project, run, split }, long))
    const { metric, models, deep, verdict } = report
    const row = (name: string, metrics: Readonly<Record<string, number>>, seconds: number | null, interval?: { readonly low: number; readonly high: number }): string[] => [
      `  ${name}`,
      ...Object.keys(models[0]?.metrics ?? {}).map((key) => `${key} ${metricText(metrics[key] ?? NaN)}${key === metric && interval ? ` (${metricText(interval.low)} to ${metricText(interval.high)})` : ''}`),
      seconds === null ? '' : secondsText(seconds),
    ]
    cli.print(...table([...models.map(({ title, metrics, seconds, intervals }) => row(title, metrics, seconds, intervals[metric])), ...(deep ? [row(`run ${deep.run}: ${deep.name}`, deep.metrics, null, deep.intervals[metric])] : [])]), verdict)
    return { ...report }
  },
})
