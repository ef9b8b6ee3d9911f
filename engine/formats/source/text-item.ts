// Texts found inside a file: items and skips that name their place.
import type { NamedLabel } from '../../contract/label.ts'
import type { Split } from '../../contract/recipe.ts'
import type { Found } from '../format.ts'

export interface TextItem {
  /** Stands for the place in the file: a line, a sentence. */
  readonly number: number
  readonly bytes: Uint8Array
  readonly className?: string | null
  readonly label?: NamedLabel | null
  readonly split: Split | null
}

/** Named after its file and its place, `json` for pairs. */
export function textItem(path: string, { number, bytes, className = null, label, split }: TextItem, extension: 'txt' | 'json' = 'txt'): Found {
  const stem = path.replace(/\.[^./]*$/, '')
  return { kind: 'item', name: `${stem}/${String(number).padStart(6, '0')}.${extension}`, file: null, read: () => Promise.resolve(bytes), className, ...(label !== undefined && { label }), meta: { line: number }, split }
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
