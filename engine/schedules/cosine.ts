// Cosine decay to 1 % of the learning rate over the whole run.
import { cosineDecay, defineSchedule, noOptions } from './schedule.ts'

/** Depends on the total number of epochs: a run that is extended follows the longer curve from where it stands. */
export const cosine = defineSchedule({
  title: 'Cosine',
  description: 'Falls along half a cosine to 1 % at the last step',
  options: noOptions,
  factor: (step, total) => cosineDecay(total > 1 ? step / (total - 1) : 0, 0.01),
})
