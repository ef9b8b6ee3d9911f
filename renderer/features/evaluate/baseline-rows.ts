// Shallow models beside the network as rows of one table, the best first.
import type { BaselineReport, Interval } from '../../../engine/contract/commands.ts'
import { metricName } from '../../../engine/contract/metric-names.ts'
import type { RunId } from '../../../engine/contract/ids.ts'
import { number, percentWithin } from '../../ui/format.ts'
import { metricText } from '../../ui/metric-text.ts'
import { numberWithin } from './metric-facts.ts'

export interface BaselineRow {
  readonly key: string
  readonly title: string
  readonly note: string
  /** Null for the network. */
  readonly seconds: number | null
  readonly deep: boolean
  readonly exportable: boolean
  /** Of `columns`, in that order; "–" where it has none. */
  readonly values: readonly string[]
  /** Both ends of the interval of the first. */
  readonly range: string | null
}
export interface BaselineTable {
  readonly columns: readonly { readonly name: string; readonly label: string }[]
  readonly rows: readonly BaselineRow[]
}

/** Metrics shown beside the one that ranks. */
const OTHERS = 3
const bare = (name: string): string => name.slice(name.indexOf('/') + 1)

function within(name: string, value: number, interval: Interval | undefined): string {
  const wide = interval && interval.high > interval.low ? interval : undefined
  return metricName(name).share ? percentWithin(value, wide) : numberWithin(value, wide)
}

/** Where the table was made beside another run, that one is left out. */
export function baselineTable({ metric, lowerIsBetter, models, deep }: BaselineReport, run: RunId): BaselineTable {
  const others = Object.keys(models[0]?.metrics ?? {}).filter((name) => name !== metric).slice(0, OTHERS)
  const names = [metric, ...others]
  const all = [
    ...models.map((m) => ({ key: m.name, title: m.title, note: m.note, metrics: m.metrics, intervals: m.intervals, seconds: m.seconds, deep: false, exportable: m.exportable })),
    ...(deep?.run === run ? [{ key: `run ${deep.run}`, title: deep.name, note: 'the network', metrics: deep.metrics, intervals: deep.intervals, seconds: null, deep: true, exportable: false }] : []),
  ]
  const quality = (metrics: Readonly<Record<string, number>>): number => (metrics[metric] ?? NaN) * (lowerIsBetter ? -1 : 1)
  return {
    columns: names.map((name) => ({ name, label: metricName(bare(name)).label })),
    rows: all.toSorted((a, b) => quality(b.metrics) - quality(a.metrics)).map(({ metrics, intervals, ...row }) => {
      const interval = intervals[metric]
      return {
        ...row,
        values: names.map((name, i) => {
          const value = metrics[name]
          if (typeof value !== 'number' || !Number.isFinite(value)) return '–'
          return i === 0 ? within(bare(name), value, interval) : metricText(bare(name), value)
        }),
        range: interval ? `95 % interval ${number(interval.low)} to ${number(interval.high)}` : null,
      }
    }),
  }
}
