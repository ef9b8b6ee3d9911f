// Rows of `co2` for regression: each week's value beside what was measured a month, one and two years before.
import { readFile } from 'node:fs/promises'
import { LatheError } from '../../contract/errors.ts'
import type { NewSample } from '../../data/new-sample.ts'
import type { Split } from '../../contract/recipe.ts'
import { compactDays } from '../../data/table/dates.ts'
import { samplePath } from '../assets.ts'
import { jsonSample } from '../json-sample.ts'

const WEEK = 7
/** Weeks before; a year is 52 of them within a day. */
const BEFORE = { 'a month before': 4, 'a year before': 52, 'two years before': 104 } as const

/** Whole years go to one split, so that no week is tested whose neighbour was learned: of five years three train, one validates, one tests. */
const SPLITS: readonly Split[] = ['train', 'test', 'train', 'val', 'train']

/** Weeks of which all four values were measured. */
export async function* co2Weeks(): AsyncGenerator<NewSample> {
  const weeks = new Map<number, number>()
  for (const line of (await readFile(samplePath('co2', 'co2.csv'), 'utf8')).trim().split('\n').slice(1)) {
    const [date = '', value = ''] = line.split(',')
    const days = compactDays(date)
    if (days === null) throw new LatheError('corrupt', `the built-in sample 'co2' is damaged at '${line}'. Install Lathe again`)
    if (value.trim() !== '') weeks.set(days, Number(value))
  }
  for (const [days, value] of weeks) {
    const before = Object.entries(BEFORE).map(([name, count]) => [name, weeks.get(days - count * WEEK)] as const)
    if (before.some(([, known]) => known === undefined)) continue
    const date = new Date(days * 86_400_000).toISOString().slice(0, 10)
    yield jsonSample({ date, ...Object.fromEntries(before) }, { name: `co2/${date}.json`, split: SPLITS[Number(date.slice(0, 4)) % SPLITS.length] ?? null, className: null, label: { kind: 'number', value }, meta: { time: date } })
  }
}
