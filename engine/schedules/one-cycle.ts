// One cycle: up to the full rate in the first part of the run, then down to almost nothing.
import { z } from 'zod'
import { defineSchedule } from './schedule.ts'

const options = z.strictObject({
  up: z.number().gt(0).lt(1).default(0.3).describe('Share of the run that goes up.'),
  start: z.number().positive().max(1).default(1 / 25).describe('Factor at the first step.'),
  end: z.number().positive().max(1).default(1 / 25 / 1e4).describe('Factor at the last step.'),
  momentum: z.number().min(0).max(0.9999).nullable().default(0.85).describe('Momentum at the peak, where the rate is large enough without it; null leaves it alone.'),
})

/** Smith and Topin, "Super-convergence", 2018, with cosines in place of lines as PyTorch's OneCycleLR has it. The recipe's learning rate is the peak; its momentum is the highest, from which the momentum falls while the rate rises, and to which it returns. Depends on the total number of epochs, as `cosine` does. */
export const oneCycle = defineSchedule({
  title: 'One cycle',
  description: 'Up to the full rate in three tenths of the run, then down to almost nothing; momentum the other way',
  options,
  factor: (step, total, _perEpoch, { up, start, end }) => cycle(step, total, up, [start, 1, end]),
  momentum: (step, total, _perEpoch, base, { up, momentum }) => (momentum === null ? base : cycle(step, total, up, [base, Math.min(base, momentum), base])),
})

/** From the first of three values to the second in the first part of the run, then to the third. */
function cycle(step: number, total: number, up: number, [first, peak, last]: readonly [number, number, number]): number {
  const top = up * total - 1
  if (step <= top && top > 0) return between(first, peak, step / top)
  const rest = total - 1 - Math.max(0, top)
  return rest > 0 ? between(peak, last, Math.min(1, (step - Math.max(0, top)) / rest)) : peak
}

/** From `a` at 0 to `b` at 1 along half a cosine. */
function between(a: number, b: number, t: number): number {
  return b + ((a - b) / 2) * (1 + Math.cos(Math.PI * t))
}
