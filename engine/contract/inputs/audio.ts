// AudioInput, SpeechInput: how a recording becomes what a network sees: rate, length, frames, mel bands, scaling learned from the training split, and words.
import { z } from 'zod'

const front = {
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
  /** Per band over the training split: normalised = (value − mean) / std. One number stands for all. */
  mean: z.array(z.number()).min(1),
  std: z.array(z.number().positive()).min(1),
  /** The same per coefficient, for MFCC. */
  coefficientMean: z.array(z.number()).min(1).default([0]),
  coefficientStd: z.array(z.number().positive()).min(1).default([1]),
}
interface Front {
  readonly rate: number
  readonly samples: number
  readonly frame: number
  readonly fft: number
  readonly mels: number
  readonly low: number
  readonly high: number
  readonly features: 'log-mel' | 'mfcc'
  readonly coefficients: number
  readonly mean: readonly number[]
  readonly std: readonly number[]
  readonly coefficientMean: readonly number[]
  readonly coefficientStd: readonly number[]
}
const CHECKS: readonly (readonly [(input: Front) => boolean, string])[] = [
  [(i) => i.frame <= i.samples && i.fft >= i.frame, 'a frame must fit in the samples, and the transform must hold a frame'],
  [(i) => i.low < i.high && i.high <= i.rate / 2, 'the bands must lie between 0 and half the rate'],
  [(i) => i.features === 'log-mel' || i.coefficients <= i.mels, 'there are at most as many coefficients as bands'],
  [(i) => scalingOf(i).every((values) => values.length === 1 || values.length === featureCount(i)), 'mean and std need one number a row of the map, or one for all'],
]
function check(context: { readonly value: Front; readonly issues: unknown[] }): void {
  for (const [holds, message] of CHECKS) if (!holds(context.value)) context.issues.push({ code: 'custom', input: context.value, message })
}

export const audioInput = z.object({ kind: z.literal('audio'), ...front }).check(check)
export type AudioInput = z.infer<typeof audioInput>

/** With the symbols that a transcript is written in. */
export const speechInput = z
  .object({
    kind: z.literal('speech'),
    ...front,
    /** What the network tells apart: characters, or whole words where there are few. */
    units: z.enum(['characters', 'words']),
    /** In the order of the outputs, which begin with the blank of CTC. */
    vocabulary: z.array(z.string().min(1)).min(1).max(10_000),
    /** Units of the longest transcript that training takes. */
    longest: z.int().min(1).max(2_000),
    /** Transcripts followed side by side when decoding; 1 takes the most probable unit of each step. */
    beam: z.int().min(1).max(256),
  })
  .check(check)
export type SpeechInput = z.infer<typeof speechInput>

/** What the front end needs of either. */
export type FrontEnd = Omit<AudioInput, 'kind'>

/** Frames that `samples` hold, without padding at the ends. */
export function frameCount({ samples, frame, hop }: Pick<FrontEnd, 'samples' | 'frame' | 'hop'>): number {
  return 1 + Math.floor((samples - frame) / hop)
}

/** Mean and deviation of the rows of the map. */
export function scalingOf({ features, mean, std, coefficientMean, coefficientStd }: Pick<Front, 'features' | 'mean' | 'std' | 'coefficientMean' | 'coefficientStd'>): readonly [mean: readonly number[], std: readonly number[]] {
  return features === 'mfcc' ? [coefficientMean, coefficientStd] : [mean, std]
}

/** Rows of the map that the network sees: bands or coefficients. */
export function featureCount({ features, mels, coefficients }: Pick<FrontEnd, 'features' | 'mels' | 'coefficients'>): number {
  return features === 'mfcc' ? coefficients : mels
}
