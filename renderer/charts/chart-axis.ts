// The x axes of a training curve: step, epoch, time since the start, time of day.
import type { ChartPoint, ChartSeries } from './chart-series.ts'

export const X_AXES = {
  step: { label: 'Step', title: 'step', value: (p: ChartPoint) => p.step, format: (x: number) => Math.round(x).toLocaleString('en') },
  epoch: { label: 'Epoch', title: 'epoch', value: (p: ChartPoint) => p.epoch, format: (x: number) => String(Number(x.toFixed(2))) },
  relative: { label: 'Time', title: 'time since start', value: (p: ChartPoint, origin: number) => (p.at - origin) / 1000, format: clock },
  wall: { label: 'Clock', title: 'time of day', value: (p: ChartPoint) => p.at, format: (x: number) => new Date(x).toLocaleTimeString('en-GB') },
} satisfies Record<string, { label: string; title: string; value: (point: ChartPoint, origin: number) => number; format: (x: number) => string }>
export type XAxis = keyof typeof X_AXES

/** Seconds as m:ss or h:mm:ss. */
function clock(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (n: number): string => String(n).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes}:${two(whole % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`
}

export function xOf(series: ChartSeries, axis: XAxis): (point: ChartPoint) => number {
  const origin = series.origin ?? series.points[0]?.at ?? 0
  return (point) => X_AXES[axis].value(point, origin)
}
