// Series and view → the ECharts option of a line chart. Pure: the same input draws the same picture.
import type { EChartsCoreOption } from 'echarts/core'
import type { ChartSeries } from './chart-series.ts'
import { X_AXES, xOf, type XAxis } from './chart-axis.ts'
import { CHART_FONT, type ChartTheme } from './chart-theme.ts'
import { decimate, windowOf, type Point } from './decimate.ts'
import { ema } from './ema.ts'
import { endOffsets } from './end-labels.ts'

export type Zoom = readonly [low: number, high: number]
export interface LineView {
  readonly x: XAxis
  /** 0..0.99 */
  readonly smoothing: number
  readonly logY: boolean
  /** Shown part of x; all when null. */
  readonly zoom: Zoom | null
}
export interface LineOptionArgs {
  readonly series: readonly ChartSeries[]
  readonly view: LineView
  readonly theme: ChartTheme
  readonly yTitle: string
  /** Values in full, for the tooltip. */
  readonly format: (value: number) => string
  /** Values of the y axis, as short as they can be. */
  readonly tick: (value: number) => string
  /** No value lies above it: the axis ends there rather than beyond. */
  readonly ceiling?: number | undefined
  /** Pixels, for decimation and labels. */
  readonly width: number
  readonly height: number
  readonly tooltip: (x: number, rows: readonly TooltipRow[]) => HTMLElement
}
export interface TooltipRow {
  readonly label: string
  readonly colour: string
  readonly value: number
  /** The raw value where smoothing is on. */
  readonly raw: number | null
}

export interface Curve {
  readonly series: ChartSeries
  readonly raw: readonly Point[]
  readonly smooth: readonly Point[]
}

/** Pixels from which on the names at the ends of lines have more room. */
const WIDE = 560
const GRID = { top: 24, bottom: 24 }

/** Smoothed over all points first, cut to the zoom after, so that zooming changes no value. */
export function curveOf(series: ChartSeries, view: LineView): Curve {
  const x = xOf(series, view.x)
  const usable = view.logY ? series.points.filter((p) => p.value > 0) : series.points
  const raw = usable.map((p): Point => [x(p), p.value])
  const averaged = ema(usable.map((p) => p.value), view.smoothing)
  const smooth = raw.map(([at], i): Point => [at, averaged[i] ?? NaN])
  return { series, raw, smooth }
}

/** Values of every curve at the point nearest to `x`. */
export function rowsAt(curves: readonly Curve[], x: number, smoothing: number): TooltipRow[] {
  return curves.flatMap(({ series, raw, smooth }) => {
    const index = nearest(smooth, x)
    const point = smooth[index]
    if (!point) return []
    return [{ label: series.label, colour: series.colour, value: point[1], raw: smoothing > 0 ? (raw[index]?.[1] ?? null) : null }]
  })
}

function nearest(points: readonly Point[], x: number): number {
  let low = 0
  let high = points.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((points[middle]?.[0] ?? 0) < x) low = middle
    else high = middle
  }
  const [a, b] = [points[low]?.[0] ?? 0, points[high]?.[0] ?? 0]
  return Math.abs(a - x) <= Math.abs(b - x) ? low : high
}

