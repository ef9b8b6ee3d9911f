// One cycle: up to the full rate in the first part of the run, then down to almost nothing.
import { z } from 'zod'
import { defineSchedule } from './schedule.ts'

const options = z.strictObject({
  /** Share of the run that goes up. */
  up: z.number().gt(0).lt(1).default(0.3),
  /** Factor at the first step. */
  start: z.number().positive().max(1).default(1 / 25),
  /** Factor at the last step. */
  end: z.number().positive().max(1).default(1 / 25 / 1e4),
})

/** Smith and Topin, "Super-convergence", 2018, with cosines in place of lines as PyTorch's OneCycleLR has it. The recipe's learning rate is the peak. Depends on the total number of epochs, as `cosine` does. */
export const oneCycle = defineSchedule({
  title: 'One cycle',
  description: 'Up to the full rate in three tenths of the run, then down to almost nothing',
  options,
  factor: (step, total, _perEpoch, { up, start, end }) => {
    const peak = up * total - 1
    if (step <= peak && peak > 0) return between(start, 1, step / peak)
    const rest = total - 1 - Math.max(0, peak)
    return rest > 0 ? between(1, end, Math.min(1, (step - Math.max(0, peak)) / rest)) : 1
  },
})

/** From `a` at 0 to `b` at 1 along half a cosine. */
function between(a: number, b: number, t: number): number {
  return b + ((a - b) / 2) * (1 + Math.cos(Math.PI * t))
}
