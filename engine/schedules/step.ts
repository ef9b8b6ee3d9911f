// Step decay: a tenth of the learning rate at 50 % and again at 75 % of the run.
import { defineSchedule, noOptions } from './schedule.ts'

/** The milestones of He et al., "Deep residual learning", CVPR 2016, section 4.2. Whole epochs. */
export const step = defineSchedule({
  title: 'Step',
  description: 'A tenth after half of the epochs, a hundredth after three quarters',
  options: noOptions,
  factor: (at, total, perEpoch) => {
    const epochs = Math.max(1, Math.round(total / perEpoch))
    const epoch = Math.floor(at / perEpoch)
    if (epoch >= Math.ceil(0.75 * epochs)) return 0.01
    return epoch >= Math.ceil(0.5 * epochs) ? 0.1 : 1
  },
})
