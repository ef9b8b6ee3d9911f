// Cosine with warm restarts: the rate falls along half a cosine again and again, each time for longer.
import { z } from 'zod'
import { cosineDecay, defineSchedule } from './schedule.ts'

const options = z.strictObject({
  cycles: z.int().min(1).max(100).default(3).describe('Falls in the whole run.'),
  multiply: z.number().min(1).max(10).default(2).describe('How much longer each is than the one before.'),
  floor: z.number().min(0).max(1).default(0.001).describe('Lowest factor.'),
})

/** Loshchilov and Hutter, "SGDR", ICLR 2017, section 3. The first fall is as long as fits `cycles` of them into the run, whose end is the end of the last. */
export const cosineRestarts = defineSchedule({
  title: 'Cosine with restarts',
  description: 'Falls along half a cosine three times, each twice as long as the one before',
  options,
  factor: (step, total, _perEpoch, { cycles, multiply, floor }) => {
    let length = multiply === 1 ? total / cycles : (total * (multiply - 1)) / (multiply ** cycles - 1)
    let start = 0
    // A thousandth of a step, so that rounding does not put a restart one step late.
    for (let i = 1; i < cycles && step >= start + length - 1e-3; i++) {
      start += length
      length *= multiply
    }
    return cosineDecay((step - start) / length, floor)
  },
})
