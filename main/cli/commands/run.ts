// lathe run FILE RUN: everything about one run.
import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { metricText, secondsText, table } from '../output.ts'

export const runCommand = defineCommand({
  summary: 'show one run: its configuration, figures and checkpoints',
  arguments: '<file> <run>',
  options: [],
  schema: z.object({ file: z.string(), run: z.string() }),
  async run({ file, run: reference }, cli) {
    const { services, project } = await cli.open(file)
    const run = await cli.run(project, reference)
    const checkpoints = services.runs.checkpoints({ project, run: run.id })
    const evaluations = (['train', 'val', 'test'] as const).flatMap((split) => services.results.latest({ project, run: run.id, split }) ?? [])
    cli.print(`run ${run.id}: ${run.name}, ${run.status}, epoch ${metricText(run.epoch)} of ${run.config.epochs}, ${secondsText(run.seconds)}`)
    if (run.pseudo !== undefined) cli.print(`  trained on ${run.pseudo.toLocaleString('en')} suggestions as if they were labels`)
    if (run.error) cli.print(`  ${run.error.message}`)
    if (run.weightsHash !== null) cli.print(`  weights ${run.weightsHash}`)
    cli.print(...table(Object.entries(run.metrics).toSorted().map(([name, value]) => [`  ${name}`, metricText(value)])))
    cli.print(...checkpoints.map((entry) => `  checkpoint ${entry.kind}: epoch ${metricText(entry.epoch)}, step ${entry.step}`))
    cli.print(`  ${JSON.stringify(run.config)}`)
    return { runs: [run], checkpoints, evaluations }
  },
})
