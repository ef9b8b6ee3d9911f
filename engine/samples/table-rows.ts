// Rows of a shipped CSV table: one sample a row, its last column the class, divided by class with a fixed seed.
import { createReadStream } from 'node:fs'
import { LatheError } from '../contract/errors.ts'
import { splitStratified, type Ratio } from '../data/split.ts'
import { rowBytes, type Row } from '../data/table/row.ts'
import type { NewSample } from '../data/new-sample.ts'
import { openCsv } from '../formats/source/csv.ts'
import { typedCsv } from '../formats/source/typed-table.ts'
import { samplePath } from './assets.ts'
import { bytesSample } from './json-sample.ts'

/** Of the seeds 0 to 9 on irises the first with a test of median difficulty: where logistic regression is as right as in the middle of the ten. */
const SPLIT_SEED = 1

/** Equal rows are all kept: each is a thing of its own. */
export async function* tableRows(id: string, ratio: Ratio): AsyncGenerator<NewSample> {
  const table = typedCsv(await openCsv(createReadStream(samplePath(id, `${id}.csv`)) as AsyncIterable<Uint8Array>, undefined), () => undefined)
  const found: { row: Row; className: string }[] = []
  for await (const row of table.rows()) {
    if ('reason' in row) throw new LatheError('corrupt', `the built-in sample '${id}' is damaged in line ${row.line}: ${row.reason}. Install Lathe again`)
    const last = table.columns.length - 1
    found.push({ row: Object.fromEntries(table.columns.slice(0, last).map((name, j) => [name, row.cells[j] ?? null])), className: String(row.cells[last]) })
  }
  const splits = splitStratified(found.map((f) => f.className), ratio, SPLIT_SEED)
  const times = new Map<string, number>()
  for (const [i, { row, className }] of found.entries()) {
    const key = JSON.stringify(row)
    const repeat = times.get(key) ?? 0
    times.set(key, repeat + 1)
    yield bytesSample(rowBytes(row, repeat), { name: `${id}/${String(i + 1).padStart(3, '0')}.json`, split: splits[i] ?? null, className })
  }
}
