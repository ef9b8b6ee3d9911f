// Parallel TSV: a source, a tab and its translation in each line.
import type { DataFormat, Found } from './format.ts'
import { headLines, linesOf } from './source/lines.ts'
import { pairsOf, splitNamed, type PairFields } from './source/text-pairs.ts'

interface Columns {
  readonly source: number
  readonly target: number
  /** −1 without one. */
  readonly split: number
  readonly header: boolean
}

const place = (names: readonly string[], wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name.trim().toLowerCase()))

/** By a header of `source` and `target` (and `split`), else the first two columns. */
function columnsOf(line: string): Columns {
  const names = line.split('\t')
  const [source, target] = [place(names, ['source', 'src']), place(names, ['target', 'tgt', 'translation'])]
  return source >= 0 && target >= 0 ? { source, target, split: place(names, ['split']), header: true } : { source: 0, target: 1, split: -1, header: false }
}

function fieldsOf(line: string, { source, target, split }: Columns): PairFields | string {
  const cells = line.split('\t')
  const [from, to] = [cells[source], cells[target]]
  if (from === undefined || to === undefined) return 'has no tab: expected a source, a tab and its translation'
  return { source: from.trim(), target: to.trim(), split: splitNamed(cells[split] ?? '') }
}

export const tsvPairs: DataFormat = {
  title: 'Parallel TSV',
  description: 'Each line a source, a tab and its translation, without quotes; with a header, columns source, target and (if there is one) split; further columns are left out.',
  inputs: ['text'],
  tasks: ['translation'],
  async match(source) {
    if (source.kind === 'folder') return false
    const lines = headLines(await source.head())
    return lines.length > 0 && !lines[0]?.trimStart().startsWith('{') && lines.filter((line) => line.includes('\t')).length * 2 > lines.length
  },
  async *read(source): AsyncGenerator<Found> {
    const [first = ''] = headLines(await source.head(), 1)
    const columns = columnsOf(first)
    let headerLeft = columns.header
    yield* pairsOf(source.name, linesOf(await source.stream()), (line) => {
      if (!headerLeft) return fieldsOf(line, columns)
      headerLeft = false
      return null
    })
  },
}
