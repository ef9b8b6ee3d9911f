// lathe explain FILE: one explanation of one sample or file, as a picture.
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Explanation } from '../../../engine/contract/commands.ts'
import { LatheError } from '../../../engine/contract/errors.ts'
import type { SampleId } from '../../../engine/contract/ids.ts'
import { defineCommand, list } from '../command.ts'
import { metricText } from '../output.ts'

export const explainCommand = defineCommand({
  summary: 'show what in a sample a prediction rests on',
  arguments: '<file>',
  options: [
    ['--sample <sample>', 'id of a sample, or the path of a file'],
    ['--method <name>', 'how; see "lathe methods"'],
    ['--target <class>', 'class to explain (default: the predicted one)'],
    ['--run <run>', 'number or name of a run, or best (default)'],
    ['--out <png>', 'picture to write: the sample beside the overlay'],
  ],
  schema: z.object({
    file: z.string(),
    sample: z.string({ error: 'expected the id of a sample or the path of a file' }),
    method: z.string({ error: 'expected a method; see "lathe methods"' }),
    target: z.string().optional(),
    run: z.string().default('best'),
    out: z.string({ error: 'expected the picture to write, such as explanation.png' }).regex(/\.png$/i, { error: 'expected a name that ends in .png' }),
  }),
  async run({ file, sample, method, target, run: reference, out }, cli) {
    const { services, project } = await cli.open(file)
    const { methods } = await services.catalog()
    if (!methods.some((known) => known.name === method)) throw new LatheError('usage', `--method: expected ${list(methods.map((known) => known.name))}, found ${JSON.stringify(method)}`)
    const run = await cli.run(project, reference)
    const classes = services.runs.classes({ project, run: run.id })
    const args = { project, run: run.id, method, target: target === undefined ? null : targetIndex(target, classes), options: {} }
    const id = /^\d+$/.test(sample) ? (Number(sample) as SampleId) : null
    const explanation = await cli.long(`explain ${sample} by ${method}`, (long) => (id === null ? services.results.explainPath({ ...args, path: sample }, long) : services.results.explain({ ...args, sample: id }, long)))
    const { explanationPng } = await import('../../../engine/explain/render.ts')
    const bytes = id === null ? await readFile(sample) : (await services.samples.bytes(project, id)).bytes
    const picture = path.resolve(out)
    await writeWhole(picture, await explanationPng(bytes, explanation))
    const { target: found, completenessGap, trust } = explanation
    const strongest = strongestCells(explanation)
    cli.print(`${found.class}${found.probability === null ? '' : ` (${(100 * found.probability).toFixed(1)} %)`} by ${method}: ${picture}`)
    for (const { name, value } of strongest) cli.print(`  ${name}  ${metricText(value)}`)
    if (completenessGap !== null) cli.print(`  completeness gap ${metricText(completenessGap)}`)
    cli.print(`  trust: ${trust.verdict}${trust.reasons.length > 0 ? ` (${trust.reasons.join('; ')})` : ''}`)
    return { method, target: found, completenessGap, trust, out: picture, ...(strongest.length > 0 && { strongest }) }
  },
})

const SHOWN = 8

/** The cells of a map with names that count most: tokens, steps of a channel, columns of a table. None of a picture. */
function strongestCells({ map, width, height, labels }: Explanation): { name: string; value: number }[] {
  if (!labels) return []
  const nameOf = (i: number): string => [height > 1 || !labels.columns ? labels.rows?.[Math.floor(i / width)] : undefined, labels.columns?.[i % width]].filter((part) => part !== undefined).join(' ')
  return Array.from(map, (value, i) => ({ name: nameOf(i), value }))
    .filter(({ name }) => name !== '')
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, SHOWN)
}

/** A class by its name, else by its index among the outputs. */
function targetIndex(target: string, classes: readonly string[]): number {
  const named = classes.indexOf(target.normalize('NFC'))
  if (named >= 0) return named
  if (/^\d+$/.test(target) && (classes.length === 0 || Number(target) < classes.length)) return Number(target)
  throw new LatheError('usage', `--target: expected a class of the run (${classes.slice(0, 20).join(', ')}${classes.length > 20 ? ', …' : ''}), found ${JSON.stringify(target)}`)
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const draft = `${file}.${process.pid}.part`
  try {
    await writeFile(draft, bytes)
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why = code === 'ENOENT' ? ['not-found', `there is no folder ${path.dirname(file)}; make it first`] as const : code === 'ENOSPC' ? ['disk-full', 'the disk is full; free some space'] as const : ['read-only', `it cannot be written (${code}); choose another place`] as const
    throw new LatheError(why[0], `${file}: ${why[1]}`, { path: file }, { cause: error })
  }
}
