// Sound: decoded audio in memory, and the limits of what is read.

/** One channel; full scale is −1 to 1. */
export interface Sound {
  /** Samples a second. */
  readonly rate: number
  readonly samples: Float32Array
}

/** As a file holds it, before the channels are mixed. */
export interface Channels {
  readonly rate: number
  /** All of the same length. */
  readonly channels: readonly Float32Array[]
}

/** What is shorter holds no sound that can be told from a click. */
export const LEAST_SECONDS = 0.01
/** What is longer is a recording to be cut into clips, and would not fit in memory many times. */
export const MOST_SECONDS = 3600
export const MOST_CHANNELS = 8

/** Mean of the channels. */
export function toMono({ rate, channels }: Channels): Sound {
  const [first = new Float32Array(0)] = channels
  if (channels.length <= 1) return { rate, samples: first }
  const samples = new Float32Array(first.length)
  for (let i = 0; i < samples.length; i++) {
    let sum = 0
    for (const c of channels) sum += c[i] ?? 0
    samples[i] = sum / channels.length
  }
  return { rate, samples }
}

/** `1.24 s`, `12 ms`. */
export function seconds(samples: number, rate: number): string {
  const s = samples / rate
  return s < 0.1 ? `${Number((1000 * s).toPrecision(2))} ms` : `${s.toFixed(s < 10 ? 2 : 1)} s`
}
