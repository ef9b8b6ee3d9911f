// How a page shows its curves: smoothing, x axis, scale.
import { X_AXES, type XAxis } from './chart-axis.ts'

export interface ChartView {
  x: XAxis
  /** 0..0.99 */
  smoothing: number
  logY: boolean
}

const isAxis = (value: unknown): value is XAxis => typeof value === 'string' && Object.hasOwn(X_AXES, value)

/** Whether something read from storage is a view. */
export function isChartView(value: unknown): value is ChartView {
  return typeof value === 'object' && value !== null
    && 'x' in value && isAxis(value.x)
    && 'smoothing' in value && typeof value.smoothing === 'number' && value.smoothing >= 0 && value.smoothing <= 0.99
    && 'logY' in value && typeof value.logY === 'boolean'
}
