// Exponential decay: the same share is lost in each epoch.
import { z } from 'zod'
import { defineSchedule } from './schedule.ts'

const options = z.strictObject({
  gamma: z.number().positive().max(1).nullable().default(null).describe('Factor of an epoch; null for the one that ends at 1 %.'),
})

/** Falls step by step, not at the ends of epochs. The end at 1 % depends on the total number of epochs, as `cosine` does. Robbins and Monro, 1951, ask for a rate that falls; this form is PyTorch's ExponentialLR between epochs too. */
export const exponential = defineSchedule({
  title: 'Exponential',
  description: 'Loses the same share in each epoch, down to 1 % at the last step',
  options,
  factor: (step, total, perEpoch, { gamma }) => (gamma === null ? 0.01 ** (total > 1 ? step / (total - 1) : 0) : gamma ** (step / perEpoch)),
})
