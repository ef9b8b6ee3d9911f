// Plateau: a tenth of the rate each time the watched metric has not become better for some epochs.
import { z } from 'zod'
import { defineSchedule } from './schedule.ts'

const options = z.strictObject({
  factor: z.number().gt(0).lt(1).default(0.1).describe('What the rate is multiplied by.'),
  patience: z.int().min(0).default(5).describe('Epochs without improvement that are borne.'),
  threshold: z.number().min(0).max(1).default(1e-4).describe('Least relative improvement.'),
  least: z.number().positive().max(1).default(1e-4).describe('Lowest factor.'),
})

/** As PyTorch's ReduceLROnPlateau with a relative threshold; the practice of Krizhevsky et al., NIPS 2012, section 5. Watches what early stopping watches (`val/loss` without it). Its state is in the position, so a resumed run goes on counting. */
export const plateau = defineSchedule({
  title: 'Plateau',
  description: 'A tenth of the rate each time validation has not improved for some epochs',
  options,
  factor: () => 1,
  afterEpoch: (state, value, lowerIsBetter, { factor, patience, threshold, least }) => {
    const better = state.best === null || (lowerIsBetter ? value < state.best - threshold * Math.abs(state.best) : value > state.best + threshold * Math.abs(state.best))
    if (better) return { ...state, best: value, waited: 0 }
    if (state.waited < patience) return { ...state, waited: state.waited + 1 }
    return { ...state, waited: 0, scale: Math.max(least, state.scale * factor) }
  },
})
