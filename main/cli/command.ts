// Command: what one file of main/cli/commands declares; options are parsed by its schema before anything runs.
import { z } from 'zod'
import { LatheError } from '../../engine/contract/errors.ts'
import type { Cli } from './cli.ts'

/** Fields of the last JSON line, besides its event. */
export type Done = Readonly<Record<string, unknown>>

interface Definition<Schema extends z.ZodObject> {
  readonly summary: string
  /** As commander writes them: `<file> [inputs...]`; names as in the schema. */
  readonly arguments: string
  /** Flags and their descriptions, as commander writes them. */
  readonly options: readonly (readonly [flags: string, description: string])[]
  readonly schema: Schema
  /** Prints for people by `cli.print`; what it returns is the last JSON line. */
  readonly run: (args: z.output<Schema>, cli: Cli) => Promise<Done>
}
export interface CliCommand extends Omit<Definition<z.ZodObject>, 'schema' | 'run'> {
  /** @throws LatheError usage naming the option, what was expected and what was found. */
  readonly act: (raw: Readonly<Record<string, unknown>>, cli: Cli) => Promise<Done>
}

export function defineCommand<Schema extends z.ZodObject>({ schema, run, ...rest }: Definition<Schema>): CliCommand {
  return {
    ...rest,
    act: (raw, cli) => {
      const parsed = schema.safeParse(raw)
      if (parsed.success) return run(parsed.data, cli)
      const [issue] = parsed.error.issues
      const name = String(issue?.path[0] ?? '')
      const flag = rest.arguments.includes(name) ? name.toUpperCase() : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
      const value = raw[name]
      throw new LatheError('usage', `${flag}: ${issue?.message ?? 'is not valid'}${value === undefined ? '' : `, found ${JSON.stringify(value)}`}`, { option: flag })
    },
  }
}

/** A whole number. */
export const whole = (low: number, high: number): z.ZodType<number, string> => numeric(`expected a whole number from ${low} to ${high}`, (value) => Number.isInteger(value) && value >= low && value <= high)
/** A number above zero. */
export const positive: z.ZodType<number, string> = numeric('expected a number above 0', (value) => value > 0 && value < Infinity)

export const oneOf = <const Names extends readonly [string, ...string[]]>(...names: Names): z.ZodEnum<{ [Name in Names[number]]: Name }> => z.enum(names, { error: `expected ${list(names)}` })

/** Train, val and test shares such as `70/15/15`; any scale. */
export const ratio: z.ZodType<[number, number, number], string> = z.string().transform((text, context) => {
  const parts = text.split('/').map((part) => (part.trim() === '' ? NaN : Number(part)))
  const [train, val, test] = parts
  if (parts.length === 3 && train !== undefined && val !== undefined && test !== undefined && parts.every((part) => part >= 0 && part < Infinity) && train > 0) return [train, val, test]
  context.addIssue('expected train/val/test shares such as 70/15/15')
  return z.NEVER
})

export const seed = whole(0, 2 ** 32 - 1)

function numeric(expected: string, accepts: (value: number) => boolean): z.ZodType<number, string> {
  return z.string().transform((text, context) => {
    const value = text.trim() === '' ? NaN : Number(text)
    if (accepts(value)) return value
    context.addIssue(expected)
    return z.NEVER
  })
}

export function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`
}
