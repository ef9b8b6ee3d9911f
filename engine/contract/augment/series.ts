// Augmentation of series: noise, size, masks and warps of time.
import { z } from 'zod'

export const seriesAugmentation = z.object({
  kind: z.literal('series'),
  /** Deviation of the noise added, as a share of the channel's own. */
  jitter: z.number().min(0).max(1),
  /** Largest relative change of each channel's size. */
  scale: z.number().min(0).max(0.9),
  /** Largest share of the steps that is blanked. */
  timeMask: z.number().min(0).max(0.9),
  /** Largest local change of speed, as a logarithm: 0.3 is a third faster or slower. */
  timeWarp: z.number().min(0).max(1),
})
