// Recordings of tones for tests: what takes the place of words and voices.
import { encodeWav } from '../../engine/audio/wav.ts'

export interface Tone {
  readonly hertz: number
  readonly seconds: number
}

/** Tones one after another with short pauses, each with a few overtones of strengths `timbre`, in a little noise that `n` decides. */
export function tones(list: readonly Tone[], n: number, { rate = 8000, timbre = [1, 0.3] }: { readonly rate?: number; readonly timbre?: readonly number[] } = {}): Uint8Array {
  const pause = Math.round(0.04 * rate)
  const samples: number[] = new Array<number>(pause + (n % 5) * 40).fill(0)
  for (const { hertz, seconds } of list) {
    const length = Math.round(seconds * rate)
    const pitch = hertz * (1 + 0.01 * ((n % 7) - 3))
    for (let i = 0; i < length; i++) {
      const fade = Math.min(1, i / 80, (length - i) / 80)
      samples.push(fade * 0.4 * timbre.reduce((sum, strength, k) => sum + strength * Math.sin((2 * Math.PI * pitch * (k + 1) * i) / rate), 0) / timbre.length)
    }
    samples.push(...new Array<number>(pause).fill(0))
  }
  return encodeWav({ rate, samples: Float32Array.from(samples, (v, i) => v + 0.003 * Math.sin(i * i * (0.37 + n))) })
}
