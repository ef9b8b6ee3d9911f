// lathe import FILE PATH…: data in, with every file accounted for.
import { z } from 'zod'
import { defineCommand, oneOf, ratio } from '../command.ts'
import { countText, secondsText } from '../output.ts'

/** Skipped files shown to people; all are in the JSON line. */
const SHOWN = 20

export const importCommand = defineCommand({
  summary: 'import folders, files, zips and CSVs',
  arguments: '<file> <paths...>',
  options: [
    ['--format <name>', 'format of the data (default: auto, found by looking)'],
    ['--split <shares>', 'give what is imported a split at once, such as 70/15/15'],
    ['--target <column>', 'column of a table to be learned (default: by its name, or the last)'],
    ['--as <way>', 'ref: leave the files where they are; copy (default): take their bytes into the project'],
  ],
  schema: z.object({ file: z.string(), paths: z.array(z.string()).min(1), format: z.string().default('auto'), split: ratio.optional(), target: z.string().optional(), as: oneOf('copy', 'ref').default('copy') }),
  async run({ file, paths, format, split, target, as }, cli) {
    const { services, project } = await cli.open(file)
    const report = await cli.long('import', (long) => services.samples.import({ project, paths, format, ratio: split ?? null, as, target: target ?? null }, long))
    const { read, stored, skipped, labelled, duplicates, notes = [] } = report
    cli.print(`read ${countText(read, 'file')}: stored ${stored}, duplicates ${duplicates}, skipped ${skipped.length}; labelled ${labelled}; ${secondsText(report.seconds)}`, ...notes)
    cli.print(...skipped.slice(0, SHOWN).map((one) => `  skipped ${one.path}: ${one.reason}`), ...(skipped.length > SHOWN ? [`  and ${skipped.length - SHOWN} more`] : []))
    return { read, stored, skipped, labelled, duplicates, import: report.import, seconds: report.seconds, notes }
  },
})
