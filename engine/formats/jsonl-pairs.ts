// Parallel JSONL: an object with source and target in each line.
import { z } from 'zod'
import type { DataFormat, Found } from './format.ts'
import { headLines, linesOf } from './source/lines.ts'
import { pairsOf, splitNamed, type PairFields } from './source/text-pairs.ts'

const row = z.looseObject({ source: z.string(), target: z.string(), split: z.string().nullish() })

function fieldsOf(line: string): PairFields | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'is no JSON'
  }
  const parsed = row.safeParse(value)
  if (!parsed.success) return 'expected {"source": "…", "target": "…"}'
  const { source, target, split } = parsed.data
  return { source, target, split: splitNamed(split ?? '') }
}

export const jsonlPairs: DataFormat = {
  title: 'Parallel JSONL',
  description: 'Each line an object {"source": "…", "target": "…"}, and "split" if there is one.',
  inputs: ['text'],
  tasks: ['translation'],
  async match(source) {
    if (source.kind === 'folder') return false
    const lines = headLines(await source.head(), 5)
    return lines.length > 0 && lines.some((line) => typeof fieldsOf(line) !== 'string')
  },
  async *read(source): AsyncGenerator<Found> {
    yield* pairsOf(source.name, linesOf(await source.stream()), fieldsOf)
  },
}
