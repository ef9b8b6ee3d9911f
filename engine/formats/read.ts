// read(): what a source holds, by the format asked for or the first that takes it.
import { LatheError } from '../contract/errors.ts'
import type { InputKind } from '../contract/input-kind.ts'
import { inputs } from '../inputs/index.ts'
import type { InputDef } from '../inputs/input.ts'
import type { DataFormat, Found, ReadContext } from './format.ts'
import { formats } from './index.ts'
import type { Source } from './source/source.ts'

export interface ReadRequest {
  readonly source: Source
  /** Name in engine/formats, or `auto`. */
  readonly format: string
  readonly input: InputKind
  /** Task of the project: some formats serve a single one. */
  readonly task?: string | undefined
  readonly ctx: ReadContext
}

/** @throws {LatheError} `usage` for a format that does not exist or holds no samples of this kind. */
export async function* read({ source, format, input, task, ctx }: ReadRequest): AsyncGenerator<Found> {
  const serving = Object.entries<DataFormat>(formats).filter(([, one]) => one.inputs.includes(input) && (one.tasks === undefined || (task !== undefined && one.tasks.includes(task))))
  if (format !== 'auto') {
    const chosen = serving.find(([name]) => name === format)?.[1]
    if (!chosen) throw new LatheError('usage', Object.hasOwn(formats, format) ? `format '${format}' holds no ${pluralOf(input)}; formats that do: auto, ${serving.map(([name]) => name).join(', ')}` : `format '${format}' is not known; there are: auto, ${serving.map(([name]) => name).join(', ')}`)
    if (!(await chosen.match(source))) yield { kind: 'skip', path: source.name, reason: `does not read as ${format}` }
    else yield* chosen.read(source, ctx)
    return
  }
  for (const [, candidate] of serving) {
    if (!(await candidate.match(source))) continue
    yield* candidate.read(source, ctx)
    return
  }
  yield { kind: 'skip', path: source.name, reason: input === 'image' ? 'neither an image nor a zip nor a CSV of images' : `holds no ${pluralOf(input)} in a format that can be read (${serving.map(([, one]) => one.title).join(', ')})` }
}

export function pluralOf(input: InputKind): string {
  return inputOfKind(input).plural
}

/** @throws {LatheError} `usage` for a kind that nothing reads yet. */
export function inputOfKind(input: InputKind): InputDef {
  const found: InputDef | undefined = (inputs as Partial<Record<InputKind, InputDef>>)[input]
  if (!found) throw new LatheError('usage', `samples of kind '${input}' cannot be read; there are ${Object.keys(inputs).join(', ')}`)
  return found
}
