// lathe suggest FILE: classes for unlabelled samples of which a run is sure, as suggestions; or what becomes of those there are.
import { z } from 'zod'
import { LatheError } from '../../../engine/contract/errors.ts'
import { defineCommand } from '../command.ts'
import { table } from '../output.ts'

const share = z.coerce.number({ error: 'expected a number from 0 to 1' }).min(0, { error: 'expected a number from 0 to 1' }).max(1, { error: 'expected a number from 0 to 1' })

export const suggestCommand = defineCommand({
  summary: 'suggest classes for unlabelled samples; accept, or take back, what is suggested',
  arguments: '<file>',
  options: [
    ['--run <run>', 'number or name of a run, or best (default)'],
    ['--threshold <p>', 'least probability of a suggestion (0.95)'],
    ['--accept <p>', 'make labels of open suggestions of at least this probability, as one step of undo'],
    ['--clear', 'take all suggestions back'],
  ],
  schema: z.object({ file: z.string(), run: z.string().default('best'), threshold: share.default(0.95), accept: share.optional(), clear: z.boolean().default(false) }),
  async run({ file, run: reference, threshold, accept, clear }, cli) {
    const { services, project } = await cli.open(file)
    if (clear) {
      const { changed } = services.active.clear({ project })
      cli.print(`${changed.toLocaleString('en')} suggestions taken back`)
      return { cleared: changed }
    }
    if (accept !== undefined) {
      const sure = services.active.suggestions({ project }).filter((one) => one.probability >= accept).map((one) => one.sample)
      if (sure.length === 0) throw new LatheError('data', `${file}: there is no open suggestion of at least ${accept}; make some with "lathe suggest ${file}"`)
      const { changed } = services.active.accept({ project, samples: sure })
      cli.print(`${changed.toLocaleString('en')} suggestions are labels now`)
      return { accepted: changed }
    }
    const { id } = await cli.run(project, reference)
    const result = await cli.long('suggest', (long) => services.active.suggest({ project, run: id, threshold }, long))
    cli.print(`run ${id} is at least ${100 * threshold} % sure of ${result.suggested.toLocaleString('en')} of ${result.unlabelled.toLocaleString('en')} samples without a label:`, ...table(result.classes.map((one) => [`  ${one.class}`, one.samples.toLocaleString('en')])), `  accept them in the window or with --accept; a run uses them only with --set pseudo=${threshold}`)
    for (const { path, reason } of result.skipped) cli.out.warn(`skipped ${path}: ${reason}`)
    return { ...result }
  },
})
