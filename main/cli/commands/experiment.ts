// lathe experiment: a guided experiment, from real runs on built-in data.
import { z } from 'zod'
import { defineCommand, oneOf } from '../command.ts'
import { table } from '../output.ts'

const percent = (v: number): string => `${(100 * v).toFixed(1)} %`

export const experimentCommand = defineCommand({
  summary: 'a guided experiment: why deep networks fail, and what helps',
  arguments: '[name]',
  options: [
    ['--seed <n>', 'the same seed gives the same runs (1)'],
    ['--epochs <n>', 'passes over the data in each run (20)'],
  ],
  schema: z.object({ name: oneOf('vanishing-gradients').default('vanishing-gradients'), seed: z.coerce.number().int().min(0).default(1), epochs: z.coerce.number().int().min(1).max(200).default(20) }),
  async run({ name, seed, epochs }, cli) {
    const services = await cli.services()
    const result = await cli.long(name, (long) => services.experiment({ id: name, seed, epochs }, long))
    cli.print(`${result.depth} layers of ${result.units} units on '${result.sample}', ${result.epochs} epochs each; guessing gives ${percent(result.guess)}`)
    cli.print(...table(result.runs.map(({ title, accuracy, interval, gradients, seconds }) => {
      const [first, last] = [gradients[0]?.start ?? NaN, gradients.at(-1)?.start ?? NaN]
      return [title, percent(accuracy), `95 %: ${percent(interval.low)} to ${percent(interval.high)}`, `gradient of the first layer ${first.toExponential(1)}, of the last ${last.toExponential(1)}`, `${seconds.toFixed(1)} s`]
    })))
    for (const { title, why } of result.runs) cli.print('', `${title}: ${why}`)
    return { ...result }
  },
})
