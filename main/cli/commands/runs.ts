// lathe runs FILE: all runs of a project.
import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { metricText, secondsText, table } from '../output.ts'

export const runsCommand = defineCommand({
  summary: 'list the runs of a project',
  arguments: '<file>',
  options: [],
  schema: z.object({ file: z.string() }),
  async run({ file }, cli) {
    const { services, project } = await cli.open(file)
    const runs = services.runs.list({ project })
    const value = (number: number | undefined): string => (number === undefined ? '' : metricText(number))
    if (runs.length === 0) cli.print(`no runs yet: train one with "lathe train ${file}"`)
    else cli.print(...table([['run', 'name', 'status', 'epoch', 'val/accuracy', 'test/accuracy', 'time'], ...runs.map((run) => [String(run.id), run.name, run.status, `${metricText(run.epoch)}/${run.config.epochs}`, value(run.metrics['best/val/accuracy'] ?? run.metrics['val/accuracy']), value(run.metrics['test/accuracy']), secondsText(run.seconds)])]))
    return { runs }
  },
})
