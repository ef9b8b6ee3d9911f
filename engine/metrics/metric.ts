// Metric: one number about a classifier's predictions on a set of labelled samples.
import type { Predictions } from './predictions.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}

export interface MetricDef {
  readonly title: string
  readonly description: string
  /** Whether a smaller value is better. */
  readonly lowerIsBetter: boolean
  /** False where the metric says nothing for so many classes (top-5 of five). Always when left out. */
  applies?(classes: number): boolean
  /** `rows`: samples to take, repeats allowed (bootstrap); each must be labelled, and there is at least one. */
  compute(predictions: Predictions, rows: Int32Array): number
  /** 95 % interval in closed form; bootstrapped when left out. */
  interval?(predictions: Predictions, rows: Int32Array): Interval
}
