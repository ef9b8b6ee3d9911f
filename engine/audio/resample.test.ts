// Resampling: tones keep frequency, phase and level between all usual rates; what the lower rate cannot hold is gone.
import { expect, test } from 'vitest'
import { resample } from './resample.ts'
import type { Sound } from './sound.ts'

const tone = (hertz: number, rate: number, seconds = 0.25): Sound => ({ rate, samples: Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate)) })

/** Largest difference away from the ends, where the kernel reaches into the silence outside. */
function worst(a: Float32Array, b: Float32Array): number {
  const edge = Math.ceil(a.length / 5)
  let most = 0
  for (let i = edge; i < a.length - edge; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!))
  return most
}

test.each([
  [8_000, 16_000, 3_000], [11_025, 16_000, 4_000], [22_050, 16_000, 6_000], [44_100, 16_000, 6_500], [48_000, 16_000, 6_500],
  [96_000, 16_000, 6_500], [192_000, 16_000, 6_500], [16_000, 8_000, 3_200], [192_000, 8_000, 3_200], [15_999, 16_000, 6_000],
])('%i Hz to %i Hz: a tone of %i Hz is the same tone', (from, to, hertz) => {
  const out = resample(tone(hertz, from), to)
  const wanted = tone(hertz, to)
  expect(out.rate).toBe(to)
  expect(out.samples.length).toBe(Math.ceil((tone(hertz, from).samples.length * to) / from))
  expect(worst(out.samples, wanted.samples)).toBeLessThan(1e-3)
})

test.each([[44_100, 16_000, 8_600], [48_000, 16_000, 12_000], [192_000, 8_000, 60_000]])('%i Hz to %i Hz: a tone of %i Hz above the new Nyquist frequency does not fold back', (from, to, hertz) => {
  const { samples } = resample(tone(hertz, from), to)
  expect(worst(samples, new Float32Array(samples.length))).toBeLessThan(1e-4)
})

test('a constant stays one, and the same rate changes nothing', () => {
  const flat = { rate: 44_100, samples: new Float32Array(4410).fill(0.5) }
  expect(worst(resample(flat, 16_000).samples, new Float32Array(1600).fill(0.5))).toBeLessThan(1e-6)
  expect(resample(flat, 44_100)).toBe(flat)
})

test('one sample becomes at least one', () => {
  expect(resample({ rate: 192_000, samples: Float32Array.of(1) }, 8_000).samples.length).toBe(1)
})
