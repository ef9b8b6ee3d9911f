// Series input: channels side by side on one clock, as models take them, and what scaling learned from the training split.
import { z } from 'zod'

export const seriesInput = z
  .object({
    kind: z.literal('series'),
    /** Names in the order of the model's input. */
    channels: z.array(z.string()).min(1).max(256),
    /** Steps that the model sees: shorter series are followed by padding that is masked, longer ones are resampled to this. */
    steps: z.int().min(4).max(4096),
    /** Steps a second; series that say another rate are resampled to it. Null where the data say none. */
    rate: z.number().positive().nullable(),
    /** Per channel over the training split: normalised = (value − mean) / std; std is 1 for a constant channel. */
    mean: z.array(z.number()),
    std: z.array(z.number().positive()),
  })
  .refine((i) => i.mean.length === i.channels.length && i.std.length === i.channels.length, 'mean and std must have one number for each channel')
export type SeriesInput = z.infer<typeof seriesInput>
