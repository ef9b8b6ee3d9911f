// Curves of runs → the series of a chart: one run tells train from validation, several are told apart by name and colour.
import type { MetricPoint } from '../../engine/contract/events.ts'
import type { ChartSeries } from './chart-series.ts'

export interface RunCurves {
  readonly id: number
  readonly name: string
  readonly colour: string
  readonly startedAt: number | null
  readonly curves: ReadonlyMap<string, readonly MetricPoint[]>
}
const SPLITS = [
  { split: 'train', label: 'train', dashed: true },
  { split: 'val', label: 'validation', dashed: false },
] as const
export type CurveSplit = (typeof SPLITS)[number]['split']

/**
 * The loss of training comes as points inside of epochs and as the mean of each whole one: together they are a saw. Where most epochs
 * have points inside, those are the curve; else the means are, and what came since the last one.
 */
function oneMeasure(points: readonly MetricPoint[]): readonly MetricPoint[] {
  const ends = points.filter((p) => Number.isInteger(p.epoch))
  const told = new Set(points.flatMap((p) => (Number.isInteger(p.epoch) ? [] : [Math.ceil(p.epoch)])))
  const last = ends.at(-1)
  if (!last || told.size === 0) return points
  if (2 * ends.filter((p) => told.has(p.epoch)).length < ends.length) return points.filter((p) => Number.isInteger(p.epoch) || p.epoch > last.epoch)
  return points.filter((p) => !Number.isInteger(p.epoch) || !told.has(p.epoch))
}

/** `metric` without its split: `loss`. Runs that have not measured it are left out. */
export function runSeries(runs: readonly RunCurves[], metric: string, splits: readonly CurveSplit[] = ['train', 'val']): readonly ChartSeries[] {
  return runs.flatMap((run) => SPLITS.filter(({ split }) => splits.includes(split)).flatMap(({ split, label, dashed }) => {
    const points = oneMeasure(run.curves.get(`${split}/${metric}`) ?? [])
    if (points.length === 0) return []
    const name = runs.length === 1 ? label : splits.length === 1 ? run.name : `${run.name} ${label}`
    return [{ id: `${run.id} ${split}`, label: name, colour: run.colour, dashed, points, ...(run.startedAt === null ? {} : { origin: run.startedAt }) }]
  }))
}
