// Augmentation of recordings: place, level, tempo, noise, and SpecAugment's masks over the map.
import { z } from 'zod'

export const audioAugmentation = z.object({
  kind: z.literal('audio'),
  /** Largest share of the room around a recording, or of what is cut from a long one, by which it is moved; 1 puts it anywhere. */
  shift: z.number().min(0).max(1),
  /** Largest change of level in decibels either way. */
  gain: z.number().min(0).max(40),
  /** Largest relative change of tempo and pitch together: 0.1 means 0.9 to 1.1. */
  speed: z.number().min(0).max(0.5),
  /** Loudest noise added, in decibels below full scale of its deviation; its level is drawn between 40 dB less and this. Null for none. */
  noise: z.number().min(-90).max(0).nullable(),
  /** Masks of SpecAugment (Park et al., 2019, https://arxiv.org/abs/1904.08779): how many, and the largest share that each covers. */
  timeMasks: z.int().min(0).max(10),
  timeMask: z.number().min(0).max(0.5),
  bandMasks: z.int().min(0).max(10),
  bandMask: z.number().min(0).max(0.5),
})
export type AudioAugmentation = z.infer<typeof audioAugmentation>
