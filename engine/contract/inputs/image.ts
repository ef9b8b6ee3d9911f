// Image input: pixels as the model sees them.
import { z } from 'zod'

/** NHWC uint8 before preprocessing. */
export const imageInput = z.object({
  kind: z.literal('image'),
  height: z.int().min(1).max(1024),
  width: z.int().min(1).max(1024),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Per channel, of pixels scaled to 0..1: normalised = (pixel / 255 - mean) / std. */
  mean: z.array(z.number()).min(1).max(3),
  std: z.array(z.number().positive()).min(1).max(3),
})
export type ImageInput = z.infer<typeof imageInput>
