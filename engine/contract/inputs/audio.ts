// AudioInput: how a recording becomes what a network sees: rate, length, frames, mel bands, and what scaling learned from the training split.
import { z } from 'zod'

export const audioInput = z
  .object({
    kind: z.literal('audio'),
    /** Samples a second of the waveform that the model takes. */
    rate: z.int().min(4_000).max(48_000),
    /** Samples that the model hears at once; shorter recordings are followed by silence. */
    samples: z.int().min(400).max(48_000 * 60),
    /** Samples of one frame, weighted by a Hann window, and from one frame to the next. */
    frame: z.int().min(16).max(8192),
    hop: z.int().min(1).max(8192),
    /** Length of the Fourier transform: a frame is followed by zeros up to it. */
    fft: z.int().min(16).max(16_384),
    /** Bands of the mel filter bank, and the hertz where the first begins and the last ends. */
    mels: z.int().min(4).max(256),
    low: z.number().min(0),
    high: z.number().positive(),
    scale: z.enum(['htk', 'slaney']),
    /** Added to each band's power before its logarithm, so that silence has one. */
    offset: z.number().positive(),
    features: z.enum(['log-mel', 'mfcc']),
    /** Coefficients that MFCC keeps; not used by log-mel. */
    coefficients: z.int().min(2).max(256),
    /** Per band or coefficient over the training split: normalised = (value − mean) / std. */
    mean: z.array(z.number()).min(1),
    std: z.array(z.number().positive()).min(1),
  })
  .refine((i) => i.frame <= i.samples && i.fft >= i.frame, 'a frame must fit in the samples, and the transform must hold a frame')
  .refine((i) => i.low < i.high && i.high <= i.rate / 2, 'the bands must lie between 0 and half the rate')
  .refine((i) => i.features === 'log-mel' || i.coefficients <= i.mels, 'there are at most as many coefficients as bands')
export type AudioInput = z.infer<typeof audioInput>

/** Frames that `samples` hold, without padding at the ends. */
export function frameCount({ samples, frame, hop }: Pick<AudioInput, 'samples' | 'frame' | 'hop'>): number {
  return 1 + Math.floor((samples - frame) / hop)
}

/** Rows of the map that the network sees: bands or coefficients. */
export function featureCount({ features, mels, coefficients }: Pick<AudioInput, 'features' | 'mels' | 'coefficients'>): number {
  return features === 'mfcc' ? coefficients : mels
}
