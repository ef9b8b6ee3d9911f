// metricText(): the value of a metric as its kind is read; scoreText(): with its name where that is not plain.
import { metricName } from '../../engine/contract/metric-names.ts'
import type { RunScore } from '../../engine/contract/run-score.ts'
import { number, percent } from './format.ts'

/** `name` bare or with its split. */
export const metricText = (name: string, value: number): string => (metricName(name).share ? percent(value) : number(value))

/** "97.8 %", "loss 0.123": accuracy needs no name. */
export const scoreText = ({ name, value }: RunScore): string => (name === 'accuracy' ? metricText(name, value) : `${metricName(name).label.toLowerCase()} ${metricText(name, value)}`)
