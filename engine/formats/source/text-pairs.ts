// Sources with their translations, found in the lines of a file: items and skips that name the line.
import type { Split } from '../../contract/recipe.ts'
import type { Found } from '../format.ts'
import type { Line } from './lines.ts'

export interface PairFields {
  readonly source: string
  readonly target: string
  readonly split: Split | null
}

/** `parse` gives the fields of a line, or says why it has none; null for a line without content. */
export async function* pairsOf(path: string, lines: AsyncIterable<Line>, parse: (text: string, number: number) => PairFields | string | null): AsyncGenerator<Found> {
  const stem = path.replace(/\.[^./]*$/, '')
  try {
    for await (const { number, text } of lines) {
      const fields = text.trim() === '' ? null : parse(text, number)
      const skip = (reason: string): Found => ({ kind: 'skip', path: `${path} line ${number}`, reason })
      if (fields === null) continue
      if (typeof fields === 'string') yield skip(fields)
      else if (fields.source.trim() === '') yield skip('the source is empty')
      else if (fields.target.trim() === '') yield skip('the translation is empty')
      else {
        const { source, target, split } = fields
        yield { kind: 'item', name: `${stem}/${String(number).padStart(6, '0')}.txt`, file: null, read: () => Promise.resolve(new TextEncoder().encode(source)), className: null, label: { kind: 'text', text: target }, meta: { line: number }, split }
      }
    }
  } catch (error) {
    yield { kind: 'skip', path, reason: error instanceof Error ? error.message : String(error) }
  }
}

/** `train`, `val` and `test`, and how others call them. */
export function splitNamed(value: string): Split | null {
  const name = value.trim().toLowerCase()
  return name === 'train' || name === 'training' ? 'train' : name === 'val' || name === 'valid' || name === 'validation' || name === 'dev' ? 'val' : name === 'test' ? 'test' : null
}
