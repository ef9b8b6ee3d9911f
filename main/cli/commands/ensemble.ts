// lathe ensemble FILE --runs 3,4,5: trained runs as one, which answers with the mean of theirs.
import { z } from 'zod'
import { LatheError } from '../../../engine/contract/errors.ts'
import { defineCommand } from '../command.ts'
import { metricText } from '../output.ts'

export const ensembleCommand = defineCommand({
  summary: 'combine trained runs into one that answers with their mean',
  arguments: '<file>',
  options: [
    ['--runs <runs>', 'numbers or names of at least two runs, with commas between'],
    ['--name <name>', 'name of the new run'],
  ],
  schema: z.object({
    file: z.string(),
    runs: z.string({ error: 'expected the runs to combine, such as --runs 3,4,5' }),
    name: z.string().trim().min(1).max(200).optional(),
  }),
  async run({ file, runs, name }, cli) {
    const { services, project } = await cli.open(file)
    const members = []
    for (const reference of runs.split(',').map((part) => part.trim()).filter((part) => part !== '')) members.push(await cli.run(project, reference))
    if (members.length < 2) throw new LatheError('usage', `--runs: expected at least two runs, found ${JSON.stringify(runs)}`)
    const { id } = services.runs.combine({ project, runs: members.map((run) => run.id), name })
    const run = await services.runs.finished(project, id)
    if (run.status !== 'finished') throw new LatheError(run.error?.kind ?? 'engine', `run ${run.id} (${run.name}) ${run.status}: ${run.error?.message ?? 'no reason was given'}`, { run: run.id, status: run.status })
    const shown = Object.entries(run.metrics).filter(([key]) => key.startsWith('val/')).map(([key, value]) => `${key} ${metricText(value)}`)
    cli.print(`run ${run.id} (${run.name}): ${members.length} members, ${(run.parameters ?? 0).toLocaleString('en')} parameters`, `  ${shown.join('  ')}`, `  weights ${run.weightsHash ?? ''}`)
    return { run: run.id, status: run.status, name: run.name, members: members.map((member) => member.id), metrics: run.metrics, weightsHash: run.weightsHash }
  },
})