export function lineOption(args: LineOptionArgs): EChartsCoreOption {
  const { view, theme } = args
  const curves = args.series.filter((s) => s.points.length > 0).map((s) => curveOf(s, view))
  const visible = (points: readonly Point[]): Point[] => [...decimate(view.zoom ? windowOf(points, view.zoom[0], view.zoom[1]) : points, Math.max(50, Math.round(args.width / 2)))]
  const axis = X_AXES[view.x]
  const axisLabel = { color: theme.muted, fontSize: 11, hideOverlap: true }
  const few = curves.length <= 4
  /** Room for names at the ends of lines. */
  const names = args.width > WIDE ? 148 : 84
  const lines = curves.map(({ smooth }) => visible(smooth))
  const offsets = few ? labelOffsets(lines, view, args.height - GRID.top - GRID.bottom - 20) : []
  return {
    animation: false,
    textStyle: { fontFamily: CHART_FONT },
    grid: { left: 12, right: few ? names : 16, ...GRID, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      name: axis.title,
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: theme.muted, fontSize: 11 },
      min: view.zoom?.[0] ?? (view.x === 'wall' ? 'dataMin' : 0),
      max: view.zoom?.[1] ?? 'dataMax',
      axisLabel: { ...axisLabel, showMinLabel: view.zoom ? false : null, showMaxLabel: false, formatter: (x: number) => axis.format(x) },
      axisLine: { onZero: false, lineStyle: { color: theme.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisPointer: { label: { show: false } },
    },
    yAxis: {
      type: view.logY ? 'log' : 'value',
      name: args.yTitle,
      nameTextStyle: { color: theme.muted, fontSize: 11, align: 'left', padding: [0, 0, 0, -24] },
      scale: true,
      ...(args.ceiling !== undefined && !view.logY && { max: endOfAxis(args.ceiling) }),
      splitNumber: 4,
      axisLabel: { ...axisLabel, formatter: (y: number) => args.tick(y) },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: theme.line } },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      backgroundColor: theme.background,
      borderColor: theme.line,
      borderWidth: 1,
      padding: 8,
      extraCssText: 'box-shadow: none',
      textStyle: { color: theme.text, fontSize: 12 },
      axisPointer: { type: 'line', lineStyle: { color: theme.muted, type: 'solid' } },
      formatter: (params: unknown) => {
        const x = hovered(params)
        return x === null ? '' : args.tooltip(x, rowsAt(curves, x, view.smoothing))
      },
    },
    series: curves.flatMap(({ series, raw, smooth }, i) => {
      const line = { color: series.colour, width: 1.75, type: series.dashed ? 'dashed' as const : 'solid' as const }
      const base = { type: 'line' as const, showSymbol: smooth.length === 1, symbol: 'circle', symbolSize: 5, emphasis: { disabled: true }, itemStyle: { color: series.colour }, connectNulls: false }
      const main = { ...base, id: series.id, name: series.label, data: lines[i] ?? [], lineStyle: line, z: 3, endLabel: { show: few, formatter: () => series.label, color: theme.text, fontSize: 11, distance: 6, width: names - 8, overflow: 'truncate', offset: [0, offsets[i] ?? 0] } }
      if (view.smoothing <= 0) return [main]
      return [{ ...base, id: `${series.id} raw`, name: series.label, silent: true, data: visible(raw), lineStyle: { ...line, width: 1, type: 'solid' as const, opacity: 0.35 }, tooltip: { show: false }, z: 2 }, main]
    }),
  }
}

/** Null leaves the end to the axis. */
const endOfAxis = (ceiling: number) => ({ min, max }: { readonly min: number; readonly max: number }): number | null => (max + Math.max(0.1 * (max - min), 0.01 * ceiling) >= ceiling ? ceiling : null)

/** From the extremes of what is drawn, which the axis rounds outwards only a little. */
function labelOffsets(lines: readonly (readonly Point[])[], view: LineView, height: number): readonly number[] {
  const scaled = (y: number): number => (view.logY ? Math.log(y) : y)
  const ys = lines.flat().map(([, y]) => scaled(y)).filter(Number.isFinite)
  const ends = lines.map((points) => scaled(points.findLast(([, y]) => Number.isFinite(y))?.[1] ?? NaN))
  if (ys.length === 0 || ends.some(Number.isNaN)) return lines.map(() => 0)
  return endOffsets(ends, ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b)), Math.max(40, height))
}

/** The x under the cursor, out of what ECharts hands to a tooltip formatter. */
function hovered(params: unknown): number | null {
  const first: unknown = Array.isArray(params) ? params[0] : params
  if (typeof first !== 'object' || first === null || !('axisValue' in first)) return null
  return typeof first.axisValue === 'number' ? first.axisValue : Number(first.axisValue)
}
