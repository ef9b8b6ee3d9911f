// lathe predict FILE INPUT…: what a run says of files.
import { z } from 'zod'
import { LatheError } from '../../../engine/contract/errors.ts'
import { generation } from '../../../engine/contract/generation.ts'
import { defineCommand } from '../command.ts'
import { outputText } from '../output-text.ts'
import { table } from '../output.ts'

const number = z.coerce.number().optional()
/** Checked by the schema of generation; here they become numbers. */
const numbers = { tokens: number, temperature: number, topK: number, topP: number, seed: number, beam: number }

export const predictCommand = defineCommand({
  summary: 'predict files, folders, zips, tables or texts',
  arguments: '<file> [inputs...]',
  options: [
    ['--run <run>', 'number or name of a run, or best (default)'],
    ['--text <text...>', 'texts as they are: a prompt to continue, a sentence to translate'],
    ['--tokens <n>', 'most tokens to write (200)'],
    ['--temperature <t>', 'below 1 surer, above 1 bolder, 0 always the most probable (0.8)'],
    ['--top-k <k>', 'only the k most probable tokens (0: all)'],
    ['--top-p <p>', 'only the most probable tokens that together have this share (1: all)'],
    ['--seed <n>', 'another seed writes another text (1)'],
    ['--beam <n>', 'answers kept at each step of a search (the recipe’s)'],
  ],
  schema: z
    .object({ file: z.string(), inputs: z.array(z.string()).default([]), run: z.string().default('best'), text: z.array(z.string()).default([]), ...numbers })
    .refine(({ inputs, text }) => inputs.length + text.length > 0, 'there is nothing to predict: give files or --text'),
  async run({ file, inputs, run: reference, text, ...rest }, cli) {
    const asked = z.object(generation.shape).partial().safeParse(rest)
    if (!asked.success) throw new LatheError('usage', z.prettifyError(asked.error).replaceAll('\n', ' '))
    const { services, project } = await cli.open(file)
    const { id } = await cli.run(project, reference)
    const { predictions, skipped } = await cli.long('predict', (long) => services.results.predict({ project, run: id, checkpoint: 'best', paths: inputs, texts: text, generation: asked.data }, long))
    if (predictions.length === 0) throw new LatheError('data', `nothing could be predicted: ${skipped.map((one) => `${one.path}: ${one.reason}`).join('; ') || 'there is no file to read'}`, { skipped })
    cli.print(...table(predictions.map(({ input, outputs }) => [input, ...outputText(outputs)])))
    for (const { path, reason } of skipped) cli.out.warn(`skipped ${path}: ${reason}`)
    return { predictions, skipped, run: id }
  },
})
