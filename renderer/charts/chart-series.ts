// ChartSeries: one curve of a chart, and its values in words and in CSV.
import type { MetricPoint } from '../../engine/contract/events.ts'

export type ChartPoint = Omit<MetricPoint, 'name'>
export interface ChartSeries {
  readonly id: string
  readonly label: string
  readonly colour: string
  /** Train is dashed, validation solid, everywhere. */
  readonly dashed: boolean
  readonly points: readonly ChartPoint[]
  /** Where relative time starts, in ms since 1970; the first point when left out. */
  readonly origin?: number
}

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** One row a point (RFC 4180): series, step, epoch, ISO time, value, at full precision. */
export function seriesCsv(series: readonly ChartSeries[]): string {
  const rows = series.flatMap((s) => s.points.map((p) => [quoted(s.label), p.step, p.epoch, new Date(p.at).toISOString(), p.value].join(',')))
  return ['series,step,epoch,time,value', ...rows, ''].join('\r\n')
}

/** Last, lowest and highest value of each series, for people who do not see the curve. */
export function describeSeries(series: readonly ChartSeries[], format: (value: number) => string): string {
  return series.filter((s) => s.points.length > 0).map((s) => {
    const values = s.points.map((p) => p.value).filter(Number.isFinite)
    const last = values.at(-1)
    if (last === undefined) return `${s.label}: no finite value`
    const lowest = values.reduce((a, b) => Math.min(a, b))
    const highest = values.reduce((a, b) => Math.max(a, b))
    return `${s.label}: ${format(last)} last, ${format(lowest)} lowest, ${format(highest)} highest, ${s.points.length} values`
  }).join('; ')
}
