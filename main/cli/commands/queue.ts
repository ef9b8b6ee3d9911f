// lathe queue FILE: which unlabelled samples to label next.
import { z } from 'zod'
import { defineCommand, oneOf, whole } from '../command.ts'
import { table } from '../output.ts'

export const queueCommand = defineCommand({
  summary: 'which samples to label next, or whose label to look at again, by what a run says of them',
  arguments: '<file>',
  options: [
    ['--by <order>', 'uncertainty, margin (default), entropy or diversity of what has no label; label-error: labels that networks trained without them contradict'],
    ['--run <run>', 'number or name of a run, or best (default)'],
    ['--count <n>', 'most samples (20)'],
  ],
  schema: z.object({ file: z.string(), by: oneOf('uncertainty', 'margin', 'entropy', 'diversity', 'label-error').default('margin'), run: z.string().default('best'), count: whole(1, 100_000).default(20) }),
  async run({ file, by, run: reference, count }, cli) {
    const { services, project } = await cli.open(file)
    const { id } = await cli.run(project, reference)
    const result = await cli.long('queue', (long) => services.active.queue({ project, run: id, by, count }, long))
    const head = by === 'label-error' ? `look at these labels again, by ${services.runs.get({ project, run: id }).name} trained without them:` : `${result.unlabelled.toLocaleString('en')} samples without a label; by ${by} of run ${id}, label these next:`
    cli.print(head, ...table(result.items.map(({ sample, name, score, reason }) => [`  ${sample}`, name, score.toPrecision(3), reason])))
    for (const { path, reason } of result.skipped) cli.out.warn(`skipped ${path}: ${reason}`)
    return { ...result }
  },
})
