// Tables of texts: which column holds the text (or the two of a pair), which the class, which the split.
import { pairBytes } from '../../data/text/read.ts'
import type { Found } from '../format.ts'
import { splitNamed } from './text-pairs.ts'
import { reasonOf, textItem } from './text-item.ts'

const TEXT = ['text', 'sentence', 'review', 'content', 'body', 'comment', 'message', 'tweet', 'document']
const PAIRS: readonly (readonly [string, string])[] = [['text_a', 'text_b'], ['a', 'b'], ['sentence1', 'sentence2'], ['premise', 'hypothesis'], ['question1', 'question2'], ['question', 'sentence'], ['text', 'text_b']]
const LABEL = ['label', 'class', 'category', 'target', 'gold_label', 'sentiment', 'stars', 'y']
/** Longest name of a class in a table without a header: what is longer is a text. */
const CLASS_NAME = 60

export interface TextColumns {
  /** One column of texts, or the two of pairs. */
  readonly texts: readonly number[]
  /** −1 where there is none. */
  readonly label: number
  readonly split: number
  readonly header: boolean
}

const find = (names: readonly string[], wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name))

/** Null where this is no table of texts. `rows`: the first ones, the header among them. */
export function textColumns(rows: readonly (readonly string[])[], pairs: boolean): TextColumns | null {
  const names = (rows[0] ?? []).map((name) => name.trim().toLowerCase())
  const [label, split] = [find(names, LABEL), find(names, ['split', 'subset', 'fold'])]
  if (pairs) {
    const found = PAIRS.map((pair) => pair.map((name) => names.indexOf(name))).find((places) => places.every((i) => i >= 0))
    return found && rows.length > 1 ? { texts: found, label, split, header: true } : null
  }
  const text = find(names, TEXT)
  if (text >= 0 && rows.length > 1) return { texts: [text], label, split, header: true }
  return bareColumns(rows)
}

/** Without a header: two columns, a short one that repeats and a long one. */
function bareColumns(rows: readonly (readonly string[])[]): TextColumns | null {
  if (rows.length < 4 || rows.some((cells) => cells.length !== 2)) return null
  const of = (column: number): string[] => rows.map((cells) => cells[column] ?? '')
  const isLabel = (column: number): boolean => {
    const cells = of(column)
    return cells.every((cell) => cell.length <= CLASS_NAME) && new Set(cells).size <= cells.length / 2
  }
  const words = (column: number): number => of(column).filter((cell) => /\s/.test(cell.trim())).length / rows.length
  for (const [text, label] of [[0, 1], [1, 0]] as const) if (isLabel(label) && words(text) > 0.5) return { texts: [text], label, split: -1, header: false }
  return null
}

export interface TextRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** Items of the rows, the header left out; an empty text is a skip, and so is what breaks the table off. */
export async function* textRows(path: string, rows: AsyncIterable<TextRow>, { texts, label, split, header }: TextColumns): AsyncGenerator<Found> {
  let left = header
  const [first = 0, second] = texts
  try {
    for await (const { line, cells } of rows) {
      if (left) {
        left = false
        continue
      }
      const [a, b] = [cells[first] ?? '', second === undefined ? null : (cells[second] ?? '')]
      if (a.trim() === '' || b?.trim() === '') {
        yield { kind: 'skip', path: `${path} line ${line}`, reason: b === null ? 'the text is empty' : `${a.trim() === '' ? 'the first' : 'the second'} text is empty` }
        continue
      }
      const name = label < 0 ? '' : (cells[label] ?? '').trim()
      yield textItem(path, { number: line, bytes: b === null ? new TextEncoder().encode(a) : pairBytes({ a, b }), className: name === '' ? null : name, split: splitNamed(cells[split] ?? '') }, b === null ? 'txt' : 'json')
    }
  } catch (error) {
    yield { kind: 'skip', path, reason: reasonOf(error) }
  }
}
