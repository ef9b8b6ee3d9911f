// Rows of a shipped CSV of a series: one sample a time step, divided in time.
import { readFile } from 'node:fs/promises'
import { LatheError } from '../contract/errors.ts'
import type { NewSample } from '../data/new-sample.ts'
import { splitByTime } from '../data/split.ts'
import { formatTime, parseTime } from '../series/time.ts'
import { samplePath } from './assets.ts'
import { jsonSample } from './json-sample.ts'

const SHARES = [0.7, 0.15, 0.15] as const

/** Rows without a value are left out: they are gaps in time. */
export async function* forecastRows(id: string): AsyncGenerator<NewSample> {
  const lines = (await readFile(samplePath(id, `${id}.csv`), 'utf8')).trim().split('\n').slice(1)
  const rows = lines.flatMap((line) => {
    const [cell = '', value = ''] = line.split(',')
    const time = parseTime(cell)
    if (!time) throw new LatheError('corrupt', `the built-in sample '${id}' is damaged at '${line}'. Install Lathe again`)
    return value.trim() === '' ? [] : [{ time: formatTime(time), value: Number(value) }]
  })
  const splits = splitByTime(rows.map((row) => row.time), SHARES)
  for (const [i, row] of rows.entries()) {
    yield jsonSample(row, { name: `${id}/${row.time}.json`, split: splits[i] ?? null, className: null, label: { kind: 'number', value: row.value }, meta: { time: row.time } })
  }
}
