// The learning rate of a step: warm-up, the schedule, and what a plateau has made of it.
import type { TrainConfig } from '../contract/recipe.ts'
import { schedule } from './index.ts'
import type { ScheduleState } from './schedule.ts'

type Settings = Pick<TrainConfig, 'lr' | 'schedule' | 'scheduleOptions' | 'warmup'>

/**
 * For step `step` of `total` (0-based). Warm-up rises in a line to the schedule's first value; the schedule then has the
 * rest of the run. Goyal et al., "Accurate, large minibatch SGD", 2017, section 2.2.
 */
export function learningRate(config: Settings, step: number, total: number, perEpoch: number, state: ScheduleState): number {
  const def = schedule(config.schedule)
  const warm = Math.min(Math.round(config.warmup * perEpoch), Math.max(0, total - 1))
  const factor = def.factor(Math.max(0, step - warm), total - warm, perEpoch, config.scheduleOptions)
  const rise = step < warm ? (step + 1) / (warm + 1) : 1
  return config.lr * rise * factor * state.scale
}
