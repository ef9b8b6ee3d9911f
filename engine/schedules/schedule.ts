// Schedule: the learning rate as a pure function of the step, so that it needs no state in a checkpoint; where it follows a metric, its state is in the position.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'

/** What a schedule that follows a metric knows; part of a checkpoint's position. */
export const scheduleState = z.object({
  /** Best value so far. */
  best: z.number().nullable(),
  /** Epochs since. */
  waited: z.int().min(0),
  /** Factor on the learning rate. */
  scale: z.number().positive(),
})
export type ScheduleState = z.infer<typeof scheduleState>

export const freshState = (): ScheduleState => ({ best: null, waited: 0, scale: 1 })

export type ScheduleOptions = Readonly<Record<string, unknown>>

export interface ScheduleDef {
  readonly title: string
  readonly description: string
  /** Every option has a default. */
  readonly options: z.ZodType
  /** Factor on the base learning rate for step `step` of `total` (0-based); `perEpoch` steps make an epoch. Throws LatheError `usage` for options that do not fit. */
  factor(step: number, total: number, perEpoch: number, options?: ScheduleOptions): number
  /** The momentum of a step whose recipe says `base`; only of schedules that move it. */
  momentum?(step: number, total: number, perEpoch: number, base: number, options?: ScheduleOptions): number
  /** The state after an epoch in which the watched metric was `value`; only of schedules that follow one. */
  afterEpoch?(state: ScheduleState, value: number, lowerIsBetter: boolean, options?: ScheduleOptions): ScheduleState
}

interface ScheduleSource<S extends z.ZodType> {
  readonly title: string
  readonly description: string
  readonly options: S
  factor(step: number, total: number, perEpoch: number, options: z.infer<S>): number
  momentum?(step: number, total: number, perEpoch: number, base: number, options: z.infer<S>): number
  afterEpoch?(state: ScheduleState, value: number, lowerIsBetter: boolean, options: z.infer<S>): ScheduleState
}

/** Keeps the type of a schedule's options while it is written down, and checks what it is given. */
export function defineSchedule<S extends z.ZodType>(source: ScheduleSource<S>): ScheduleDef {
  const parse = (options: ScheduleOptions = {}): z.infer<S> => {
    const parsed = source.options.safeParse(options)
    if (!parsed.success) throw new LatheError('usage', `schedule ${source.title}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
    return parsed.data
  }
  return {
    title: source.title,
    description: source.description,
    options: source.options,
    factor: (step, total, perEpoch, options) => source.factor(step, total, perEpoch, parse(options)),
    ...(source.momentum && { momentum: (step, total, perEpoch, base, options) => source.momentum?.(step, total, perEpoch, base, parse(options)) ?? base }),
    ...(source.afterEpoch && { afterEpoch: (state, value, lowerIsBetter, options) => source.afterEpoch?.(state, value, lowerIsBetter, parse(options)) ?? state }),
  }
}

export const noOptions = z.strictObject({})

/** Half a cosine from 1 at `t` = 0 down to `floor` at `t` = 1. Loshchilov and Hutter, "SGDR", ICLR 2017, eq. 5. */
export function cosineDecay(t: number, floor: number): number {
  return floor + 0.5 * (1 - floor) * (1 + Math.cos(Math.PI * Math.min(1, Math.max(0, t))))
}
