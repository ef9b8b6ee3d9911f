// CSV of pixels: one image a row, with or without a header and a label column; gzipped too.
import { claimedFormat } from '../data/sniff.ts'
import type { DataFormat } from './format.ts'
import { csvKind, openCsv } from './source/csv.ts'
import { readPixelTable } from './source/pixel-table.ts'

export const csvPixels: DataFormat = {
  title: 'CSV of pixels',
  description: 'One square grey image a row (8×8, 28×28, …), values 0–1, 0–16 or 0–255, the label first, last or in a column named label; .csv or .csv.gz.',
  inputs: ['image'],
  async match(source) {
    return source.kind === 'file' && claimedFormat(source.name) === null && csvKind(await source.head()) === 'pixels'
  },
  async *read(source, ctx) {
    yield* readPixelTable(await openCsv(await source.stream(), ctx.signal), source.name, ctx)
  },
}
