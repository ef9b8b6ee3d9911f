// lathe predict FILE INPUT…: what a run says of files.
import { z } from 'zod'
import { LatheError } from '../../../engine/contract/errors.ts'
import { defineCommand } from '../command.ts'
import { outputText } from '../output-text.ts'
import { table } from '../output.ts'

export const predictCommand = defineCommand({
  summary: 'predict files, folders, zips or tables',
  arguments: '<file> <inputs...>',
  options: [['--run <run>', 'number or name of a run, or best (default)']],
  schema: z.object({ file: z.string(), inputs: z.array(z.string()).min(1), run: z.string().default('best') }),
  async run({ file, inputs, run: reference }, cli) {
    const { services, project } = await cli.open(file)
    const { id } = await cli.run(project, reference)
    const { predictions, skipped } = await cli.long('predict', (long) => services.results.predict({ project, run: id, checkpoint: 'best', paths: inputs }, long))
    if (predictions.length === 0) throw new LatheError('data', `nothing could be predicted: ${skipped.map((one) => `${one.path}: ${one.reason}`).join('; ') || 'there is no file to read'}`, { skipped })
    cli.print(...table(predictions.map(({ input, outputs }) => [input, ...outputText(outputs)])))
    for (const { path, reason } of skipped) cli.out.warn(`skipped ${path}: ${reason}`)
    return { predictions, skipped, run: id }
  },
})
