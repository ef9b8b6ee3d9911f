// Linear warm-up over the first tenth of the run, then cosine decay to 0.1 %.
import { cosineDecay, defineSchedule, noOptions } from './schedule.ts'

const SHARE = 0.1

/** Warm-up after Goyal et al., "Accurate, large minibatch SGD", 2017, section 2.2. Depends on the total number of epochs, as `cosine` does. */
export const warmupCosine = defineSchedule({
  title: 'Warm-up and cosine',
  description: 'Rises linearly over the first tenth of the run, then falls along half a cosine to 0.1 %',
  options: noOptions,
  factor: (at, total) => {
    const warm = Math.floor(SHARE * total)
    if (at < warm) return (at + 1) / (warm + 1)
    const rest = total - warm - 1
    return cosineDecay(rest > 0 ? (at - warm) / rest : 0, 0.001)
  },
})
