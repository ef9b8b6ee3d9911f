// The learning rate and the momentum of a step: warm-up, the schedule, and what a plateau has made of it.
import type { TrainConfig } from '../contract/recipe.ts'
import { schedule } from './index.ts'
import type { ScheduleState } from './schedule.ts'

type Settings = Pick<TrainConfig, 'lr' | 'schedule' | 'scheduleOptions' | 'warmup'>

/** Steps of warm-up; one is left to the schedule. */
const warmSteps = (warmup: number, total: number, perEpoch: number): number => Math.min(Math.round(warmup * perEpoch), Math.max(0, total - 1))

/**
 * For step `step` of `total` (0-based). Warm-up rises in a line to the schedule's first value; the schedule then has the
 * rest of the run. Goyal et al., "Accurate, large minibatch SGD", 2017, section 2.2.
 */
export function learningRate(config: Settings, step: number, total: number, perEpoch: number, state: ScheduleState): number {
  const warm = warmSteps(config.warmup, total, perEpoch)
  const factor = schedule(config.schedule).factor(Math.max(0, step - warm), total - warm, perEpoch, config.scheduleOptions)
  const rise = step < warm ? (step + 1) / (warm + 1) : 1
  return config.lr * rise * factor * state.scale
}

/** The momentum of the same step: the recipe's, or what the schedule makes of it. */
export function momentumAt(config: Pick<TrainConfig, 'momentum' | 'schedule' | 'scheduleOptions' | 'warmup'>, step: number, total: number, perEpoch: number): number {
  const warm = warmSteps(config.warmup, total, perEpoch)
  return schedule(config.schedule).momentum?.(Math.max(0, step - warm), total - warm, perEpoch, config.momentum, config.scheduleOptions) ?? config.momentum
}
